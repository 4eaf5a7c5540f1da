#include "mock-server/services/iam/policy_dates.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace cloudchamber::mock::iam {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : left_(text) {}

  [[nodiscard]] bool done() const { return left_.empty(); }
  bool take(char wanted) {
    if (!left_.starts_with(wanted)) return false;
    left_.remove_prefix(1);
    return true;
  }
  // A number of `least` to `most` digits that is `max` at most.
  bool number(std::size_t least, std::size_t most, int max) {
    std::size_t digits = 0;
    int value = 0;
    while (digits < left_.size() && digits < most && left_[digits] >= '0' && left_[digits] <= '9') {
      value = value * 10 + (left_[digits++] - '0');
    }
    left_.remove_prefix(digits);
    return digits >= least && value <= max;
  }

 private:
  std::string_view left_;
};

bool is_epoch(std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  return error == std::errc() && end == text.data() + text.size();
}

bool scan_date(Scanner& scan) {
  if (!scan.number(1, 8, 99'999'999)) return false;
  if (!scan.take('-')) return true;
  if (!scan.number(2, 2, 12)) return false;
  return !scan.take('-') || scan.number(2, 2, 31);
}

bool scan_time(Scanner& scan) {
  if (scan.done()) return true;
  if (!scan.number(1, 2, 24)) return false;
  if (!scan.take(':')) return true;
  if (!scan.number(2, 2, 59)) return false;
  if (!scan.take(':')) return true;
  if (!scan.number(2, 2, 60)) return false;
  return !scan.take('.') || scan.number(1, 9, 999'999'999);
}

bool scan_zone(Scanner& scan) {
  if (scan.done() || scan.take('Z') || scan.take('z')) return true;
  if (!scan.take('+') && !scan.take('-')) return false;
  if (!scan.number(2, 2, 23)) return false;
  return scan.done() || (scan.take(':') && scan.number(2, 2, 59));
}

}  // namespace

bool is_policy_date(std::string_view text) {
  if (is_epoch(text)) return true;
  Scanner scan(text);
  if (!scan_date(scan)) return false;
  if (!scan.take('T') && !scan.take('t')) return scan.done();
  return scan_time(scan) && scan_zone(scan) && scan.done();
}

}  // namespace cloudchamber::mock::iam
