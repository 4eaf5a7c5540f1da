// A model from a botocore data directory: data/<service>/<api version>/service-2.json and its
// neighbours, plain or .gz, with *.sdk-extras.json merged in.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "cloudchamber/errors.h"
#include "sdk/model/model_builder.h"
#include "sdk/model/service_model.h"
#include "sdk/model/unpack.h"

namespace cloudchamber {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ModelError("can't open " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// What `read` makes of the text of a file; nothing when there is no such file.
template <class Read>
auto read_description(const fs::path& folder, const std::string& stem, Read read)
    -> std::optional<decltype(read(std::string()))> {
  fs::path path = folder / (stem + ".json");
  const bool packed = !is_there(path);
  if (packed) path += ".gz";
  if (!is_there(path)) return std::nullopt;
  try {
    std::string text = read_file(path);
    if (packed) text = unpack(text, text.size() * 10);
    return read(std::move(text));
  } catch (const ModelError& error) {
    throw ModelError(path.string() + ": " + error.what());
  }
}

std::optional<OrderedValue> read_description(const fs::path& folder, const std::string& stem) {
  return read_description(folder, stem,
                          [](const std::string& text) { return parse_ordered(text); });
}

// As botocore merges: objects into each other, anything else is replaced.
void merge(OrderedValue& base, OrderedValue extra) {
  for (OrderedValue::Field& field : extra.fields) {
    const auto known = std::find_if(base.fields.begin(), base.fields.end(),
                                    [&](const auto& other) { return other.key == field.key; });
    if (known == base.fields.end()) {
      base.fields.push_back(std::move(field));
    } else if (known->value.kind == OrderedValue::Kind::kObject &&
               field.value.kind == OrderedValue::Kind::kObject) {
      merge(known->value, std::move(field.value));
    } else {
      known->value = std::move(field.value);
    }
  }
}

std::optional<OrderedValue> read_merged(const fs::path& folder, const std::string& stem) {
  std::optional<OrderedValue> description = read_description(folder, stem);
  if (!description) return description;
  if (const auto extras = read_description(folder, stem + ".sdk-extras")) {
    if (const OrderedValue* extra = extras->find("merge")) merge(*description, *extra);
  }
  return description;
}

// One member of a file, {} when there is no such file.
OrderedValue read_part(const fs::path& folder, const std::string& stem, std::string_view key) {
  const std::optional<OrderedValue> file = read_merged(folder, stem);
  const OrderedValue* part = file ? file->find(key) : nullptr;
  return part != nullptr ? *part : OrderedValue();
}

// The newest version whose folder has such a file; versions are dates, so their names sort.
std::optional<fs::path> newest_with(const fs::path& service, const std::string& stem) {
  std::optional<fs::path> newest;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(service, ignored)) {
    const fs::path& folder = entry.path();
    if (!is_there(folder / (stem + ".json")) && !is_there(folder / (stem + ".json.gz"))) continue;
    if (!newest || newest->filename() < folder.filename()) newest = folder;
  }
  return newest;
}

void check_is_one_folder(std::string_view what, std::string_view name) {
  const bool one = !name.empty() && name.find('/') == std::string_view::npos && name[0] != '.';
  if (!one) throw ModelError(std::string(what) + " can't be '" + std::string(name) + "'");
}

}  // namespace

std::shared_ptr<const ServiceModel> load_model(const fs::path& data_directory,
                                               std::string_view service,
                                               std::string_view api_version,
                                               const fs::path& boto3_directory) {
  check_is_one_folder("The name of a service", service);
  std::optional<fs::path> folder = newest_with(data_directory / service, "service-2");
  if (folder && !api_version.empty()) {
    check_is_one_folder("The API version", api_version);
    folder = data_directory / service / api_version;
  }
  std::optional<OrderedValue> description;
  if (folder) description = read_merged(*folder, "service-2");
  if (!description) {
    throw ModelError("There is no model of " + std::string(service) +
                     (api_version.empty() ? "" : " " + std::string(api_version)) + " in " +
                     data_directory.string());
  }

  ModelExtras extras;
  extras.endpoint_rules = read_description(*folder, "endpoint-rule-set-1", [](std::string text) {
                            return text;
                          }).value_or("");
  extras.paginators = read_part(*folder, "paginators-1", "pagination");
  extras.waiters = read_part(*folder, "waiters-2", "waiters");
  const fs::path boto3 = boto3_directory.empty()
                             ? data_directory.parent_path().parent_path() / "boto3" / "data"
                             : boto3_directory;
  const fs::path resources = boto3 / service;
  if (const auto found = is_there(resources / folder->filename())
                             ? resources / folder->filename()
                             : newest_with(resources, "resources-1")) {
    extras.resources = read_merged(*found, "resources-1").value_or(OrderedValue());
  }
  return ModelBuilder::build(std::string(service), std::move(*description), std::move(extras));
}

}  // namespace cloudchamber
