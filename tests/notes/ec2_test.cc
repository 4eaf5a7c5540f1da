// "EC2": collections and their filters, attributes.
#include "cloudchamber/resources/ec2.h"

#include <iostream>
#include <set>

#include "tests/notes/notes.h"

namespace cloudchamber {
namespace {

using ::testing::HasSubstr;

class Ec2Notes : public Notes {
 protected:
  // The id of a new instance.
  static std::string run(const std::string& tenancy, const std::string& type) {
    const auto made = resource<Ec2>().create_instances({{"ImageId", "ami-0123456789abcdef0"},
                                                        {"InstanceType", type},
                                                        {"MinCount", 1},
                                                        {"MaxCount", 1},
                                                        {"Placement", {{"Tenancy", tenancy}}}});
    return made.at(0).id();
  }

  // A line for each id, in the mock's order, which is that of the ids. EC2 itself promises none
  // (DescribeInstances: "Applications should not assume the elements appear in a particular
  // order").
  static std::string lines_of(const std::set<std::string>& ids) {
    std::string lines;
    for (const std::string& id : ids) lines += id + '\n';
    return lines;
  }
};

// collection_filters.py
//   # EC2 find instances
//   ec2 = boto3.resource('ec2')
//   base = ec2.instances.filter(InstanceIds=['id1', 'id2', 'id3'])
//
//   filters = [{
//       'name': 'tenancy',
//       'value': 'dedicated'
//   }]
//   filtered1 = base.filter(Filters=filters)
//
//   # Note, this does NOT modify the filters in ``filtered1``!
//   filters.append({'name': 'instance-type', 'value': 't1.micro'})
//   filtered2 = base.filter(Filters=filters)
//
//   print('All instances:')
//   for instance in base:
//       print(instance.id)
//
//   print('Dedicated instances:')
//   for instance in filtered1:
//       print(instance.id)
//
//   print('Dedicated micro instances:')
//   for instance in filtered2:
//       print(instance.id)
TEST_F(Ec2Notes, AFilterMakesANewCollection) {
  const std::string id1 = run("default", "t3.micro");
  const std::string id2 = run("dedicated", "m5.large");
  const std::string id3 = run("dedicated", "t3.micro");
  const std::string text = printed([&] {
    // snippet: collection_filters
    // EC2 find instances
    const auto ec2 = resource<Ec2>();
    const auto base = ec2.instances().filter({{"InstanceIds", {id1, id2, id3}}});

    Json filters = {{{"Name", "tenancy"}, {"Values", {"dedicated"}}}};
    const auto filtered1 = base.filter({{"Filters", filters}});

    // Note, this does NOT modify the filters in filtered1!
    filters.push_back({{"Name", "instance-type"}, {"Values", {"t3.micro"}}});
    const auto filtered2 = base.filter({{"Filters", filters}});

    std::cout << "All instances:\n";
    for (const auto& instance : base) {
      std::cout << instance.id() << '\n';
    }

    std::cout << "Dedicated instances:\n";
    for (const auto& instance : filtered1) {
      std::cout << instance.id() << '\n';
    }

    std::cout << "Dedicated micro instances:\n";
    for (const auto& instance : filtered2) {
      std::cout << instance.id() << '\n';
    }
    // end
  });
  EXPECT_EQ(text, "All instances:\n" + lines_of({id1, id2, id3}) + "Dedicated instances:\n" +
                      lines_of({id2, id3}) + "Dedicated micro instances:\n" + id3 + '\n');
}

// As the author of the notes wrote it: a filter has no `name` and no `value`.
TEST_F(Notes, AMisspeltFilterIsRefusedBeforeSendingAndToldWhatWasMeant) {
  const auto base = resource<Ec2>().instances();
  const Json filters = {{{"name", "tenancy"}, {"value", "dedicated"}}};
  const auto filtered1 = base.filter({{"Filters", filters}});
  try {
    static_cast<void>(filtered1.begin());
    FAIL() << "nothing was thrown";
  } catch (const ParamValidationError& error) {
    EXPECT_STREQ(error.what(),
                 "Parameter validation failed:\n"
                 "Unknown parameter in Filters[0]: \"name\", must be one of: Name, Values; did you "
                 "mean \"Name\"?\n"
                 "Unknown parameter in Filters[0]: \"value\", must be one of: Name, Values; did "
                 "you mean \"Values\"?");
    EXPECT_TRUE(page_shows(error.what()));
  }
}

// instance.py
//   import boto3
//
//   ec2 = boto3.resource('ec2')
//   instance = ec2.Instance('id')
//
//   print instance.private_ip_address  # For more attributes, SEE: EC2.Instance
TEST_F(Ec2Notes, AnInstanceLoadsItsAttributes) {
  const std::string id = run("default", "t3.micro");
  const std::string text = printed([&] {
    // snippet: instance
    const auto ec2 = resource<Ec2>();
    const auto instance = ec2.instance(id);

    std::cout << instance.private_ip_address();  // For more attributes, see ec2::Instance
    // end
  });
  EXPECT_THAT(text, HasSubstr("172.31."));
}

}  // namespace
}  // namespace cloudchamber
