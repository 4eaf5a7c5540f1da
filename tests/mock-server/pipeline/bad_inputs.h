// What strangers send, one row each, with what AWS answers to it.
#pragma once

#include <string>
#include <vector>

namespace cloudchamber::mock::testing {

struct BadInput {
  std::string name;
  std::string bytes;
  int status;
  std::string code;            // stands in the body
  bool stops_sending = false;  // the client half-closes behind the bytes
};

// By who is asked. The world has a bucket "bkt", a table "tab" with the key "p" and a queue "q".
[[nodiscard]] std::vector<BadInput> bad_http();
[[nodiscard]] std::vector<BadInput> bad_json();
[[nodiscard]] std::vector<BadInput> bad_queries();
[[nodiscard]] std::vector<BadInput> bad_s3();
[[nodiscard]] std::vector<BadInput> bad_signatures();

// A row's bytes, such as a test cuts them up.
[[nodiscard]] std::string describe_table_request();

}  // namespace cloudchamber::mock::testing
