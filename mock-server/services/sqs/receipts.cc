#include "mock-server/services/sqs/receipts.h"

#include <charconv>

#include "mock-server/services/sqs/errors.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::sqs {

std::string handle_of(const Receipt& receipt) {
  return base64_encode(std::to_string(receipt.sequence) + ' ' + receipt.nonce);
}

Receipt receipt_of(const std::string& handle) {
  const auto text = base64_decode(handle);
  if (!text) throw receipt_handle_is_invalid(handle);
  Receipt receipt;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, receipt.sequence);
  if (error != std::errc() || stop == end || *stop != ' ') throw receipt_handle_is_invalid(handle);
  receipt.nonce.assign(stop + 1, end);
  return receipt;
}

}  // namespace cloudchamber::mock::sqs
