#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <vector>

#include "cloudchamber/errors.h"
#include "recordings/verify/write_report.h"

namespace cloudchamber::recordings {
namespace {

// On one line, and without what a terminal would obey.
std::string printable(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      result += '?';
    } else {
      result += c;
    }
  }
  return result;
}

std::string row(const std::string& name, const CallCounts& tally) {
  char line[160];
  std::snprintf(line, sizeof line, "%-34.34s %6zu %6zu %6zu %6zu %9zu %7zu %7zu %8zu  %7s\n",
                name.c_str(), tally.calls(), tally.of(Outcome::kSame), tally.of(Outcome::kMore),
                tally.of(Outcome::kDifferent), tally.of(Outcome::kNotEmulated),
                tally.of(Outcome::kBefore), tally.of(Outcome::kFollows),
                tally.of(Outcome::kUnreproducible),
                percent(tally.agreeing(), tally.compared()).c_str());
  return line;
}

std::string count_of(std::size_t count, const std::string& what) {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

void write_difference(const Repeated& one, std::ostream& out) {
  out << "  " << one.service << ' ' << one.operation << ": " << name_of(one.difference.aspect);
  if (!one.difference.where.empty()) out << ' ' << printable(one.difference.where);
  if (one.times > 1) out << " (" << one.times << " times)";
  out << "\n    AWS   "
      << (one.difference.aspect == Aspect::kAdditional ? "-" : printable(one.difference.recorded))
      << "\n    mock  " << (one.difference.mock.empty() ? "-" : printable(one.difference.mock))
      << "\n    " << (one.times > 1 ? "first in " : "in ") << printable(one.file) << '#'
      << one.number << '\n';
}

}  // namespace

std::string percent(std::size_t part, std::size_t whole) {
  if (whole == 0) return "-";
  char text[32];
  // Never rounded up to what was not reached.
  const std::size_t tenths = part * 1000 / whole;
  std::snprintf(text, sizeof text, "%zu.%zu %%", tenths / 10, tenths % 10);
  return text;
}

void write_text(const Report& report, std::size_t most, std::ostream& out) {
  const CallCounts total = report.total();
  out << count_of(report.recordings, "recording") << ", " << count_of(total.calls(), "call") << ": "
      << total.agreeing() << " of " << total.compared() << " that can be compared agree ("
      << percent(total.agreeing(), total.compared()) << ")\n\n";
  char head[160];
  std::snprintf(head, sizeof head, "%-34s %6s %6s %6s %6s %9s %7s %7s %8s  %7s\n", "", "calls",
                "same", "more", "differ", "not there", "before", "follows", "not ours", "agree");
  out << head;
  for (const auto& [service, operations] : report.by_service()) {
    CallCounts sum;
    for (const auto& [operation, tally] : operations) sum.add(tally);
    out << row(service, sum);
    for (const auto& [operation, tally] : operations) out << row("  " + operation, tally);
  }
  out << "\nmore: the same, with members that the recording lacks. not there: NotImplemented. "
         "before: about what was\nmade before the recording began. follows: asks with what an "
         "answer gave that differs itself. not ours:\nrefused for who called, AWS was busy, or it "
         "chose at random.\n";

  const std::vector<Repeated> repeated = report.repeated();
  if (!repeated.empty()) {
    out << "\nWhere they differ:\n";
    const std::size_t shown = std::min(most, repeated.size());
    for (std::size_t i = 0; i < shown; ++i) write_difference(repeated[i], out);
    if (shown < repeated.size()) out << "  ... and " << repeated.size() - shown << " more\n";
  }
  if (!report.unknown.empty()) {
    out << "\nRequests that no model knows:\n";
    for (const auto& [host, count] : report.unknown)
      out << "  " << (host.empty() ? "(no host)" : printable(host)) << ": " << count << '\n';
  }
  if (!report.refused.empty()) {
    std::map<std::string, std::vector<const Report::Refused*>> by_reason;
    for (const Report::Refused& one : report.refused) by_reason[one.reason].push_back(&one);
    out << "\nNot read:\n";
    for (const auto& [reason, files] : by_reason) {
      out << "  " << printable(files.front()->file);
      if (files.size() > 1) out << " and " << files.size() - 1 << " more";
      out << printable(reason.starts_with(':') ? reason : ": " + reason) << '\n';
    }
  }
}

Json json_of(const Report& report) {
  const auto counts = [](const CallCounts& tally) {
    Json object = Json::object();
    for (std::size_t i = 0; i < kOutcomes; ++i)
      object[name_of(static_cast<Outcome>(i))] = tally.counts[i];
    return object;
  };
  Json services = Json::object();
  for (const auto& [service, operations] : report.by_service())
    for (const auto& [operation, tally] : operations) services[service][operation] = counts(tally);
  Json calls = Json::array();
  for (const VerifiedCall& call : report.calls) {
    if (call.outcome == Outcome::kSame) continue;
    Json differences = Json::array();
    for (const Difference& one : call.differences) {
      Json difference{{"aspect", name_of(one.aspect)},
                      {"where", one.where},
                      {"recorded", one.recorded},
                      {"mock", one.mock}};
      if (one.before) difference["before"] = true;
      differences.push_back(std::move(difference));
    }
    calls.push_back({{"file", call.file},
                     {"number", call.number},
                     {"service", call.service},
                     {"operation", call.operation},
                     {"outcome", name_of(call.outcome)},
                     {"differences", std::move(differences)}});
  }
  Json refused = Json::array();
  for (const Report::Refused& one : report.refused)
    refused.push_back({{"file", one.file}, {"reason", one.reason}});
  return {{"format", 1},
          {"recordings", report.recordings},
          {"total", counts(report.total())},
          {"services", std::move(services)},
          {"calls", std::move(calls)},
          {"unknown", report.unknown},
          {"refused", std::move(refused)}};
}

std::string markdown_of(const Report& report) {
  std::string table =
      "| service | calls | same | more | different | not emulated | before | follows | not ours | "
      "agree |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
  const auto add = [&](const std::string& name, const CallCounts& tally) {
    table += "| " + name + " | " + std::to_string(tally.calls());
    for (const std::size_t count : tally.counts) table += " | " + std::to_string(count);
    table += " | " + percent(tally.agreeing(), tally.compared()) + " |\n";
  };
  for (const auto& [service, operations] : report.by_service()) {
    CallCounts sum;
    for (const auto& [operation, tally] : operations) sum.add(tally);
    add(service, sum);
  }
  add("all", report.total());
  return table;
}

std::string with_table(const std::string& page, const Report& report) {
  const std::string begin_mark = "<!-- verify -->\n";
  const std::string end_mark = "<!-- end of verify -->\n";
  const std::size_t begin = page.find(begin_mark);
  const std::size_t end =
      begin == std::string::npos ? std::string::npos : page.find(end_mark, begin);
  if (end == std::string::npos)
    throw RecordingError(
        "the page has no lines \"<!-- verify -->\" and \"<!-- end of verify -->\"");
  return page.substr(0, begin + begin_mark.size()) + markdown_of(report) + page.substr(end);
}

}  // namespace cloudchamber::recordings
