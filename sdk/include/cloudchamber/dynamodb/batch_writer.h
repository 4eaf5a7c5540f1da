// BatchWriter: many items into one table, in as few requests as DynamoDB allows.
//
//   {
//     BatchWriter batch("films", dynamodb.meta().client());
//     for (const Json& film : films) batch.put_item({{"Item", film}});
//     batch.delete_item({{"Key", {{"year", 1985}, {"title", "Brazil"}}}});
//   }  // the rest is sent here
//
// Requests wait in a buffer and go out 25 at a time; what DynamoDB leaves unprocessed joins the
// buffer again. Nothing of a batch that failed is lost: it stays in the buffer.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "cloudchamber/client.h"
#include "cloudchamber/json.h"

namespace cloudchamber::dynamodb {

struct BatchWriterOptions {
  // The names of the table's key attributes. A request replaces what waits in the buffer for the
  // same key: DynamoDB refuses a batch that names a key twice. Empty: nothing is replaced.
  std::vector<std::string> overwrite_by_pkeys;
  // How many requests make a batch, 1 to 25 (DynamoDB's limit).
  std::size_t flush_amount = 25;
};

// For one thread at a time.
class BatchWriter {
 public:
  // `client` is that of a DynamoDB resource, which speaks plain values. Throws Error when
  // flush_amount is out of range.
  BatchWriter(std::string table_name, const Client& client, const BatchWriterOptions& options = {});
  BatchWriter(const BatchWriter&) = delete;
  BatchWriter& operator=(const BatchWriter&) = delete;
  // Sends the rest as close() does, and throws what it throws; but while another exception is under
  // way nothing is sent, and what waits is dropped. Who wants to handle failures calls close().
  ~BatchWriter() noexcept(false);

  // {"Item": {...}} and {"Key": {...}}. Send a batch when the buffer has filled. Throw
  // ParamValidationError for other parameters and when one of overwrite_by_pkeys is missing,
  // TypeError for a value that DynamoDB has no type for (the buffer is then as before), and what
  // BatchWriteItem throws.
  void put_item(const Json& parameters);
  void delete_item(const Json& parameters);

  // Sends all that waits, again and again while DynamoDB leaves something unprocessed: with growing
  // pauses when it processes nothing at all, and after ten such answers in a row with an Error.
  // Throws what BatchWriteItem throws.
  void flush();
  // flush(), and the end: the destructor has nothing left to do, and no more is taken (Error).
  void close();

  // How many requests wait.
  [[nodiscard]] std::size_t pending() const;

 private:
  void add(const char* request, const char* member, const Json& parameters);
  void send_batch();

  struct Buffer;
  std::string table_name_;
  Client client_;
  BatchWriterOptions options_;
  std::unique_ptr<Buffer> buffer_;
  int uncaught_exceptions_;
  int fruitless_ = 0;
  bool closed_ = false;
};

}  // namespace cloudchamber::dynamodb
