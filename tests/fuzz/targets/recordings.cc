// A stranger's recording where it is played: verified and seeded against worlds of their own, and
// served to those who ask for its calls.
#include <nlohmann/json.hpp>
#include <sstream>

#include "cloudchamber/errors.h"
#include "mock-server/mock_aws.h"
#include "recordings/import/import.h"
#include "recordings/proxy/replay_server.h"
#include "recordings/seed/seed.h"
#include "recordings/verify/verify.h"
#include "recordings/verify/write_report.h"
#include "tests/fuzz/fuzz_targets.h"
#include "tests/fuzz/imported.h"

namespace cloudchamber::fuzz {

void fuzz_recordings(std::string_view input) {
  recordings::Imported imported;
  try {
    imported = recordings::import_text(input, "fuzzed");
  } catch (const RecordingError& error) {
    check_refusal(error, "fuzzed");
    return;
  }
  static const recordings::Verifier verifier;
  recordings::Report report;
  verifier.verify(imported.recording, "fuzzed", report);
  std::ostringstream text;
  write_text(report, 20, text);
  (void)json_of(report).dump(-1, ' ', false, Json::error_handler_t::replace);
  (void)html_of(report);

  mock::MockAws aws;
  (void)recordings::seed(aws, imported.recording);

  recordings::ReplayServer server(imported.recording, {});
  for (const Interaction& interaction : imported.recording.interactions)
    (void)server.handle(interaction.exchange.request);
  (void)server.unused();
}

}  // namespace cloudchamber::fuzz
