#include "bench/crowd.h"

namespace sotto::bench {

void Crowd::ask(LoadConnection& connection, wire::Request request) {
  connection.queue(std::move(request));
  send_soon(connection);
}

void Crowd::on_open(LoadConnection& connection) { ask(connection, wire::Authenticate{plan_.token(connection.place)}); }

void Crowd::on_frame(LoadConnection& connection, const wire::ServerFrame& frame) {
  if (const auto* error = std::get_if<wire::Error>(&frame.answer)) fail("refused: " + error->message);
  if (std::holds_alternative<wire::Authenticated>(frame.answer)) {
    if (plan_.goal == CrowdPlan::Goal::authenticated) return complete(connection);
    ask(connection, wire::Resume{plan_.cursors ? plan_.cursors(connection.place) : std::vector<wire::Cursor>{}});
  }
  const auto* resumed = std::get_if<wire::Resumed>(&frame.answer);
  if (resumed == nullptr) return;
  if (resumed->entries.size() != plan_.missed_entries) fail("a stream came back to other messages than it missed");
  complete(connection);
}

}  // namespace sotto::bench
