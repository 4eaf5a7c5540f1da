#include <nlohmann/json.hpp>

#include "recordings/verify/write_report.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::size_t kMostDifferences = 1000;

constexpr const char* kStyle = R"(
:root{color-scheme:light dark;--text:#1d2433;--back:#fbfbfd;--line:#d9dde6;--dim:#5c6579;
--same:#2f7d4f;--more:#8cc29c;--different:#c8452d;--absent:#7a5195;--before:#9aa3b5;--follows:#d9a441;--other:#d5dae4}
@media(prefers-color-scheme:dark){:root{--text:#e6e9f0;--back:#161a22;--line:#333b4a;--dim:#9aa3b5;
--same:#4fae77;--more:#2c5f43;--different:#e2694f;--absent:#a77cc4;--before:#5c6579;--follows:#b98a35;--other:#3b4353}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:70rem;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2.2rem 0 .6rem}
.figure{font-size:3rem;font-weight:600;line-height:1.1;margin:.8rem 0 0}.dim{color:var(--dim)}
table{border-collapse:collapse;width:100%}
td,th{padding:.25rem .6rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tr.sum td{font-weight:600;border-top:2px solid var(--line)}tr.sum td:first-child{font-size:1.05rem}
svg{display:block;width:100%;height:14px;border-radius:3px}td.bar{width:34%;padding-top:.5rem}
.same{fill:var(--same)}.more{fill:var(--more)}.different{fill:var(--different)}
.absent{fill:var(--absent)}.before{fill:var(--before)}.follows{fill:var(--follows)}.other{fill:var(--other)}
.key{display:flex;flex-wrap:wrap;gap:.3rem 1.3rem;margin:.8rem 0;padding:0;list-style:none}
.key svg{width:14px;display:inline-block;vertical-align:-2px;margin-right:.4rem}
details{border-bottom:1px solid var(--line);padding:.35rem 0}summary{cursor:pointer}
dl{display:grid;grid-template-columns:4rem 1fr;margin:.4rem 0 .6rem 1.1rem;gap:.15rem .8rem}
dt{color:var(--dim)}dd{margin:0;font:13px/1.45 ui-monospace,monospace;overflow-wrap:anywhere;
white-space:pre-wrap}code{font:13px ui-monospace,monospace}
)";

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        // HTML knows no other control characters.
        result += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? '?' : c;
    }
  }
  return result;
}

struct Look {
  const char* style;
  const char* words;
};

Look look_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSame:
      return {"same", "the same"};
    case Outcome::kMore:
      return {"more", "the same, with members that the recording lacks"};
    case Outcome::kDifferent:
      return {"different", "different"};
    case Outcome::kNotEmulated:
      return {"absent", "not emulated"};
    case Outcome::kBefore:
      return {"before", "about what was made before the recording began"};
    case Outcome::kFollows:
      return {"follows", "asks with what an answer gave that differs itself"};
    case Outcome::kUnreproducible:
      return {"other", "refused for who called, AWS was busy, or it chose at random"};
  }
  return {"other", ""};
}

std::string bar(const CallCounts& tally) {
  const std::size_t all = tally.calls();
  std::string title;
  std::string rects;
  std::size_t from = 0;
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    const std::size_t count = tally.counts[i];
    if (count == 0) continue;
    const Look look = look_of(static_cast<Outcome>(i));
    // Places in thousandths, so that the parts meet.
    const std::size_t begin = from * 1000 / all;
    from += count;
    const std::size_t end = from * 1000 / all;
    rects += "<rect class=\"" + std::string(look.style) + "\" x=\"" + std::to_string(begin) +
             "\" y=\"0\" width=\"" + std::to_string(end - begin) + "\" height=\"14\"/>";
    title += (title.empty() ? "" : ", ") + std::to_string(count) + ' ' + look.words;
  }
  return "<svg viewBox=\"0 0 1000 14\" preserveAspectRatio=\"none\" role=\"img\"><title>" + title +
         "</title>" + rects + "</svg>";
}

