#include "bench/idle.h"

#include <chrono>
#include <thread>
#include <vector>

#include "bench/bench_account.h"

namespace sotto::bench {

std::expected<IdleReport, std::string> run_idle(ServerProcess& server, const IdleOptions& options) {
  auto account = register_account(server.endpoint(), "idler");
  if (!account) return std::unexpected(account.error());
  IdleReport report{.connections = options.connections,
                    .server_kilobytes_before = server.resident_kilobytes(),
                    .server_kilobytes_after = 0};
  std::vector<std::unique_ptr<LoadConnection>> connections;
  connections.reserve(options.connections);
  for (unsigned number = 0; number < options.connections; ++number) {
    auto connection = open_stream(server.endpoint(), account->access_token);
    if (!connection) return std::unexpected(connection.error());
    if (auto resumed = (*connection)->call(wire::Resume{}); !resumed) return std::unexpected(resumed.error());
    connections.push_back(std::move(*connection));
  }
  // What the server frees lazily it frees within this second.
  std::this_thread::sleep_for(std::chrono::seconds(1));
  report.server_kilobytes_after = server.resident_kilobytes();
  return report;
}

}  // namespace sotto::bench
