// "EC2": collections and their filters, attributes.
#include "cloudchamber/resources/ec2.h"

#include <iostream>

#include "tests/notes/notes.h"
#include "tests/sdk/resource/ec2_answers.h"

namespace cloudchamber {
namespace {

// EC2 as it would answer: what it is asked for is looked at as well.
class Ec2Notes : public ::testing::Test {
 protected:
  Ec2Notes() { setup_default_session(ec2_.options()); }

  template <class Action>
  static std::string printed(const Action& action) {
    ::testing::internal::CaptureStdout();
    action();
    return ::testing::internal::GetCapturedStdout();
  }
  [[nodiscard]] std::string asked(std::size_t request, const std::string& field) const {
    return form(ec2_.request(request))[field];
  }

  Stage ec2_;
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
  const std::string id1 = "i-1", id2 = "i-2", id3 = "i-3";
  ec2_.script->answer(200, {}, instances_page({id1, id2, id3}))
      .answer(200, {}, instances_page({id2, id3}))
      .answer(200, {}, instances_page({id3}));
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
  EXPECT_EQ(text, "All instances:\n" + id1 + '\n' + id2 + '\n' + id3 + "\nDedicated instances:\n" +
                      id2 + '\n' + id3 + "\nDedicated micro instances:\n" + id3 + '\n');
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
  const std::string id = "i-1";
  ec2_.script->answer(200, {},
                      instances_page({id}, "", "<privateIpAddress>172.31.0.5</privateIpAddress>"));
  const std::string text = printed([&] {
    // snippet: instance
    const auto ec2 = resource<Ec2>();
    const auto instance = ec2.instance(id);

    std::cout << instance.private_ip_address();  // For more attributes, see ec2::Instance
    // end
  });
  EXPECT_EQ(text, R"("172.31.0.5")");
}

}  // namespace
}  // namespace cloudchamber
