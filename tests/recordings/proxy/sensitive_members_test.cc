// Every operation of every model that takes or gives something sensitive, its secret in every such
// member: none is in what would be written.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "mock-server/encode/encoder.h"
#include "recordings/understand.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/uri.h"
#include "sdk/recording/har.h"
#include "sdk/recording/redaction.h"
#include "sdk/serialize/serializer.h"
#include "tests/support/shape_values.h"

namespace cloudchamber::recordings {
namespace {

using test::ShapeValues;
using testing::HasSubstr;
using testing::Not;

// With what encoders write in several ways.
const std::string kSecret = "hunter2-of-all <&>\"' +/=%\xc3\xbc";

void fill(Json& value, std::size_t& filled) {
  if (value.is_structured()) {
    for (auto& part : value) fill(part, filled);
  } else if (value.is_string()) {
    value = kSecret;
    ++filled;
  } else if (value.is_binary()) {
    value = Json::binary({kSecret.begin(), kSecret.end()});
    ++filled;
  }
}

// The secret in every sensitive member; how many there are.
std::size_t fill_sensitive(const Shape& shape, Json& value) {
  std::size_t filled = 0;
  if (shape.type == ShapeType::kStructure && value.is_object()) {
    for (const Member& member : shape.members) {
      const auto found = value.find(member.name);
      if (found == value.end()) continue;
      if (is_secret(member, {})) {
        fill(*found, filled);
      } else {
        filled += fill_sensitive(*member.shape, *found);
      }
    }
  } else if (shape.type == ShapeType::kList && value.is_array()) {
    for (auto& element : value) filled += fill_sensitive(*shape.element.shape, element);
  } else if (shape.type == ShapeType::kMap && value.is_object()) {
    for (auto& entry : value) filled += fill_sensitive(*shape.value.shape, entry);
  }
  return filled;
}

void expect_hidden(Interaction interaction, const ServiceModel& model, const std::string& where) {
  redact(interaction, &model);
  const std::string line = entry_of(interaction, HarBodies{});
  EXPECT_THAT(line, Not(HasSubstr("hunter2"))) << where;
  // Three bytes are four characters of base64, wherever the secret is whole.
  EXPECT_THAT(line, Not(HasSubstr(base64_encode(kSecret.substr(0, 12))))) << where;
}

TEST(SensitiveMembers, OfRequestsAreNotWritten) {
  const Understanding understanding;
  std::size_t operations = 0;
  for (const std::string& service : model_names()) {
    const auto model = find_model(service);
    for (const Operation* operation : model->operations()) {
      if (operation->input == nullptr) continue;
      Json parameters = ShapeValues(ShapeValues::Fill::kAll, 0).structure(*operation->input);
      if (fill_sensitive(*operation->input, parameters) == 0) continue;
      ++operations;
      Interaction interaction;
      HttpRequest& request = interaction.exchange.request;
      request = serialize(*model, *operation, parameters);
      request.scheme = "https";
      request.host = service + ".us-east-1.amazonaws.com";
      interaction.meaning =
          Meaning{.service = service, .operation = operation->name, .parameters = parameters};
      expect_hidden(interaction, *model, service + " " + operation->name + " as the SDK notes it");
      interaction.meaning = understanding.meaning_of_request(request);
      if (interaction.meaning)
        expect_hidden(interaction, *model, service + " " + operation->name + " as it is decoded");
    }
  }
  EXPECT_GT(operations, 30U);
}

TEST(SensitiveMembers, OfResponsesAreNotWritten) {
  std::size_t operations = 0;
  for (const std::string& service : model_names()) {
    const auto model = find_model(service);
    for (const Operation* operation : model->operations()) {
      if (operation->output == nullptr) continue;
      Json result = ShapeValues(ShapeValues::Fill::kAll, 0).structure(*operation->output);
      if (fill_sensitive(*operation->output, result) == 0) continue;
      ++operations;
      Interaction interaction;
      interaction.exchange.request.host = "127.0.0.1";
      interaction.exchange.response =
          mock::encode_output(*model, *operation, result, Blob(), "request-id");
      interaction.meaning =
          Meaning{.service = service, .operation = operation->name, .result = result};
      expect_hidden(interaction, *model, service + " " + operation->name);
    }
  }
  EXPECT_GT(operations, 30U);
}

}  // namespace
}  // namespace cloudchamber::recordings
