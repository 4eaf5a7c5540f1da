// CreateKeyPair, ImportKeyPair, DeleteKeyPair, DescribeKeyPairs.
#include "mock-server/services/ec2/key_pairs.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/engine/describe.h"
#include "mock-server/services/ec2/engine/errors.h"
#include "mock-server/services/ec2/engine/tags.h"
#include "mock-server/services/ec2/families.h"
#include "mock-server/services/ec2/key_material.h"
#include "sdk/codec/base64.h"
#include "sdk/codec/bytes.h"
#include "sdk/codec/timestamps.h"

namespace cloudchamber::mock::ec2 {
namespace {

constexpr FilterField kFilters[] = {
    {"fingerprint", "KeyFingerprint"}, {"key-name", "KeyName"}, {"key-pair-id", "KeyPairId"}};

constexpr std::size_t kMaxName = 255;

void check_new_name(const Ec2& state, const std::string& name) {
  if (name.size() > kMaxName)
    throw invalid_value(name, "keyName", "It exceeds the maximum length of 255 characters.");
  if (find_key_pair(state, name) != nullptr)
    throw AwsError("InvalidKeyPair.Duplicate", "The keypair '" + name + "' already exists.");
}

std::string make_key_pair(const Call& call, Ec2& state, const std::string& type,
                          const std::string& fingerprint, const std::string& public_key,
                          const Tags& tags) {
  Resource made;
  made.tags = tags;
  made.shown = {{"KeyName", call.text("KeyName")},
                {"KeyFingerprint", fingerprint},
                {"KeyType", type},
                {"CreateTime", iso8601_milliseconds(call.now())}};
  made.kept = {{"PublicKey", public_key}};
  return create(Origin(call), state, kKeyPair, std::move(made));
}

Json answered(const Ec2& state, const std::string& id) {
  const Resource& made = get(state, kKeyPair, id);
  Json out{{"KeyPairId", id},
           {"KeyName", made.shown.at("KeyName")},
           {"KeyFingerprint", made.shown.at("KeyFingerprint")}};
  if (!made.tags.empty()) out["Tags"] = listed(made.tags);
  return out;
}

Json create_key_pair(Call& call, Ec2& state) {
  const Tags tags = tags_given(call, kKeyPair);
  const std::string& name = call.text("KeyName");
  check_new_name(state, name);
  const std::string type = call.text_or("KeyType", "rsa");
  const KeyMaterial key =
      new_key(type, call.text_or("KeyFormat", "pem"), name,
              [&](std::size_t count) { return *base64_decode(call.ids().base64(count)); });
  Json out =
      answered(state, make_key_pair(call, state, type, key.fingerprint, key.public_key, tags));
  out["KeyMaterial"] = key.private_key;
  return out;
}

Json import_key_pair(Call& call, Ec2& state) {
  const Tags tags = tags_given(call, kKeyPair);
  check_new_name(state, call.text("KeyName"));
  const auto key = read_public_key(bytes_of(call.at("PublicKeyMaterial")));
  if (!key.has_value())
    throw AwsError("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
  return answered(state,
                  make_key_pair(call, state, key->type, key->fingerprint, key->public_key, tags));
}

// To delete what is not there is no error.
Json delete_key_pair(Call& call, Ec2& state) {
  std::string id = call.text_or("KeyPairId", "");
  const std::string name = call.text_or("KeyName", "");
  if (id.empty() && name.empty())
    throw AwsError("MissingParameter",
                   "The request must contain the parameter KeyName or KeyPairId");
  if (id.empty()) {
    const Resource* found = find_key_pair(state, name);
    if (found == nullptr) return {{"Return", true}};
    id = found->shown.at("KeyPairId");
  }
  check_form(kKeyPair, id);
  if (!state.of(kKeyPair).contains(id)) return {{"Return", true}};
  remove(Origin(call), state, kKeyPair, id);
  return {{"Return", true}, {"KeyPairId", id}};
}

Json describe_key_pairs(Call& call, const Ec2& state) {
  const Json names = call.find("KeyNames") == nullptr ? Json::array() : call.at("KeyNames");
  for (const Json& name : names) {
    if (find_key_pair(state, name) == nullptr) throw key_pair_not_found(name);
  }
  Json out = describe(call, state, kKeyPair, [&](const Resource& one) {
    return names.empty() ||
           std::find(names.begin(), names.end(), one.shown.at("KeyName")) != names.end();
  });
  if (call.flag_or("IncludePublicKey", false)) {
    for (Json& row : out["KeyPairs"]) {
      const Resource& one = get(state, kKeyPair, row.at("KeyPairId"));
      row["PublicKey"] = one.kept.at("PublicKey").get<std::string>() + ' ' +
                         one.shown.at("KeyName").get<std::string>();
    }
  }
  return out;
}

}  // namespace

const Kind kKeyPair{.type = "key-pair",
                    .prefix = "key-",
                    .id_member = "KeyPairId",
                    .list = "KeyPairs",
                    .ids = "KeyPairIds",
                    .not_found_code = "InvalidKeyPair.NotFound",
                    .not_found = "The key pair '{}' does not exist",
                    .malformed_code = "InvalidKeyPair.Format",
                    .in_use = "",
                    .filters = kFilters,
                    .has_owner = false,
                    .tags_always = true};

const Resource* find_key_pair(const Ec2& state, const std::string& name) {
  for (const auto& [id, one] : state.of(kKeyPair)) {
    if (one.shown.at("KeyName") == name) return &one;
  }
  return nullptr;
}

AwsError key_pair_not_found(const std::string& name) {
  return {"InvalidKeyPair.NotFound", "The key pair '" + name + "' does not exist"};
}

Family key_pairs() {
  return {.kinds = {&kKeyPair},
          .operations = {{"CreateKeyPair", writes<create_key_pair>},
                         {"DeleteKeyPair", writes<delete_key_pair>},
                         {"DescribeKeyPairs", reads<describe_key_pairs>},
                         {"ImportKeyPair", writes<import_key_pair>}}};
}

}  // namespace cloudchamber::mock::ec2
