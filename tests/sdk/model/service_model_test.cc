#include "sdk/model/service_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"

namespace cloudchamber {
namespace {

using ::testing::HasSubstr;

// A small service that has every trait once.
constexpr std::string_view kTiny = R"json({
  "metadata": {"apiVersion": "2020-01-08", "endpointPrefix": "tiny", "protocol": "rest-xml",
               "serviceId": "Tiny", "xmlNamespace": "https://tiny.example/"},
  "operations": {
    "PutThing": {
      "name": "PutThing",
      "http": {"method": "PUT", "requestUri": "/{Id}?things", "responseCode": 201},
      "input": {"shape": "PutThingRequest", "locationName": "Put", "xmlNamespace": {"uri": "u"}},
      "output": {"shape": "PutThingOutput"},
      "errors": [{"shape": "ThingExistsException"}],
      "endpoint": {"hostPrefix": "data.{Id}."},
      "httpChecksum": {"requestAlgorithmMember": "Zulu", "requestChecksumRequired": true},
      "requestcompression": {"encodings": ["gzip"]},
      "authtype": "none", "idempotent": true, "deprecated": true
    },
    "Alone": {"name": "Alone"}
  },
  "shapes": {
    "PutThingRequest": {
      "type": "structure", "required": ["Zulu"], "payload": "Body",
      "members": {
        "Zulu": {"shape": "Text", "location": "header", "locationName": "x-zulu"},
        "Id": {"shape": "Text", "location": "uri", "hostLabel": true},
        "Body": {"shape": "Stream"},
        "When": {"shape": "Time", "timestampFormat": "rfc822"},
        "Alpha": {"shape": "Tree", "xmlNamespace": {"prefix": "xsi", "uri": "x"}}
      }
    },
    "PutThingOutput": {"type": "structure", "members": {"Trees": {"shape": "Trees"}}},
    "Stream": {"type": "blob", "streaming": true},
    "Text": {"type": "string", "min": 1, "max": 64, "pattern": "[a-z]+", "sensitive": true},
    "Color": {"type": "string", "enum": ["RED", "GREEN"]},
    "Time": {"type": "timestamp", "timestampFormat": "iso8601"},
    "Tree": {"type": "structure", "union": true,
             "members": {"Left": {"shape": "Tree"}, "Names": {"shape": "Names"}}},
    "Trees": {"type": "list", "flattened": true, "member": {"shape": "Tree", "locationName": "t"}},
    "Names": {"type": "map", "key": {"shape": "Text", "locationName": "k"},
              "value": {"shape": "Color"}},
    "ThingExistsException": {"type": "structure", "members": {"Message": {"shape": "Text"}},
                             "error": {"code": "ThingExists", "httpStatusCode": 409,
                                       "senderFault": true}, "exception": true}
  }
})json";

class TinyModel : public ::testing::Test {
 protected:
  std::shared_ptr<const ServiceModel> model_ = ServiceModel::from_text("tiny", kTiny);
};

TEST_F(TinyModel, ReadsMetadata) {
  EXPECT_EQ(model_->name, "tiny");
  EXPECT_EQ(model_->protocol, Protocol::kRestXml);
  EXPECT_EQ(model_->api_version, "2020-01-08");
  EXPECT_EQ(model_->signing_name, "tiny");
  EXPECT_EQ(model_->xml_namespace, "https://tiny.example/");
  EXPECT_FALSE(model_->query_compatible);
}

TEST_F(TinyModel, ReadsTheTraitsOfAnOperation) {
  const Operation* put = model_->find_operation("PutThing");
  ASSERT_NE(put, nullptr);
  EXPECT_EQ(put->http_method, "PUT");
  EXPECT_EQ(put->request_uri, "/{Id}?things");
  EXPECT_EQ(put->response_code, 201);
  EXPECT_EQ(put->input->name, "PutThingRequest");
  EXPECT_EQ(put->input_location_name, "Put");
  EXPECT_EQ(put->input_xml_namespace, "u");
  EXPECT_EQ(put->output->name, "PutThingOutput");
  ASSERT_EQ(put->errors.size(), 1U);
  EXPECT_EQ(put->endpoint_host_prefix, "data.{Id}.");
  EXPECT_EQ(put->checksum_algorithm_member, "Zulu");
  EXPECT_TRUE(put->checksum_required);
  EXPECT_TRUE(put->no_auth);
  EXPECT_TRUE(put->idempotent);
  EXPECT_TRUE(put->deprecated);
  EXPECT_EQ(put->request_compression, std::vector<std::string>{"gzip"});
  ASSERT_NE(put->streaming_input(), nullptr);
  EXPECT_EQ(put->streaming_input()->name, "Body");
  EXPECT_EQ(put->streaming_output(), nullptr);
}

TEST_F(TinyModel, GivesAnOperationWithoutTraitsTheDefaults) {
  const Operation* alone = model_->find_operation("Alone");
  ASSERT_NE(alone, nullptr);
  EXPECT_EQ(alone->http_method, "POST");
  EXPECT_EQ(alone->request_uri, "/");
  EXPECT_EQ(alone->input, nullptr);
  EXPECT_EQ(alone->output, nullptr);
  EXPECT_EQ(model_->find_operation("alone"), nullptr);
}

TEST_F(TinyModel, KeepsTheOrderOfMembers) {
  std::string order;
  for (const Member& member : model_->find_shape("PutThingRequest")->members) {
    order += member.name + " ";
  }
  EXPECT_EQ(order, "Zulu Id Body When Alpha ");
}

