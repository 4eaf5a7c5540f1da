#include "sdk/transport/deliver.h"

namespace cloudchamber {

void deliver_body(HttpResponse& response, const SendOptions& options) {
  if (!options.sink || response.status < 200 || response.status > 299) return;
  if (options.head) options.head(response);
  while (!response.body.empty()) {
    options.sink(response.body.piece(0));
    response.body.drop_front_piece();
  }
}

}  // namespace cloudchamber
