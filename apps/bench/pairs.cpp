#include "bench/pairs.h"

namespace sotto::bench {

std::expected<Report, std::string> run_pairs(const std::filesystem::path& program, const PairsOptions& options) {
  auto site = Site::open({.program = program,
                          .people = {.accounts = 2 * options.pairs + options.others,
                                     .pairing = PopulationPlan::Pairing::neighbours,
                                     .messages = options.messages}});
  if (!site) return std::unexpected(site.error());
  std::vector<Room> rooms;
  for (std::size_t number = 0; number < options.pairs; ++number) {
    auto room = direct_room(**site, 2 * number);
    if (!room) return std::unexpected(room.error());
    rooms.push_back(std::move(*room));
  }
  auto report = run_rooms((*site)->server().id(), std::move(rooms), options.pace);
  if (report) report->form = "pairs";
  return report;
}

}  // namespace sotto::bench
