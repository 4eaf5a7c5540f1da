#include "mock-server/services/s3/form_data.h"

#include <algorithm>

#include "mock-server/call/aws_error.h"
#include "sdk/codec/ascii.h"

namespace cloudchamber::mock::s3 {
namespace {

constexpr std::size_t kMaxFieldBytes = 20 * 1024;  // all that stands before the file

AwsError malformed_post() {
  return AwsError("MalformedPOSTRequest",
                  "The body of your POST request is not well-formed multipart/form-data.", 400);
}

// The value of a parameter such as name="key" of a header.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  std::size_t at = 0;
  while ((at = header.find(name, at)) != std::string_view::npos) {
    const bool begins = at == 0 || header[at - 1] == ' ' || header[at - 1] == ';';
    std::string_view rest = header.substr(at + name.size());
    at += name.size();
    if (!begins || !rest.starts_with('=')) continue;
    rest.remove_prefix(1);
    if (!rest.starts_with('"')) return std::string(rest.substr(0, rest.find_first_of("; ")));
    rest.remove_prefix(1);
    return std::string(rest.substr(0, rest.find('"')));
  }
  return std::nullopt;
}

struct PartHead {
  std::string name;
  std::string file_name;
  std::string type;
};

PartHead parse_head(std::string_view head) {
  PartHead part;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) throw malformed_post();
    std::string_view value = line.substr(colon + 1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    if (equal_ignoring_case(line.substr(0, colon), "Content-Disposition")) {
      part.name = parameter(value, "name").value_or("");
      part.file_name = parameter(value, "filename").value_or("");
    } else if (equal_ignoring_case(line.substr(0, colon), "Content-Type")) {
      part.type = value;
    }
  }
  return part;
}

}  // namespace

const std::string* FormData::find(std::string_view name) const {
  for (const auto& [field, value] : fields) {
    if (equal_ignoring_case(field, name)) return &value;
  }
  return nullptr;
}

void FormData::set(std::string_view name, const std::string& value) {
  for (auto& [field, old] : fields) {
    if (equal_ignoring_case(field, name)) old = value;
  }
}

std::optional<std::string> form_boundary(std::string_view content_type) {
  constexpr std::string_view kType = "multipart/form-data";
  if (!equal_ignoring_case(content_type.substr(0, kType.size()), kType)) return std::nullopt;
  auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty()) return std::nullopt;
  return boundary;
}

FormData parse_form(const Blob& body, const std::string& boundary) {
  FormData form;
  std::string scratch;
  const std::string_view text = body.flat(scratch);
  const std::string first = "--" + boundary;
  const std::string next = "\r\n--" + boundary;
  if (!text.starts_with(first)) throw malformed_post();
  std::size_t at = first.size();
  std::size_t field_bytes = 0;
  while (text.substr(at, 2) != "--") {  // the last boundary ends so
    if (text.substr(at, 2) != "\r\n") throw malformed_post();
    at += 2;
    const std::size_t head_end = text.find("\r\n\r\n", at);
    if (head_end == std::string_view::npos) throw malformed_post();
    const PartHead head = parse_head(text.substr(at, head_end - at));
    const std::size_t begin = head_end + 4;
    const std::size_t end = text.find(next, begin);
    if (end == std::string_view::npos) throw malformed_post();
    if (equal_ignoring_case(head.name, "file")) {
      form.file_name = head.file_name;
      form.file_type = head.type;
      form.file = body.slice(begin, end - begin);
      ++form.files;
      return form;
    }
    field_bytes += end - at;
    if (field_bytes > kMaxFieldBytes) {
      throw AwsError("MaxPostPreDataLengthExceededError",
                     "Your POST request fields preceding the upload file were too large.", 400);
    }
    form.fields.emplace_back(head.name, std::string(text.substr(begin, end - begin)));
    at = end + next.size();
  }
  return form;
}

}  // namespace cloudchamber::mock::s3
