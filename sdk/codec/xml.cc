#include "sdk/codec/xml.h"

#include "sdk/codec/uri.h"

namespace cloudchamber {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

// What pugixml lets pass, or would build before anybody could refuse it: entities that XML does not
// predefine, a DOCTYPE, and the depth. One pass, no recursion; well-formedness itself is pugixml's.
class Screening {
 public:
  Screening(std::string_view text, std::size_t max_depth) : text_(text), max_depth_(max_depth) {}

  void run() {
    while (at_ < text_.size()) {
      // By hand: find_first_of calls memchr for every byte.
      while (at_ < text_.size() && text_[at_] != '<' && text_[at_] != '&') ++at_;
      if (at_ == text_.size()) return;
      if (text_[at_] == '&')
        reference();
      else if (starts("<!--"))
        skip_to("-->", 4);
      else if (starts("<![CDATA["))
        skip_to("]]>", 9);
      else if (starts("<!"))
        throw XmlError("a document type declaration is not allowed");
      else if (starts("<?"))
        skip_to("?>", 2);
      else
        tag();
    }
  }

 private:
  [[nodiscard]] bool starts(std::string_view with) const {
    return text_.substr(at_, with.size()) == with;
  }

  void skip_to(std::string_view end, std::size_t from) {
    const std::size_t found = text_.find(end, at_ + from);
    if (found == std::string_view::npos) throw XmlError("the document ends within markup");
    at_ = found + end.size();
  }

  void tag() {
    const bool closing = starts("</");
    for (++at_; at_ < text_.size() && text_[at_] != '>';) {
      const char c = text_[at_];
      if (c == '<') throw XmlError("'<' within a tag");
      if (c != '"' && c != '\'') {
        ++at_;
        continue;
      }
      for (++at_; at_ < text_.size() && text_[at_] != c;) {
        if (text_[at_] == '&')
          reference();
        else if (text_[at_] == '<')
          throw XmlError("'<' within an attribute");
        else
          ++at_;
      }
      ++at_;
    }
    if (at_ >= text_.size()) throw XmlError("the document ends within a tag");
    const bool empty = text_[at_ - 1] == '/';
    ++at_;
    if (closing) {
      if (depth_ == 0) throw XmlError("an end tag without its start tag");
      --depth_;
    } else if (depth_ >= max_depth_) {
      throw XmlError("elements are nested too deeply");
    } else if (!empty) {
      ++depth_;
    }
  }

  void reference() {
    const std::string_view name = text_.substr(at_ + 1, text_.substr(at_ + 1, 12).find(';'));
    const std::size_t end = at_ + 1 + name.size();
    if (end >= text_.size() || text_[end] != ';') throw XmlError("'&' begins no reference");
    if (!known(name)) throw XmlError("an entity that XML does not know");
    at_ = end + 1;
  }

  static bool known(std::string_view name) {
    if (name.substr(0, 1) != "#")
      return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
    name.remove_prefix(1);
    const bool hexadecimal = name.substr(0, 1) == "x";
    if (hexadecimal) name.remove_prefix(1);
    if (name.empty()) return false;
    unsigned code = 0;
    for (const char c : name) {
      unsigned digit = 16;
      if (c >= '0' && c <= '9') digit = static_cast<unsigned>(c - '0');
      if (hexadecimal && c >= 'a' && c <= 'f') digit = static_cast<unsigned>(c - 'a' + 10);
      if (hexadecimal && c >= 'A' && c <= 'F') digit = static_cast<unsigned>(c - 'A' + 10);
      if (digit == 16) return false;
      code = code * (hexadecimal ? 16 : 10) + digit;
      if (code > 0x10ffff) return false;
    }
    return code != 0 && (code < 0xd800 || code > 0xdfff);
  }

  std::string_view text_;
  std::size_t max_depth_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

// How many bytes of a code point that XML can't write begin at `i`; 0 where there is none.
// U+FFFE and U+FFFF are valid UTF-8 and yet not XML.
std::size_t unwritable(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(i);
  if (first < 0x20) return 1;
  if (first < 0x80) return 0;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (!is_utf8(text.substr(i, length))) return 1;
  return first == 0xef && byte(i + 1) == 0xbf && byte(i + 2) >= 0xbe ? 3 : 0;
}

}  // namespace

pugi::xml_document parse_xml(std::string_view text, std::size_t max_depth) {
  if (!is_utf8(text)) throw XmlError("the document is not UTF-8");
  if (text.find('\0') != std::string_view::npos) throw XmlError("a NUL in the document");
  Screening(text, max_depth).run();
  pugi::xml_document document;
  // White space that is all an element holds is its text; between elements it is only layout.
  // As a "fragment" pugixml shows text outside the root, which it would pass over else.
  const unsigned flags = pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_fragment;
  const pugi::xml_parse_result result =
      document.load_buffer(text.data(), text.size(), flags, pugi::encoding_utf8);
  if (!result) throw XmlError(result.description());
  std::size_t roots = 0;
  for (const pugi::xml_node& child : document.children()) {
    if (child.type() == pugi::node_element)
      ++roots;
    else if (std::string_view(child.value()).find_first_not_of(" \t\r\n") != std::string_view::npos)
      throw XmlError("text outside the root element");
  }
  if (roots != 1) throw XmlError(roots == 0 ? "there is no root element" : "more than one root");
  return document;
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void append_xml_text(std::string& out, std::string_view text, bool attribute) {
  std::size_t copied = 0;
  const auto replace = [&](std::size_t i, std::size_t length, std::string_view by) {
    out.append(text, copied, i - copied);
    out.append(by);
    copied = i + length;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x40 && byte < 0x80) continue;
    if (c == '&') {
      replace(i, 1, "&amp;");
    } else if (c == '<') {
      replace(i, 1, "&lt;");
    } else if (c == '>') {
      replace(i, 1, "&gt;");
    } else if (c == '"') {
      replace(i, 1, "&quot;");
    } else if (c == '\r') {
      replace(i, 1, "&#xD;");
    } else if (c == '\n') {
      if (attribute) replace(i, 1, "&#xA;");
    } else if (c == '\t') {
      if (attribute) replace(i, 1, "&#x9;");
    } else if (byte < 0x20 || byte >= 0x80) {
      if (const std::size_t bad = unwritable(text, i); bad != 0) {
        replace(i, bad, kReplacement);
        i += bad - 1;
      } else if (byte >= 0x80) {
        while (i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xc0) == 0x80) ++i;
      }
    }
  }
  out.append(text, copied);
}

}  // namespace cloudchamber
