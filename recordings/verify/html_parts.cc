#include "recordings/verify/html_parts.h"

namespace cloudchamber::recordings {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--text:#1d2433;--back:#fbfbfd;--card:#fff;--line:#d9dde6;--dim:#5c6579;
--aws:#eef4ff;--mock:#fff3ee;--same:#2f7d4f;--more:#8cc29c;--different:#c8452d;--absent:#7a5195;
--before:#9aa3b5;--follows:#d9a441;--other:#d5dae4}
@media(prefers-color-scheme:dark){:root{--text:#e6e9f0;--back:#161a22;--card:#1d222c;--line:#333b4a;
--dim:#9aa3b5;--aws:#1c2a40;--mock:#3a241d;--same:#4fae77;--more:#2c5f43;--different:#e2694f;
--absent:#a77cc4;--before:#5c6579;--follows:#b98a35;--other:#3b4353}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:72rem;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem;margin:0}h2{font-size:1.15rem;margin:2.4rem 0 .6rem}
.figure{font-size:3.2rem;font-weight:650;line-height:1.1;margin:.6rem 0 .2rem}.dim{color:var(--dim)}
table{border-collapse:collapse;width:100%}
td,th{padding:.25rem .6rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--dim);font-size:.85rem}
td:first-child{overflow-wrap:anywhere}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
svg{display:block;width:100%;height:14px;border-radius:3px}td.bar{padding-top:.5rem}
.counts{table-layout:fixed}.counts th{width:11%}.counts th:first-child{width:27%}.counts th.bar{width:40%}
.same{fill:var(--same)}.more{fill:var(--more)}.different{fill:var(--different)}
.absent{fill:var(--absent)}.before{fill:var(--before)}.follows{fill:var(--follows)}.other{fill:var(--other)}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;margin:.8rem 0;padding:0;list-style:none;font-size:.9rem}
.key svg{width:14px;display:inline-block;vertical-align:-2px;margin-right:.4rem}
.call{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--different);
border-radius:5px;margin:.7rem 0;padding:.5rem .8rem .7rem}.call.absent{border-left-color:var(--absent)}
.call h3{font-size:1rem;margin:0;font-weight:600}.call p{margin:.1rem 0 .4rem;font-size:.85rem;overflow-wrap:anywhere}
.pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 .6rem;margin:.5rem 0 0}
.pair h4{grid-column:1/-1;margin:0 0 .2rem;font-size:.85rem;font-weight:500;overflow-wrap:anywhere}
.pair div{border-radius:4px;padding:.25rem .5rem;font:13px/1.45 ui-monospace,monospace;
overflow-wrap:anywhere;white-space:pre-wrap;unicode-bidi:plaintext}
.pair div::before{display:block;font:600 .7rem system-ui,sans-serif;color:var(--dim)}
.aws{background:var(--aws)}.aws::before{content:"AWS"}
.mock{background:var(--mock)}.mock::before{content:"mock"}
details{border-bottom:1px solid var(--line);padding:.35rem 0}summary{cursor:pointer}
.call details{border:0;padding:.5rem 0 0}
code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}
@media(max-width:42rem){body{margin:1rem auto;padding:0 .6rem}td.bar,th.bar{display:none}
.figure{font-size:2.4rem}.counts th{width:20%}.counts th:first-child{width:40%}.pair{grid-template-columns:minmax(0,1fr)}.mock{margin-top:.3rem}td,th{padding:.25rem .3rem}}
)";

struct Look {
  std::string style;
  std::string words;
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
  return {};
}

}  // namespace

std::string_view html_style() { return kStyle; }

std::string html_escaped(std::string_view text) {
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

std::string html_bar(const CallCounts& tally) {
  const std::size_t all = tally.calls();
  if (all == 0) return "";
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
    rects += "<rect class=\"" + look.style + "\" x=\"" + std::to_string(begin) +
             "\" y=\"0\" width=\"" + std::to_string(end - begin) + "\" height=\"14\"/>";
    title += (title.empty() ? "" : ", ") + std::to_string(count) + ' ' + look.words;
  }
  return "<svg viewBox=\"0 0 1000 14\" preserveAspectRatio=\"none\" role=\"img\"><title>" + title +
         "</title>" + rects + "</svg>";
}

std::string html_key() {
  std::string list = "<ul class=\"key\">";
  for (std::size_t i = 0; i < kOutcomes; ++i) {
    const Look look = look_of(static_cast<Outcome>(i));
    list += "<li><svg viewBox=\"0 0 14 14\" aria-hidden=\"true\"><rect class=\"" + look.style +
            "\" width=\"14\" height=\"14\"/></svg>" + look.words + "</li>";
  }
  return list + "</ul>\n";
}

}  // namespace cloudchamber::recordings
