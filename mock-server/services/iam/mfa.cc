#include "mock-server/services/iam/mfa.h"

#include <algorithm>
#include <cstdint>

#include "mock-server/services/iam/kinds.h"
#include "mock-server/services/iam/operations.h"
#include "mock-server/services/iam/paging.h"
#include "mock-server/services/iam/show.h"
#include "mock-server/services/iam/users.h"
#include "sdk/codec/ascii.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::iam {
namespace {

constexpr Seconds kStep{30};

std::string base32_decoded(const std::string& text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto digit = static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
    bits = bits << 5 | digit;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xff);
  }
  return bytes;
}

AwsError no_such_device(const std::string& serial_number) {
  return no_such_entity("VirtualMFADevice with serial number " + serial_number + " doesn't exist.");
}

// Two codes in a row, of the last few minutes: a user needs time to type them.
void check_codes(const Call& call, const VirtualMfaDevice& device) {
  for (int back = 6; back >= 0; --back) {
    const TimePoint first = call.now() - back * kStep;
    if (mfa_code(device.id, first) == call.text("AuthenticationCode1") &&
        mfa_code(device.id, first + kStep) == call.text("AuthenticationCode2")) {
      return;
    }
  }
  throw AwsError("InvalidAuthenticationCode", "Authentication code for device is not valid.");
}

auto held_device(const Call& call, const User& user) {
  const std::string& serial = call.text("SerialNumber");
  const auto found =
      std::find_if(user.mfa_devices.begin(), user.mfa_devices.end(),
                   [&](const MfaDevice& one) { return one.serial_number == serial; });
  if (found == user.mfa_devices.end()) throw no_such_device(serial);
  return found;
}

Json shown_device(const User& user, const MfaDevice& device) {
  Json shape{{"SerialNumber", device.serial_number}, {"EnableDate", shown(device.enabled)}};
  show_user_name(shape, user);
  return shape;
}

}  // namespace

std::string mfa_code(const std::string& seed, TimePoint time) {
  auto step =
      static_cast<std::uint64_t>(std::chrono::floor<Seconds>(time).time_since_epoch() / kStep);
  std::string counter(8, '\0');
  for (std::size_t i = 8; i-- > 0; step >>= 8) counter[i] = static_cast<char>(step & 0xff);
  const std::string digest = hmac_sha1(base32_decoded(seed), counter);
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(digest[i]); };
  const std::size_t at = byte(19) & 0x0fU;
  const std::uint32_t number = (byte(at) & 0x7fU) << 24 | std::uint32_t{byte(at + 1)} << 16 |
                               std::uint32_t{byte(at + 2)} << 8 | byte(at + 3);
  const std::string digits = std::to_string(number % 1'000'000);
  return std::string(6 - digits.size(), '0') + digits;
}

const VirtualMfaDevice& virtual_mfa_device(const Call& call, const Iam& iam) {
  const std::string& serial = call.text("SerialNumber");
  const VirtualMfaDevice* device = iam.virtual_mfa_devices.find(serial);
  if (device == nullptr) throw no_such_device(serial);
  return *device;
}

Json create_virtual_mfa_device(Call& call, Iam& iam) {
  VirtualMfaDevice device;
  device.name = call.text("VirtualMFADeviceName");
  device.path = call.text_or("Path", "/");
  device.tags = tags_of(call);
  const std::string serial = arn_of(call.account(), "mfa", device.path, device.name);
  if (iam.virtual_mfa_devices.contains(serial)) {
    throw entity_already_exists("MFADevice entity at the same path and name already exists.");
  }
  device.id = base32_characters(call, 64);
  device.created = call.now();
  Json shape{{"SerialNumber", serial},
             {"Base32StringSeed", Json::binary({device.id.begin(), device.id.end()})}};
  show_tags(shape, device.tags);
  iam.virtual_mfa_devices.put(serial, std::move(device));
  return {{"VirtualMFADevice", std::move(shape)}};
}

