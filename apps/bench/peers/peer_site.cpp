#include "bench/peers/peer_site.h"

#include <chrono>
#include <thread>
#include <unistd.h>

namespace sotto::bench::peers {
namespace {

using Path = std::filesystem::path;

const Path ejabberd_schema = "/usr/share/ejabberd/sql/pg.sql";

/// Fills `archive` (@COUNT@ messages of @ACCOUNT@), whose times are in microseconds and name the messages.
constexpr const char* ejabberd_history = R"(
  INSERT INTO archive (username, timestamp, peer, bare_peer, xml, txt, kind, nick)
  SELECT '@ACCOUNT@', 1700000000000000 + n * 1000000, 'writer@localhost/1', 'writer@localhost',
         '<message xml:lang=''en'' to=''@ACCOUNT@@localhost'' from=''writer@localhost/1'' type=''chat''><body>' ||
         rpad(n::text, 400, 'z') || '</body></message>', rpad(n::text, 400, 'z'), 'chat', ''
  FROM generate_series(1, @COUNT@::bigint) AS n;
  ANALYZE archive)";

/// Fills `prosodyarchive`, whose times are in seconds.
constexpr const char* prosody_history = R"(
  INSERT INTO prosodyarchive (host, "user", store, key, "when", "with", type, value)
  SELECT 'localhost', '@ACCOUNT@', 'archive', 'message' || n, 1700000000 + n, 'writer@localhost', 'xml',
         '<message xmlns=''jabber:client'' to=''@ACCOUNT@@localhost'' from=''writer@localhost/1'' type=''chat''><body>' ||
         rpad(n::text, 400, 'z') || '</body></message>'
  FROM generate_series(1, @COUNT@::bigint) AS n;
  ANALYZE prosodyarchive)";

/// As ejabberdctl starts it, but as no node that others could reach, and with schedulers that sleep when they have
/// nothing to do: with the load generator on the same processors, waiting awake costs it a third of its messages.
Command ejabberd_in(const Path& folder) {
  return {.words = {"erl", "+K", "true", "+P", "250000", "+sbwt", "none", "+sbwtdcpu", "none", "+sbwtdio", "none",
                    "-noinput", "-mnesia", "dir", "\"" + (folder / "mnesia").string() + "\"", "-s", "ejabberd"},
          .environment = {"EJABBERD_CONFIG_PATH=" + (folder / "ejabberd.yml").string(),
                          "EJABBERD_LOG_PATH=" + (folder / "ejabberd.log").string(),
                          "ERL_CRASH_DUMP=" + (folder / "crash.dump").string(), "ERL_LIBS=/usr/lib/x86_64-linux-gnu",
                          "ERL_MAX_PORTS=32000"},
          .output = folder / "server.log"};
}

Command prosody_in(const Path& folder) {
  return {.words = {"prosody", "-F", "--config", folder / "prosody.cfg.lua"}, .output = folder / "server.log"};
}

}  // namespace

std::expected<std::unique_ptr<PeerSite>, std::string> PeerSite::open(const PeerPlan& plan) {
  auto folder = TemporaryFolder::make();
  if (!folder) return std::unexpected(folder.error());
  give_to_children(folder->path());
  const auto ports = free_ports();
  if (!ports) return std::unexpected(ports.error());
  std::unique_ptr<PeerSite> site(new PeerSite(plan.peer, std::move(*folder)));
  site->database_endpoint_ = {ports->front()};
  site->endpoint_ = {ports->back()};
  if (auto started = site->start_database(plan.configurations); !started) return std::unexpected(started.error());
  if (auto started = site->start_server(plan.configurations); !started) return std::unexpected(started.error());
  if (auto serves = site->wait_until_it_serves(); !serves) return std::unexpected(serves.error());
  return site;
}

std::expected<void, std::string> PeerSite::start_database(const Path& configurations) {
  auto database = ArchiveDatabase::start(
      {.folder = folder_.path(), .configuration = configurations / "postgresql.conf", .port = database_endpoint_.port});
  if (!database) return std::unexpected(database.error());
  database_.emplace(std::move(*database));
  // Prosody makes its tables itself.
  return peer_ == Peer::ejabberd ? database_->load(ejabberd_schema) : std::expected<void, std::string>();
}

std::expected<void, std::string> PeerSite::start_server(const Path& configurations) {
  const Path& folder = folder_.path();
  const std::string file = peer_ == Peer::ejabberd ? "ejabberd.yml" : "prosody.cfg.lua";
  for (const char* own : {"mnesia", "prosody"}) {
    std::filesystem::create_directory(folder / own);
    give_to_children(folder / own);
  }
  const std::vector<Setting> settings{{"PORT", std::to_string(endpoint_.port)},
                                      {"DATABASE_PORT", std::to_string(database_endpoint_.port)},
                                      {"FOLDER", folder.string()}};
  if (auto written = write_configuration(folder / file, configurations / file, settings); !written) return written;
  auto server = ChildProcess::start(peer_ == Peer::ejabberd ? ejabberd_in(folder) : prosody_in(folder));
  if (!server) return std::unexpected(server.error());
  server_.emplace(std::move(*server));
  return {};
}

std::expected<void, std::string> PeerSite::wait_until_it_serves() {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (std::chrono::steady_clock::now() < end && !server_->has_ended()) {
    if (const auto connected = connect_loopback(endpoint_, 0)) {
      ::close(*connected);
      return {};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return std::unexpected("the server does not start: " + last_words(folder_.path() / "server.log"));
}

std::expected<std::uint64_t, std::string> PeerSite::archived() const {
  return database_->number(peer_ == Peer::ejabberd ? "SELECT count(*) FROM archive"
                                                   : "SELECT count(*) FROM prosodyarchive");
}

std::expected<void, std::string> PeerSite::fill_archive(const ArchivePlan& plan) const {
  return database_->change(fill_in(peer_ == Peer::ejabberd ? ejabberd_history : prosody_history,
                                   {{"ACCOUNT", plan.account}, {"COUNT", std::to_string(plan.messages)}}));
}

}  // namespace sotto::bench::peers
