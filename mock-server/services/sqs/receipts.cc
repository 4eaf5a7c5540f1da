#include "mock-server/services/sqs/receipts.h"

#include <charconv>
#include <string_view>

#include "mock-server/services/sqs/errors.h"
#include "sdk/codec/base64.h"

namespace cloudchamber::mock::sqs {

std::string handle_of(const Receipt& receipt, const Queue& queue) {
  return base64_encode(std::to_string(receipt.sequence) + ' ' + receipt.message_id + ' ' +
                       receipt.nonce + ' ' + queue.arn);
}

Receipt receipt_of(const std::string& handle, const Queue& queue) {
  const auto text = base64_decode(handle);
  if (!text) throw receipt_handle_is_invalid(handle);
  Receipt receipt;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, receipt.sequence);
  if (error != std::errc() || stop == end || *stop != ' ') throw receipt_handle_is_invalid(handle);
  const std::string_view rest(stop + 1, static_cast<std::size_t>(end - stop - 1));
  const std::size_t first = rest.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : rest.find(' ', first + 1);
  if (second == std::string_view::npos || rest.substr(second + 1) != queue.arn)
    throw receipt_handle_is_invalid(handle);
  receipt.message_id = rest.substr(0, first);
  receipt.nonce = rest.substr(first + 1, second - first - 1);
  return receipt;
}

}  // namespace cloudchamber::mock::sqs