TEST_F(TinyModel, ReadsTheTraitsOfMembers) {
  const Shape* request = model_->find_shape("PutThingRequest");
  const Member* zulu = request->find("Zulu");
  EXPECT_TRUE(zulu->required);
  EXPECT_EQ(zulu->location, Location::kHeader);
  EXPECT_EQ(zulu->wire_name(), "x-zulu");
  EXPECT_EQ(request->find("Id")->location, Location::kUri);
  EXPECT_TRUE(request->find("Id")->host_label);
  EXPECT_FALSE(request->find("Id")->required);
  EXPECT_EQ(request->find("Id")->wire_name(), "Id");
  EXPECT_TRUE(request->find("Body")->streaming) << "stated on the shape";
  EXPECT_EQ(request->find("When")->timestamp(), TimestampFormat::kRfc822);
  EXPECT_EQ(request->find("Alpha")->xml_prefix, "xsi");
  EXPECT_EQ(request->find("Alpha")->xml_namespace, "x");
  EXPECT_EQ(request->find("zulu"), nullptr);
}

TEST_F(TinyModel, ReadsTheTraitsOfShapes) {
  const Shape* text = model_->find_shape("Text");
  EXPECT_EQ(text->min, 1);
  EXPECT_EQ(text->max, 64);
  EXPECT_EQ(text->pattern, "[a-z]+");
  EXPECT_TRUE(text->sensitive);
  EXPECT_EQ(model_->find_shape("Color")->enum_values, (std::vector<std::string>{"RED", "GREEN"}));
  EXPECT_EQ(model_->find_shape("Time")->timestamp_format, TimestampFormat::kIso8601);
  EXPECT_TRUE(model_->find_shape("Tree")->is_union);
  const Shape* trees = model_->find_shape("Trees");
  EXPECT_EQ(trees->element.wire_name(), "t");
  EXPECT_TRUE(model_->find_shape("PutThingOutput")->find("Trees")->is_flattened());
  EXPECT_EQ(model_->find_shape("Names")->key.location_name, "k");
  EXPECT_EQ(model_->find_shape("Names")->value.shape->name, "Color");
}

TEST_F(TinyModel, LetsShapesRecurse) {
  const Shape* tree = model_->find_shape("Tree");
  EXPECT_EQ(tree->find("Left")->shape, tree);
}

TEST_F(TinyModel, FindsAnErrorByItsCodeAndByItsShape) {
  const Shape* error = model_->find_shape("ThingExistsException");
  EXPECT_EQ(error->error_wire_code(), "ThingExists");
  EXPECT_EQ(error->error_status, 409);
  EXPECT_TRUE(error->sender_fault);
  EXPECT_EQ(model_->find_error("ThingExists"), error);
  EXPECT_EQ(model_->find_error("ThingExistsException"), error);
  EXPECT_EQ(model_->find_error("Thing"), nullptr);
}

TEST_F(TinyModel, HasEmptyPaginatorsWaitersAndResources) {
  EXPECT_EQ(model_->paginators(), Json::object());
  EXPECT_EQ(model_->waiters(), Json::object());
  EXPECT_EQ(model_->resources(), Json::object());
}

TEST(ServiceModel, ReadsEveryProtocol) {
  const std::pair<const char*, Protocol> rows[] = {
      {R"("protocol": "query")", Protocol::kQuery},
      {R"("protocol": "ec2")", Protocol::kEc2},
      {R"("protocol": "json")", Protocol::kJson},
      {R"("protocol": "rest-json")", Protocol::kRestJson},
      {R"("protocol": "rest-xml")", Protocol::kRestXml},
      {R"("protocol": "smithy-rpc-v2-cbor")", Protocol::kRpcV2Cbor},
      {R"("protocol": "json", "protocols": ["smithy-rpc-v2-cbor", "json"])", Protocol::kJson},
      {R"("protocols": ["unheard-of", "rest-json"])", Protocol::kRestJson}};
  for (const auto& [metadata, protocol] : rows) {
    const std::string text = std::string(R"({"metadata": {)") + metadata + "}}";
    EXPECT_EQ(ServiceModel::from_text("x", text)->protocol, protocol) << metadata;
  }
}

TEST(ServiceModel, NamesWhatIsWrongWithADescription) {
  const std::pair<const char*, const char*> rows[] = {
      {R"(nonsense)", "syntax error"},
      {R"([])", "not an object"},
      {R"({"metadata": {"protocol": "smoke"}})", "'smoke'"},
      {R"({"metadata": {"protocol": "json"}, "shapes": {"A": {"type": "smell"}}})", "'smell'"},
      {R"({"metadata": {"protocol": "json"}, "shapes": {"A": {"type": "list"}}})", "'member'"},
      {R"({"metadata": {"protocol": "json"}, "shapes": {"A": {"type": "list",
          "member": {"shape": "Gone"}}}})",
       "A: there is no shape 'Gone'"},
      {R"({"metadata": {"protocol": "json"}, "shapes": {"A": {"type": "structure",
          "required": ["Gone"]}}})",
       "requires 'Gone'"},
      {R"({"metadata": {"protocol": "json"}, "operations": {"Go": {"input": {"shape": "Gone"}}}})",
       "Go: there is no shape 'Gone'"}};
  for (const auto& [text, expected] : rows) {
    try {
      (void)ServiceModel::from_text("tiny", text);
      ADD_FAILURE() << "accepted " << text;
    } catch (const ModelError& error) {
      EXPECT_THAT(error.what(), HasSubstr(expected));
      EXPECT_THAT(error.what(), HasSubstr("tiny"));
    }
  }
}

TEST(ServiceModel, RefusesADescriptionThatNestsTooDeeply) {
  EXPECT_THROW((void)ServiceModel::from_text("deep", std::string(100'000, '[')), ModelError);
}

}  // namespace
}  // namespace cloudchamber
