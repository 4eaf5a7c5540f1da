#include "tests/fuzz/imported.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>

#include "cloudchamber/errors.h"
#include "recordings/export/export.h"
#include "recordings/wire_check/wire_check.h"
#include "sdk/model/service_model.h"
#include "sdk/recording/har.h"
#include "sdk/recording/redaction.h"
#include "sdk/recording/replayer.h"
#include "sdk/recording/tape.h"

namespace cloudchamber::fuzz {
namespace {

// No bodies apart: nothing is written to files here.
const HarBodies kInline{.folder = "/nonexistent", .max_inline = SIZE_MAX};
// What the corpora hold for them to find.
const RedactionRules kRules{
    .headers = {"X-Tenant"}, .members = {"MessageBody", "Key"}, .texts = {"555-1234"}};

[[noreturn]] void broken(const char* promise, const std::string& by) {
  std::fprintf(stderr, "%s: %s\n", promise, by.c_str());
  std::abort();
}

std::string written(const Interaction& interaction) { return entry_of(interaction, kInline); }

Interaction read_again(const std::string& entry) {
  return interaction_of(Json::parse(entry), kInline);
}

void check_writing(const Interaction& interaction) {
  const std::string entry = written(interaction);
  const std::string again = written(read_again(entry));
  if (again != entry) broken("written otherwise when it was read", entry + "\n" + again);
}

void check_redaction(Interaction interaction) {
  const auto model = interaction.meaning ? find_model(interaction.meaning->service) : nullptr;
  redact(interaction, model.get(), kRules);
  const std::string entry = written(interaction);
  if (entry.find(kRules.texts.front()) != std::string::npos) broken("a secret is told", entry);
  (void)read_again(entry);
}

void check_replay(const Recording& recording) {
  Replayer replayer(std::make_unique<Tape>(recording));
  for (const Interaction& interaction : recording.interactions) {
    if (!interaction.meaning) continue;
    const Meaning& meaning = *interaction.meaning;
    const auto model = find_model(meaning.service);
    const Operation* const operation =
        model == nullptr ? nullptr : model->find_operation(meaning.operation);
    if (operation == nullptr) continue;
    const HttpRequest& request = interaction.exchange.request;
    if (!replayer.answer({*model, *operation, meaning.region, meaning.parameters, request}))
      broken("a recorded call is not found", written(interaction));
    const Json other = {{"QueueUrl", "other"}};
    (void)replayer.explain({*model, *operation, meaning.region, other, request});
  }
  (void)replayer.unused();
}

}  // namespace

void check_refusal(const RecordingError& error, const std::string& name) {
  std::string_view reason = error.what();
  if (!reason.starts_with(name + ":")) broken("a refusal without the file", error.what());
  reason.remove_prefix(name.size() + 1);
  const std::size_t digits = reason.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos || reason.front() == '0' ||
      !reason.substr(digits).starts_with(": ") || reason.size() <= digits + 2)
    broken("a refusal without line or reason", error.what());
}

void import_and_use(std::string_view input, std::string_view format, const std::string& name) {
  recordings::Imported imported;
  try {
    imported = recordings::import_text(input, name);
  } catch (const RecordingError& error) {
    check_refusal(error, name);
    return;
  }
  if (imported.format != format) return;
  for (const Interaction& interaction : imported.recording.interactions) {
    check_writing(interaction);
    check_redaction(interaction);
  }
  check_replay(imported.recording);
  (void)recordings::as_scenario(imported.recording);
  (void)recordings::as_gtest(imported.recording);
}

void import_parsed_and_use(std::string_view input, std::string_view format,
                           const std::string& name) {
  std::vector<recordings::ParsedResponse> responses;
  try {
    responses = recordings::import_parsed_text(input, name);
  } catch (const RecordingError& error) {
    check_refusal(error, name);
  }
  for (const recordings::ParsedResponse& response : responses)
    if (response.format == format) use(response);
}

void use(const recordings::ParsedResponse& response) {
  (void)response.result.dump(-1, ' ', false, Json::error_handler_t::replace);
  recordings::WireCheck().check(response);
}

}  // namespace cloudchamber::fuzz
