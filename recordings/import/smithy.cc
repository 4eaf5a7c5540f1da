// smithy-rs's connection events ("dvr"), version V0: the events of all connections in the order in
// which they happened, each with the number of its connection.
#include <map>
#include <nlohmann/json.hpp>

#include "recordings/import/formats.h"
#include "recordings/import/http_parts.h"

namespace cloudchamber::recordings {
namespace {

struct Connection {
  Exchange exchange;
  bool asked = false;
  bool answered = false;
  bool failed = false;
  bool cut_off = false;
};

const Node* events_of(const Node& root) { return root.is_list() ? &root : root.find("events"); }

bool is_of_request(const Node& event) {
  const Node& direction = event.at("direction");
  const std::string text = direction.text("the direction");
  if (text == "Request") return true;
  if (text == "Response") return false;
  throw Refusal(direction.line, "a direction that is neither Request nor Response");
}

Blob data_of(const Node& data) {
  if (const Node* const text = data.find("Utf8")) return Blob(text->text("Utf8"));
  return bytes_of_base64(data.at("Base64"), "Base64");
}

void read_request(const Node& request, Connection& connection) {
  HttpRequest& asked = connection.exchange.request;
  asked.method = request.at("method").text("the method");
  set_url(request.at("uri"), asked);
  asked.headers = headers_of(request.at("headers"));
  connection.asked = true;
}

void read_response(const Node& response, Connection& connection) {
  if (response.find("Err") != nullptr) {
    connection.failed = true;
    return;
  }
  const Node& answer = response.at("Ok");
  connection.exchange.response.status = status_of(answer.at("status"));
  connection.exchange.response.headers = headers_of(answer.at("headers"));
  connection.answered = true;
}

void read_action(const Node& action, Connection& connection) {
  if (action.map("the action").size() != 1)
    throw Refusal(action.line, "an action of more or less than one kind");
  const auto& [kind, event] = action.members.front();
  if (kind == "Request") {
    read_request(event.at("request"), connection);
  } else if (kind == "Response") {
    read_response(event.at("response"), connection);
  } else if (kind == "Data") {
    Exchange& exchange = connection.exchange;
    Blob data = data_of(event.at("data"));
    (is_of_request(event) ? exchange.request.body : exchange.response.body).append(data);
  } else if (kind == "Eof") {
    const Node& ok = event.at("ok");
    if (!ok.scalar.is_boolean()) throw Refusal(ok.line, "ok is neither true nor false");
    if (!ok.scalar.get<bool>()) connection.cut_off = true;
  } else {
    throw Refusal(action.line, "an action " + kind + " that is not known");
  }
}

}  // namespace

bool is_smithy(const Node& root) {
  const Node* const events = events_of(root);
  return events != nullptr && events->is_list() && !events->items.empty() &&
         events->items.front().find("connection_id") != nullptr;
}

void read_smithy(const Node& root, const std::string& /*name*/, Imported& imported) {
  imported.format = "smithy-rs";
  if (const Node* const version = root.find("version")) {
    if (version->text("version") != "V0")
      throw Refusal(version->line, "version " + version->text("version") + ", not V0");
  }
  std::map<std::int64_t, Connection> connections;
  std::vector<std::int64_t> order;
  for (const Node& event : events_of(root)->list("the events")) {
    const std::int64_t id = event.at("connection_id").integer("connection_id", 0, INT64_MAX);
    const auto [place, is_new] = connections.try_emplace(id);
    if (is_new) order.push_back(id);
    read_action(event.at("action"), place->second);
  }
  for (const std::int64_t id : order) {
    Connection& connection = connections[id];
    const std::string which = "connection " + std::to_string(id);
    if (!connection.asked || !connection.answered) {
      imported.notes.push_back(which + (connection.failed ? " failed" : " has no response") +
                               " and is left out");
      continue;
    }
    if (connection.cut_off) imported.notes.push_back(which + " was cut off");
    imported.recording.interactions.push_back(
        {.exchange = std::move(connection.exchange), .meaning = {}});
  }
}

}  // namespace cloudchamber::recordings
