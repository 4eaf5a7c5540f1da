#include "mock-server/control/control.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "cloudchamber/virtual_clock.h"

namespace cloudchamber::mock {
namespace {

class ControlTest : public ::testing::Test {
 protected:
  HttpResponse ask(const std::string& method, const std::string& target,
                   const std::string& body = "") {
    HttpRequest request;
    request.method = method;
    request.target = target;
    request.body = body;
    const auto response = control_.answer(request);
    EXPECT_TRUE(response) << method << " " << target;
    return response.value_or(HttpResponse());
  }
  static nlohmann::json json_of(const HttpResponse& response) {
    return nlohmann::json::parse(response.body.to_string());
  }

  int resets_ = 0;
  std::uint64_t seed_ = 0;
  std::shared_ptr<VirtualClock> clock_ = std::make_shared<VirtualClock>();
  Control control_{{.reset = [this] { ++resets_; }, .reseed = [this](auto s) { seed_ = s; }},
                   clock_,
                   {"s3", "sqs"}};
};

TEST_F(ControlTest, TellsThatItIsWellAndWhatIsEmulated) {
  EXPECT_EQ(json_of(ask("GET", "/_chamber/health"))["status"], "running");
  EXPECT_EQ(json_of(ask("GET", "/_chamber/health"))["services"]["sqs"], "available");
  EXPECT_EQ(json_of(ask("GET", "/_localstack/health"))["services"]["s3"], "available");
}

TEST_F(ControlTest, ResetsUnderItsOwnAndUnderMotosName) {
  EXPECT_EQ(ask("POST", "/_chamber/reset").status, 200);
  EXPECT_EQ(json_of(ask("POST", "/moto-api/reset"))["status"], "ok");
  EXPECT_EQ(resets_, 2);
}

TEST_F(ControlTest, SeedsTheIds) {
  EXPECT_EQ(ask("POST", "/moto-api/seed?a=42").status, 200);
  EXPECT_EQ(seed_, 42U);
  EXPECT_EQ(ask("POST", "/_chamber/seed?seed=7").status, 200);
  EXPECT_EQ(seed_, 7U);
  for (const char* target : {"/moto-api/seed", "/moto-api/seed?a=", "/moto-api/seed?a=-1",
                             "/moto-api/seed?a=1x", "/moto-api/seed?a=99999999999999999999"})
    EXPECT_EQ(ask("POST", target).status, 400) << target;
  EXPECT_EQ(seed_, 7U);
}

TEST_F(ControlTest, MovesTheClock) {
  EXPECT_EQ(json_of(ask("GET", "/_chamber/clock"))["now"], "2026-01-01T00:00:00Z");
  EXPECT_EQ(json_of(ask("POST", "/_chamber/clock", "{\"advance\": 90.5}"))["now"],
            "2026-01-01T00:01:30.500Z");
  EXPECT_EQ(json_of(ask("POST", "/_chamber/clock?advance=3600"))["now"],
            "2026-01-01T01:01:30.500Z");
  for (const char* body : {"", "[]", "{", "{\"advance\": -1}", "{\"advance\": \"1\"}",
                           "{\"advance\": 1e300}", "{\"advance\": null}"})
    EXPECT_EQ(ask("POST", "/_chamber/clock", body).status, 400) << body;
  for (const char* text : {"-1", "nan", "inf", "1x", "1e300"})
    EXPECT_EQ(ask("POST", std::string("/_chamber/clock?advance=") + text).status, 400) << text;
  EXPECT_EQ(json_of(ask("GET", "/_chamber/clock"))["now"], "2026-01-01T01:01:30.500Z");
}

TEST_F(ControlTest, NamesWhatItDoesNotKnow) {
  EXPECT_EQ(ask("GET", "/_chamber/nothing").status, 404);
  EXPECT_EQ(ask("GET", "/_chamber/reset").status, 405);
  EXPECT_EQ(ask("DELETE", "/_chamber/clock").status, 405);
}

TEST_F(ControlTest, LeavesTheRestToAws) {
  for (const char* target :
       {"/", "/bucket/_chamber/health", "/moto-api", "/moto-api/key", "/chamber/reset"}) {
    HttpRequest request;
    request.target = target;
    request.method = "POST";
    EXPECT_FALSE(control_.answer(request)) << target;
  }
}

}  // namespace
}  // namespace cloudchamber::mock