Json list_virtual_mfa_devices(Call& call, const Iam& iam) {
  const std::string status = call.text_or("AssignmentStatus", "Any");
  Page page(call, "VirtualMFADevices");
  for (const auto& [serial, device] : iam.virtual_mfa_devices) {
    const bool assigned = device.enabled != TimePoint{};
    if ((status == "Assigned" && !assigned) || (status == "Unassigned" && assigned)) continue;
    const auto show = [&, &serial_number = serial, &one = device] {
      Json shape{{"SerialNumber", serial_number}};
      if (one.enabled == TimePoint{}) return shape;
      shape["EnableDate"] = shown(one.enabled);
      const User* user = iam.users.find(one.user);
      shape["User"] = user != nullptr ? listed(call.account(), *user)
                                      : Json{{"UserId", call.account()},
                                             {"Arn", "arn:aws:iam::" + call.account() + ":root"},
                                             {"CreateDate", shown(kRootCreated)}};
      return shape;
    };
    if (!page.add(serial, show)) break;
  }
  return page.result();
}

Json delete_virtual_mfa_device(Call& call, Iam& iam) {
  if (virtual_mfa_device(call, iam).enabled != TimePoint{}) {
    throw delete_conflict("MFA VirtualDevice in use. Must deactivate first.");
  }
  iam.virtual_mfa_devices.erase(call.text("SerialNumber"));
  return Json::object();
}

// Of a hardware device nobody here knows the codes: it is believed, but in strict mode.
Json enable_mfa_device(Call& call, Iam& iam) {
  User& user = user_or_caller(call, iam);
  const std::string& serial = call.text("SerialNumber");
  const VirtualMfaDevice* device = iam.virtual_mfa_devices.find(serial);
  if (device == nullptr && (serial.starts_with("arn:") || call.strict())) {
    throw no_such_device(serial);
  }
  const bool held = std::any_of(user.mfa_devices.begin(), user.mfa_devices.end(),
                                [&](const MfaDevice& one) { return one.serial_number == serial; });
  if (held || (device != nullptr && device->enabled != TimePoint{})) {
    throw entity_already_exists("MFADevice entity at the same path and name already exists.");
  }
  if (user.mfa_devices.size() >= kMaxMfaDevices) {
    throw quota_exceeded("MFADevicesPerUser", kMaxMfaDevices);
  }
  if (device != nullptr) {
    check_codes(call, *device);
    VirtualMfaDevice& own = *iam.virtual_mfa_devices.change(serial);
    own.user = lowered(user.name);
    own.enabled = call.now();
  }
  user.mfa_devices.push_back({serial, call.now()});
  return Json::object();
}

Json resync_mfa_device(Call& call, const Iam& iam) {
  static_cast<void>(held_device(call, user_or_caller(call, iam)));
  const VirtualMfaDevice* device = iam.virtual_mfa_devices.find(call.text("SerialNumber"));
  if (device != nullptr) check_codes(call, *device);
  return Json::object();
}

Json deactivate_mfa_device(Call& call, Iam& iam) {
  User& user = user_or_caller(call, iam);
  const std::string serial = held_device(call, user)->serial_number;
  std::erase_if(user.mfa_devices,
                [&](const MfaDevice& one) { return one.serial_number == serial; });
  if (VirtualMfaDevice* device = iam.virtual_mfa_devices.change(serial)) {
    device->user.clear();
    device->enabled = TimePoint{};
  }
  return Json::object();
}

Json list_mfa_devices(Call& call, const Iam& iam) {
  const User& user = user_or_caller(call, iam);
  std::vector<MfaDevice> devices = user.mfa_devices;
  std::sort(devices.begin(), devices.end(), [](const MfaDevice& a, const MfaDevice& b) {
    return a.serial_number < b.serial_number;
  });
  Page page(call, "MFADevices");
  for (const MfaDevice& device : devices) {
    if (!page.add(device.serial_number, [&] { return shown_device(user, device); })) break;
  }
  return page.result();
}

Json get_mfa_device(Call& call, const Iam& iam) {
  const User& user = user_or_caller(call, iam);
  return shown_device(user, *held_device(call, user));
}

}  // namespace cloudchamber::mock::iam
