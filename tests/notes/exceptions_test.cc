// "Exceptions".
#include "cloudchamber/services/iam.h"
#include "tests/notes/notes.h"

namespace cloudchamber {
namespace {

// client_error.py
//   import boto3
//   from botocore.exceptions import ClientError
//
//   try:
//       iam = boto3.client('iam')
//       user = iam.create_user(UserName='fred')
//   except ClientError as e:
//       if e.response['Error']['Code'] == 'EntityAlreadyExists':
//           pass # Handle error here
TEST_F(Notes, AllExceptionsOfServicesAreClientErrors) {
  bool handled = false;
  client("iam").call("create_user", {{"UserName", "fred"}});
  // snippet: client_error
  try {
    const auto iam = client("iam");
    const Json user = iam.call("create_user", {{"UserName", "fred"}});
  } catch (const ClientError& e) {
    if (e.response()["Error"]["Code"] == "EntityAlreadyExists") {
      handled = true;  // Handle error here
    }
  }
  // end
  EXPECT_TRUE(handled);
}

// exceptions_of_client.py
//   import boto3
//
//   try:
//       iam = boto3.client('iam')
//       user = iam.create_user(UserName='fred')
//   except iam.exceptions.EntityAlreadyExistsException:
//       pass # Handle error here
TEST_F(Notes, EachExceptionOfAServiceHasATypeOfItsOwn) {
  bool handled = false;
  client("iam").call("create_user", {{"UserName", "fred"}});
  // snippet: exceptions_of_client
  try {
    const auto iam = client<Iam>();
    const Json user = iam.create_user({{"UserName", "fred"}});
  } catch (const iam::EntityAlreadyExistsException& e) {
    handled = e.code() == "EntityAlreadyExists";  // Handle error here
  }
  // end
  EXPECT_TRUE(handled);
}

}  // namespace
}  // namespace cloudchamber
