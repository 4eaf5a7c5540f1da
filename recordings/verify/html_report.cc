#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "recordings/verify/html_parts.h"
#include "recordings/verify/write_report.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kMostCalls = 500;
constexpr std::size_t kMostOfACall = 40;  // differences
constexpr std::size_t kAtOnce = 5;        // the others, on demand

constexpr const char* kTableHead =
    "<table class=\"counts\"><tr><th></th><th class=\"bar\"></th><th class=\"n\">calls</th>"
    "<th class=\"n\">agree</th><th class=\"n\"></th></tr>\n";

std::string count_of(std::size_t count, const std::string& what) {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

std::string row(const std::string& name, const CallCounts& tally) {
  const std::string agree = tally.compared() == 0 ? std::string("-")
                                                  : std::to_string(tally.agreeing()) + " of " +
                                                        std::to_string(tally.compared());
  return "<tr><td>" + html_escaped(name) + "</td><td class=\"bar\">" + html_bar(tally) +
         "</td><td class=\"n\">" + std::to_string(tally.calls()) + "</td><td class=\"n\">" + agree +
         "</td><td class=\"n\">" + percent(tally.agreeing(), tally.compared()) + "</td></tr>\n";
}

CallCounts sum_of(const Operations& operations) {
  CallCounts sum;
  for (const auto& [operation, tally] : operations) sum.add(tally);
  return sum;
}

std::string value_of(const std::string& text) {
  return text.empty() ? "<span class=\"dim\">nothing</span>" : html_escaped(text);
}

std::string pair(const Difference& one) {
  std::string what = name_of(one.aspect);
  if (!one.where.empty()) what += " <code>" + html_escaped(one.where) + "</code>";
  return "<div class=\"pair\"><h4>" + what + "</h4><div class=\"aws\">" + value_of(one.recorded) +
         "</div><div class=\"mock\">" + value_of(one.mock) + "</div></div>\n";
}

std::string rest_of(std::size_t differences) {
  return "<span class=\"dim\">and " + count_of(differences - kAtOnce, "difference") +
         " more</span>";
}

std::string card(const VerifiedCall& call) {
  const bool is_absent = call.outcome == Outcome::kNotEmulated;
  std::string text = std::string("<section class=\"call") + (is_absent ? " absent" : "") +
                     "\"><h3>" + html_escaped(call.service) + ' ' + html_escaped(call.operation) +
                     (is_absent ? " <span class=\"dim\">not emulated</span>" : "") +
                     "</h3><p class=\"dim\">" + html_escaped(call.file) + ", call " +
                     std::to_string(call.number) + "</p>\n";
  // Those of which nothing follows last: what the mock has besides.
  Differences differences = call.differences;
  std::stable_partition(differences.begin(), differences.end(),
                        [](const Difference& one) { return one.aspect != Aspect::kAdditional; });
  const std::size_t shown = std::min(differences.size(), kMostOfACall);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i == kAtOnce) text += "<details><summary>" + rest_of(differences.size()) + "</summary>\n";
    text += pair(differences[i]);
  }
  if (differences.size() > kMostOfACall)
    text += "<p class=\"dim\">" + std::to_string(differences.size() - kMostOfACall) +
            " are not shown</p>\n";
  if (shown > kAtOnce) text += "</details>\n";
  return text + "</section>\n";
}

std::string calls_that_differ(const Report& report) {
  std::string text = "<h2>Calls that differ</h2>\n";
  std::size_t shown = 0;
  for (const VerifiedCall& call : report.calls) {
    if (call.outcome != Outcome::kDifferent && call.outcome != Outcome::kNotEmulated) continue;
    if (++shown <= kMostCalls) text += card(call);
  }
  if (shown == 0) text += "<p>None.</p>\n";
  if (shown > kMostCalls)
    text += "<p class=\"dim\">" + std::to_string(shown - kMostCalls) + " more are not shown.</p>\n";
  return text;
}

// Of calls that agree, once for each member.
std::string what_recordings_lack(const Report& report) {
  std::string rows;
  std::size_t members = 0;
  for (const Repeated& one : report.repeated()) {
    if (one.difference.aspect != Aspect::kAdditional || ++members > kMostCalls) continue;
    rows += "<tr><td>" + html_escaped(one.service) + ' ' + html_escaped(one.operation) +
            "</td><td><code>" + html_escaped(one.difference.where) + "</code></td><td><code>" +
            html_escaped(one.difference.mock) + "</code></td><td class=\"n\">" +
            std::to_string(one.times) + "</td></tr>\n";
  }
  if (members == 0) return "";
  return "<h2>What recordings lack</h2>\n<details><summary>" + count_of(members, "member") +
         " and headers that the mock gives besides</summary><table><tr><th></th><th></th><th>for "
         "example</th><th class=\"n\">times</th></tr>\n" +
         rows + "</table></details>\n";
}

std::string operations_of(const Report& report) {
  std::string text = "<h2>Operations</h2>\n";
  for (const auto& [service, operations] : report.by_service()) {
    const CallCounts sum = sum_of(operations);
    text += "<details open><summary><b>" + html_escaped(service) + "</b> <span class=\"dim\">" +
            percent(sum.agreeing(), sum.compared()) + "</span></summary>" + kTableHead;
    for (const auto& [operation, tally] : operations) text += row(operation, tally);
    text += "</table></details>\n";
  }
  return text;
}

std::string what_was_left_aside(const Report& report) {
  std::string text;
  if (!report.unknown.empty()) {
    text += "<h2>Requests that no model knows</h2>\n<table>\n";
    for (const auto& [host, count] : report.unknown)
      text += "<tr><td>" + (host.empty() ? "(no host)" : html_escaped(host)) +
              "</td><td class=\"n\">" + std::to_string(count) + "</td></tr>\n";
    text += "</table>\n";
  }
  std::map<std::string, std::vector<const Report::Refused*>> by_reason;
  for (const Report::Refused& one : report.refused) by_reason[one.reason].push_back(&one);
  if (!by_reason.empty()) text += "<h2>Not read</h2>\n";
  for (const auto& [reason, files] : by_reason) {
    text += "<details><summary>" + count_of(files.size(), "file") + ": " + html_escaped(reason) +
            "</summary><ul>\n";
    for (std::size_t i = 0; i < std::min(files.size(), kMostCalls); ++i)
      text += "<li><code>" + html_escaped(files[i]->file) + "</code></li>\n";
    text += "</ul></details>\n";
  }
  return text;
}

}  // namespace

std::string html_of(const Report& report) {
  const CallCounts total = report.total();
  std::string page =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<title>How close the simulated AWS comes</title><style>" +
      std::string(html_style()) +
      "</style></head><body>\n<h1>Recorded AWS against the simulated one</h1>\n" +
      "<p class=\"figure\">" + percent(total.agreeing(), total.compared()) +
      "</p>\n<p class=\"dim\">" + std::to_string(total.agreeing()) + " of " +
      count_of(total.compared(), "call") + " that can be compared agree; " +
      count_of(total.calls(), "call") + " in " + count_of(report.recordings, "recording") +
      "</p>\n" + html_bar(total) + html_key() + "<h2>Services</h2>\n" + kTableHead;
  for (const auto& [service, operations] : report.by_service())
    page += row(service, sum_of(operations));
  page += "</table>\n" + calls_that_differ(report) + what_recordings_lack(report) +
          operations_of(report) + what_was_left_aside(report);
  return page + "</body></html>\n";
}

}  // namespace cloudchamber::recordings
