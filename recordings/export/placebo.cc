// The form that boto's placebo reads: github.com/garnaat/placebo.
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "recordings/export/export.h"
#include "recordings/understand.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"
#include "sdk/codec/uri.h"
#include "sdk/model/service_model.h"
#include "sdk/parse/parser.h"

namespace cloudchamber::recordings {
namespace {

Json datetime_of(TimePoint time) {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millisecond = 0;
  const std::string text = iso8601_milliseconds(time);
  if (std::sscanf(text.c_str(), "%d-%d-%dT%d:%d:%d.%dZ", &year, &month, &day, &hour, &minute,
                  &second, &millisecond) != 7)
    return text;
  return {{"__class__", "datetime"},
          {"year", year},
          {"month", month},
          {"day", day},
          {"hour", hour},
          {"minute", minute},
          {"second", second},
          {"microsecond", millisecond * 1000}};
}

Json stream_of(std::string_view bytes) {
  return {{"__class__", "StreamingBody"},
          {"__module__", "botocore.response"},
          {"body", base64_encode(bytes)}};
}

// As placebo's own encoder writes a result: times as objects; bytes, for which it has no form, as
// the text that they are, or in base64.
Json data_of(const Shape* shape, const Json& value) {
  if (shape != nullptr && shape->type == ShapeType::kTimestamp) {
    const std::optional<TimePoint> time = timestamp_of(value);
    return time ? datetime_of(*time) : value;
  }
  if (value.is_binary()) {
    const std::string bytes(bytes_of(value));
    return is_utf8(bytes) ? bytes : base64_encode(bytes);
  }
  if (!value.is_structured()) return value;
  Json result = value;
  for (auto part = result.begin(); part != result.end(); ++part) {
    const Shape* below = nullptr;
    if (shape != nullptr && value.is_array()) below = shape->element.shape;
    if (shape != nullptr && value.is_object() && shape->type == ShapeType::kMap)
      below = shape->value.shape;
    if (shape != nullptr && value.is_object() && shape->type == ShapeType::kStructure) {
      const Member* const member = shape->find(part.key());
      below = member == nullptr ? nullptr : member->shape;
    }
    *part = data_of(below, *part);
  }
  return result;
}

Json metadata_of(const ServiceModel& service, const HttpResponse& response) {
  Json headers = Json::object();
  for (const auto& [name, value] : response.headers) headers[lowered(name)] = value;
  Json metadata = {{"HTTPStatusCode", response.status},
                   {"HTTPHeaders", std::move(headers)},
                   {"RetryAttempts", 0}};
  if (const std::string id = parse_request_id(service, response); !id.empty())
    metadata["RequestId"] = id;
  return metadata;
}

Json file_of(const ServiceModel& service, const Operation& operation,
             const Interaction& interaction) {
  const Meaning& meaning = *interaction.meaning;
  const HttpResponse& response = interaction.exchange.response;
  Json data = data_of(operation.output, meaning.result);
  if (!meaning.error_code.empty()) {
    data = {{"Error", {{"Code", meaning.error_code}, {"Message", meaning.error_message}}}};
  } else if (const Member* const stream = operation.streaming_output();
             stream != nullptr && stream->streaming && !stream->shape->event_stream) {
    std::string scratch;
    data[stream->name] = stream_of(response.body.flat(scratch));
  }
  data["ResponseMetadata"] = metadata_of(service, response);
  return {{"status_code", response.status}, {"data", std::move(data)}};
}

}  // namespace

std::vector<std::string> as_placebo(const Recording& recording,
                                    const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure) throw RecordingError(folder.string() + ": " + failure.message());
  std::map<std::string, std::size_t> numbers;
  std::vector<std::string> written;
  for (const Interaction& interaction : recording.interactions) {
    const auto model = interaction.meaning ? find_model(interaction.meaning->service) : nullptr;
    const Operation* const operation =
        model == nullptr ? nullptr : model->find_operation(interaction.meaning->operation);
    if (operation == nullptr) continue;
    // placebo names a service by the prefix of its endpoint.
    const std::string call = model->endpoint_prefix + "." + operation->name;
    const std::string name = call + "_" + std::to_string(++numbers[call]) + ".json";
    std::ofstream out(folder / name, std::ios::binary);
    out << file_of(*model, *operation, interaction)
               .dump(4, ' ', false, Json::error_handler_t::replace)
        << "\n";
    if (!out.flush()) throw RecordingError((folder / name).string() + ": can't be written");
    written.push_back(name);
  }
  return written;
}

}  // namespace cloudchamber::recordings