std::string key() {
  std::string list = "<ul class=\"key\">";
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    const Look look = look_of(static_cast<Outcome>(i));
    list += "<li><svg viewBox=\"0 0 14 14\"><rect class=\"" + std::string(look.style) +
            "\" width=\"14\" height=\"14\"/></svg>" + look.words + "</li>";
  }
  return list + "</ul>\n";
}

std::string row(const std::string& name, const CallCounts& tally, bool is_sum) {
  return std::string(is_sum ? "<tr class=\"sum\">" : "<tr>") + "<td>" + escaped(name) +
         "</td><td class=\"bar\">" + bar(tally) + "</td><td class=\"n\">" +
         std::to_string(tally.calls()) + "</td><td class=\"n\">" +
         std::to_string(tally.agreeing()) + " of " + std::to_string(tally.compared()) +
         "</td><td class=\"n\">" + percent(tally.agreeing(), tally.compared()) + "</td></tr>\n";
}

std::string value_of(const std::string& text) {
  return text.empty() ? "<span class=\"dim\">nothing</span>" : escaped(text);
}

std::string difference(const Repeated& one) {
  return "<details><summary>" + escaped(one.service) + " <b>" + escaped(one.operation) +
         "</b>: " + name_of(one.difference.aspect) + " <code>" + escaped(one.difference.where) +
         "</code>" +
         (one.times > 1 ? " <span class=\"dim\">" + std::to_string(one.times) + " times</span>"
                        : std::string()) +
         "</summary><dl><dt>AWS</dt><dd>" + value_of(one.difference.recorded) +
         "</dd><dt>mock</dt><dd>" + value_of(one.difference.mock) + "</dd><dt>where</dt><dd>" +
         escaped(one.file) + '#' + std::to_string(one.number) + "</dd></dl></details>\n";
}

}  // namespace

std::string html_of(const Report& report) {
  const CallCounts total = report.total();
  std::string page =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<title>How close the simulated AWS comes</title><style>" +
      std::string(kStyle) +
      "</style></head><body>\n<h1>Recorded AWS against the simulated one</h1>\n" +
      "<p class=\"figure\">" + percent(total.agreeing(), total.compared()) +
      "</p>\n<p class=\"dim\">" + std::to_string(total.agreeing()) + " of " +
      std::to_string(total.compared()) + " calls that can be compared agree; " +
      std::to_string(total.calls()) + " calls in " + std::to_string(report.recordings) +
      " recordings</p>\n";
  if (total.calls() != 0) page += bar(total);
  page += key();

  page +=
      "<h2>Services and operations</h2>\n<table><tr><th></th><th></th><th class=\"n\">calls</th>"
      "<th class=\"n\">agree</th><th class=\"n\"></th></tr>\n";
  for (const auto& [service, operations] : report.by_service()) {
    CallCounts sum;
    for (const auto& [operation, tally] : operations) sum.add(tally);
    page += row(service, sum, true);
    for (const auto& [operation, tally] : operations) page += row(operation, tally, false);
  }
  page += "</table>\n";

  const std::vector<Repeated> repeated = report.repeated();
  page += "<h2>Where they differ</h2>\n";
  if (repeated.empty()) page += "<p>Nowhere.</p>\n";
  for (std::size_t i = 0; i < repeated.size() && i < kMostDifferences; ++i)
    page += difference(repeated[i]);
  if (repeated.size() > kMostDifferences)
    page += "<p class=\"dim\">" + std::to_string(repeated.size() - kMostDifferences) +
            " more are not shown.</p>\n";

  if (!report.unknown.empty()) {
    page += "<h2>Requests that no model knows</h2>\n<table>\n";
    for (const auto& [host, count] : report.unknown)
      page += "<tr><td>" + escaped(host) + "</td><td class=\"n\">" + std::to_string(count) +
              "</td></tr>\n";
    page += "</table>\n";
  }
  if (!report.refused.empty()) {
    page += "<h2>Not read</h2>\n<table>\n";
    for (const Report::Refused& one : report.refused)
      page += "<tr><td>" + escaped(one.file) + "</td><td>" + escaped(one.reason) + "</td></tr>\n";
    page += "</table>\n";
  }
  return page + "</body></html>\n";
}

}  // namespace cloudchamber::recordings
