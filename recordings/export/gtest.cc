#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "recordings/export/export.h"
#include "recordings/export/story.h"
#include "sdk/codec/bytes.h"
#include "sdk/model/names.h"

namespace cloudchamber::recordings {
namespace {

// A literal, its bytes in octal where they are not to be read.
std::string literal(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (byte < 0x20 || byte >= 0x7f || c == '?') {  // "??=" would be a trigraph
      const char digits[] = {'\\', static_cast<char>('0' + (byte >> 6)),
                             static_cast<char>('0' + ((byte >> 3) & 7)),
                             static_cast<char>('0' + (byte & 7)), '\0'};
      result += c == '?' ? "?" : digits;
      if (c == '?') result.insert(result.size() - 1, "\\");
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string text_expression(const std::string& text, const std::vector<Saved>& saved) {
  const std::vector<Piece> pieces = pieces_of(text, saved);
  if (pieces.size() == 1) {
    const Piece& only = pieces.front();
    if (only.is_variable) return only.text;
    if (only.text.find('\0') == std::string::npos) return literal(only.text);
    return "std::string(" + literal(only.text) + ", " + std::to_string(only.text.size()) + ")";
  }
  std::string sum;
  for (const Piece& piece : pieces) {
    if (!sum.empty()) sum += " + ";
    sum += piece.is_variable ? piece.text : "std::string(" + literal(piece.text) + ")";
  }
  return sum;
}

std::string expression(const Json& value, const std::vector<Saved>& saved) {
  if (value.is_string()) return text_expression(value.get<std::string>(), saved);
  if (value.is_binary()) {
    const std::string_view bytes = bytes_of(value);
    return "bytes(std::string(" + literal(bytes) + ", " + std::to_string(bytes.size()) + "))";
  }
  if (!value.is_structured()) return value.is_null() ? "nullptr" : value.dump();
  std::string parts;
  for (const auto& [name, part] : value.items()) {
    if (!parts.empty()) parts += ", ";
    parts += value.is_object() ? "{" + literal(name) + ", " + expression(part, saved) + "}"
                               : expression(part, saved);
  }
  return (value.is_object() ? "Json::object({" : "Json::array({") + parts + "})";
}

std::string pointer_of(const std::vector<std::string>& steps) {
  Json::json_pointer pointer;
  for (const std::string& step : steps) pointer /= step;
  return literal(pointer.to_string()) + "_json_pointer";
}

// What the caller chose comes back as it was.
void add_expectations(const Json& value, const Chosen& chosen, const std::vector<Saved>& saved,
                      std::vector<std::string>& steps, const std::string& result,
                      std::string& text) {
  if (value.is_object()) {
    for (const auto& [name, part] : value.items()) {
      steps.push_back(name);
      add_expectations(part, chosen, saved, steps, result, text);
      steps.pop_back();
    }
    return;
  }
  const bool made_up =
      value.is_string() && std::any_of(saved.begin(), saved.end(), [&](const Saved& one) {
        return one.value == value.get<std::string>();
      });
  if (value.is_string() && !made_up && chosen.contains(value)) {
    text += "  EXPECT_EQ(" + result + ".at(" + pointer_of(steps) + "), " +
            literal(value.get<std::string>()) + ");\n";
  }
}

// "A recorded story" -> "ARecordedStory".
std::string identifier(const std::string& title) {
  std::string name;
  bool begins = true;
  for (const char c : title) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) == 0) {
      begins = true;
      continue;
    }
    name += begins ? static_cast<char>(std::toupper(byte)) : c;
    begins = false;
  }
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) != 0)
    return "Plays" + name;
  return name;
}

std::string client_of(const Meaning& meaning) {
  std::string name = "client_of_" + meaning.service + "_" + meaning.region;
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

std::string call_text(const Told& told, std::size_t number, const Chosen& chosen,
                      const std::vector<Saved>& saved) {
  const Meaning& meaning = *told.meaning;
  std::string call = client_of(meaning) + ".call(" + literal(meaning.operation);
  if (!meaning.parameters.empty()) call += ", " + expression(meaning.parameters, saved);
  call += ")";
  if (!meaning.error_code.empty())
    return "  EXPECT_EQ(refusal([&] { (void)" + call + "; }), " + literal(meaning.error_code) +
           ");\n";
  std::string expectations;
  std::vector<std::string> steps;
  const std::string result = xform_name(meaning.operation) + "_" + std::to_string(number);
  add_expectations(meaning.result, chosen, saved, steps, result, expectations);
  for (const Saved& one : told.saves)
    expectations += "  const std::string " + one.variable + " = " + result + ".at(" +
                    pointer_of(one.steps) + ").get<std::string>();\n";
  if (expectations.empty()) return "  (void)" + call + ";\n";
  return "  const Json " + result + " = " + call + ";\n" + expectations;
}

}  // namespace

std::string as_gtest(const Recording& recording, const ExportOptions& options) {
  const Story story = story_of(recording);
  std::string text =
      "// " +
      std::string(options.source.empty() ? "Made from a recording"
                                         : "Made from the recording " + options.source) +
      R"( by `cloudchamber export --as gtest`.
)";
  for (const char* header :
       {"<cloudchamber/errors.h>", "<cloudchamber/session.h>", "<gtest/gtest.h>", "", "<chrono>",
        "<nlohmann/json.hpp>", "<string>", "", "\"mock-server/mock_aws.h\""})
    text += *header == '\0' ? "\n" : "#include " + std::string(header) + "\n";
  text += R"(
namespace {

using cloudchamber::Json;
using nlohmann::literals::operator""_json_pointer;

// The bytes of a blob.
[[maybe_unused]] Json bytes(const std::string& text) {
  return Json::binary({text.begin(), text.end()});
}

// The code of the error that a call ends in.
template <class Call>
[[maybe_unused]] std::string refusal(Call call) {
  try {
    call();
  } catch (const cloudchamber::ClientError& error) {
    return error.code();
  }
  return "no error";
}

)";
  text += "TEST(Recorded, " + identifier(options.title) + ") {\n";
  text += "  const cloudchamber::mock::MockAws aws;\n";
  std::vector<std::string> clients;
  for (const Told& told : story.calls) {
    const std::string client = client_of(*told.meaning);
    if (std::find(clients.begin(), clients.end(), client) != clients.end()) continue;
    clients.push_back(client);
    text += "  const auto " + client + " = aws.session().client(" + literal(told.meaning->service) +
            ", {.region_name = " + literal(told.meaning->region) + "});\n";
  }
  Chosen chosen;
  std::vector<Saved> saved;
  std::size_t number = 0;
  for (const Told& told : story.calls) {
    chosen.add(told.meaning->parameters);
    if (told.before.count() > 0)
      text += "  aws.clock().advance(std::chrono::seconds(" + std::to_string(told.before.count()) +
              "));\n";
    text += call_text(told, ++number, chosen, saved);
    saved.insert(saved.end(), told.saves.begin(), told.saves.end());
  }
  return text + "}\n\n}  // namespace\n";
}

}  // namespace cloudchamber::recordings
