// The catalogue of public images. Names and owners are AWS's; ids are our own, one for each region.
#include <nlohmann/json.hpp>

#include "mock-server/services/ec2/images.h"
#include "sdk/codec/digests.h"

namespace cloudchamber::mock::ec2 {
namespace {

struct Image {
  const char* name;
  const char* description;
  const char* owner;
  const char* alias;  // "" for none
  const char* architecture;
  const char* root_device;
  int size_gib;
  const char* volume_type;
  const char* created;
  const char* platform_details = "Linux/UNIX";
  const char* usage_operation = "RunInstances";
  bool imds_v2 = false;
};
constexpr const char* kAmazon = "137112412989";
constexpr const char* kCanonical = "099720109477";
constexpr const char* kDebian = "136693071363";
constexpr const char* kRedHat = "309956199498";
constexpr const char* kWindows = "801119661308";

constexpr Image kImages[] = {
    {"al2023-ami-2023.6.20241212.0-kernel-6.1-x86_64",
     "Amazon Linux 2023 AMI 2023.6.20241212.0 x86_64 HVM kernel-6.1", kAmazon, "amazon", "x86_64",
     "/dev/xvda", 8, "gp3", "2024-12-14T01:32:55.000Z", "Linux/UNIX", "RunInstances", true},
    {"al2023-ami-2023.6.20241212.0-kernel-6.1-arm64",
     "Amazon Linux 2023 AMI 2023.6.20241212.0 arm64 HVM kernel-6.1", kAmazon, "amazon", "arm64",
     "/dev/xvda", 8, "gp3", "2024-12-14T01:32:56.000Z", "Linux/UNIX", "RunInstances", true},
    {"amzn2-ami-kernel-5.10-hvm-2.0.20241217.0-x86_64-gp2",
     "Amazon Linux 2 Kernel 5.10 AMI 2.0.20241217.0 x86_64 HVM gp2", kAmazon, "amazon", "x86_64",
     "/dev/xvda", 8, "gp2", "2024-12-18T03:21:42.000Z"},
    {"amzn2-ami-kernel-5.10-hvm-2.0.20241217.0-arm64-gp2",
     "Amazon Linux 2 LTS Arm64 Kernel 5.10 AMI 2.0.20241217.0 arm64 HVM gp2", kAmazon, "amazon",
     "arm64", "/dev/xvda", 8, "gp2", "2024-12-18T03:21:46.000Z"},
    {"amzn2-ami-hvm-2.0.20241217.0-x86_64-gp2", "Amazon Linux 2 AMI 2.0.20241217.0 x86_64 HVM gp2",
     kAmazon, "amazon", "x86_64", "/dev/xvda", 8, "gp2", "2024-12-18T03:21:47.000Z"},
    {"ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20241206",
     "Canonical, Ubuntu, 22.04, amd64 jammy image", kCanonical, "", "x86_64", "/dev/sda1", 8, "gp2",
     "2024-12-06T10:14:31.000Z"},
    {"ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20241206",
     "Canonical, Ubuntu, 24.04, amd64 noble image", kCanonical, "", "x86_64", "/dev/sda1", 8, "gp3",
     "2024-12-06T09:02:17.000Z"},
    {"ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20241206",
     "Canonical, Ubuntu, 24.04, arm64 noble image", kCanonical, "", "arm64", "/dev/sda1", 8, "gp3",
     "2024-12-06T09:05:48.000Z"},
    {"debian-12-amd64-20241201-1948", "Debian 12 (20241201-1948)", kDebian, "", "x86_64",
     "/dev/xvda", 8, "gp2", "2024-12-01T12:37:40.000Z"},
    {"RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3", "Provided by Red Hat, Inc.", kRedHat, "",
     "x86_64", "/dev/sda1", 10, "gp3", "2024-06-06T07:07:11.000Z", "Red Hat Enterprise Linux",
     "RunInstances:0010"},
    {"Windows_Server-2022-English-Full-Base-2024.12.13",
     "Microsoft Windows Server 2022 Full Locale English AMI provided by Amazon", kWindows, "amazon",
     "x86_64", "/dev/sda1", 30, "gp2", "2024-12-13T20:11:08.000Z", "Windows", "RunInstances:0002"},
};

std::string id_of(const std::string& prefix, const std::string& region, const Image& image) {
  return prefix + hex(sha256(region + '/' + image.name)).substr(0, 17);
}

Resource described(const std::string& region, const Image& image) {
  Resource out;
  const std::string owner = image.owner;
  out.shown = {
      {"ImageId", id_of("ami-", region, image)},
      {"ImageLocation",
       (*image.alias == '\0' ? owner : image.alias) + std::string("/") + image.name},
      {"State", "available"},
      {"OwnerId", owner},
      {"CreationDate", image.created},
      {"Public", true},
      {"Architecture", image.architecture},
      {"ImageType", "machine"},
      {"SriovNetSupport", "simple"},
      {"EnaSupport", true},
      {"Name", image.name},
      {"Description", image.description},
      {"RootDeviceType", "ebs"},
      {"RootDeviceName", image.root_device},
      {"BlockDeviceMappings", Json::array({Json{{"DeviceName", image.root_device},
                                                {"Ebs",
                                                 {{"SnapshotId", id_of("snap-", region, image)},
                                                  {"VolumeSize", image.size_gib},
                                                  {"DeleteOnTermination", true},
                                                  {"VolumeType", image.volume_type},
                                                  {"Encrypted", false}}}}})},
      {"VirtualizationType", "hvm"},
      {"Hypervisor", "xen"},
      {"PlatformDetails", image.platform_details},
      {"UsageOperation", image.usage_operation}};
  if (*image.alias != '\0') out.shown["ImageOwnerAlias"] = image.alias;
  if (std::string_view(image.platform_details) == "Windows") out.shown["Platform"] = "windows";
  if (image.imds_v2) {
    out.shown["ImdsSupport"] = "v2.0";
    out.shown["BootMode"] = "uefi-preferred";
  }
  return out;
}

}  // namespace

Resources public_images(const std::string& region) {
  Resources all;
  for (const Image& image : kImages) {
    Resource one = described(region, image);
    std::string id = one.shown.at("ImageId");
    all.put(std::move(id), std::move(one));
  }
  return all;
}

}  // namespace cloudchamber::mock::ec2
