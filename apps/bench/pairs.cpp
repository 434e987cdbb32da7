#include "bench/pairs.h"

#include "bench/bench_account.h"

namespace sotto::bench {
namespace {

std::expected<Room, std::string> make_pair(Endpoint endpoint, unsigned number) {
  auto sender = register_account(endpoint, "sender" + std::to_string(number));
  if (!sender) return std::unexpected(sender.error());
  auto reader = register_account(endpoint, "reader" + std::to_string(number));
  if (!reader) return std::unexpected(reader.error());
  auto opened = sender->connection->call(wire::OpenDirect{reader->keys.account});
  if (!opened) return std::unexpected(opened.error());
  const auto& conversation = std::get<wire::Conversation>(*opened);
  Room room{.conversation = conversation.conversation,
            .epoch = conversation.epoch,
            .head = conversation.head,
            .sender = std::move(sender->connection),
            .readers = {}};
  room.readers.push_back(std::move(reader->connection));
  return room;
}

}  // namespace

std::expected<DeliveryReport, std::string> run_pairs(ServerProcess& server, const PairsOptions& options) {
  std::vector<Room> rooms;
  for (unsigned number = 0; number < options.pairs; ++number) {
    auto room = make_pair(server.endpoint(), number);
    if (!room) return std::unexpected(room.error());
    rooms.push_back(std::move(*room));
  }
  auto report = run_rooms(server, std::move(rooms), options.pace);
  if (report) report->form = "pairs";
  return report;
}

}  // namespace sotto::bench
