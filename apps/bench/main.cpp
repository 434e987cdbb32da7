#include <CLI/CLI.hpp>
#include <concepts>
#include <iostream>
#include <sys/resource.h>

#include "bench/groups.h"
#include "bench/growth.h"
#include "bench/history.h"
#include "bench/idle.h"
#include "bench/login.h"
#include "bench/mixed.h"
#include "bench/pairs.h"
#include "bench/relay.h"
#include "bench/storm.h"
#include "bench/summary.h"

namespace {

using namespace sotto::bench;

/// Descriptors of a process beside those of its streams.
constexpr unsigned spare_descriptors = 200;

/// Every connection takes a descriptor here and one in the server, which inherits the limit. Returns how many
/// connections there may be.
unsigned raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  const rlim_t most = std::min<rlim_t>(limit.rlim_max, 100'000);
  return most > spare_descriptors ? static_cast<unsigned>(most) - spare_descriptors : 0;
}

std::filesystem::path server_beside(const char* program) {
  std::error_code ignored;
  return std::filesystem::canonical(program, ignored).parent_path() / "sottod";
}

/// What every form is told.
struct Common {
  std::filesystem::path program = server_beside("/proc/self/exe");
  bool json = false;
  unsigned most_connections = raise_descriptor_limit();
};

int finish(const std::expected<Report, std::string>& report, const Common& common) {
  if (!report) {
    std::cerr << "sotto-bench: " << report.error() << "\n";
    return 1;
  }
  std::cout << print(*report, common.json ? ReportFormat::json : ReportFormat::table) << std::endl;
  return 0;
}

template <std::unsigned_integral Number>
void number(CLI::App& form, const std::string& name, Number& value, CLI::Range range, const std::string& meaning) {
  form.add_option(name, value, meaning)->check(range)->capture_default_str();
}

void add_pace(CLI::App& form, Pace& pace) {
  number(form, "--window", pace.window, CLI::Range(1, 500), "Messages that each sender keeps under way");
  number(form, "--rate", pace.rate, CLI::Range(0, 1'000'000),
         "Messages a second in all, instead of a window; 0 for the window");
  number(form, "--seconds", pace.seconds, CLI::Range(1, 600), "How long to measure");
  number(form, "--body", pace.body_size, CLI::Range(16, 60'000), "Octets in a message");
}

/// A form of the benchmark: its options, and what runs it once they are read.
using Form = std::pair<CLI::App*, std::function<int()>>;

template <class Options, class Run>
Form form(CLI::App& app, const std::string& name, const std::string& meaning, Run run,
          const std::function<void(CLI::App&, Options&)>& add_options) {
  CLI::App* const added = app.add_subcommand(name, meaning);
  const auto options = std::make_shared<Options>();
  add_options(*added, *options);
  return {added, [options, run] { return run(*options); }};
}

std::vector<Form> message_forms(CLI::App& app, const Common& common) {
  const auto pairs = form<PairsOptions>(
      app, "pairs", "One of each pair of accounts writes to the other",
      [&](const PairsOptions& options) { return finish(run_pairs(common.program, options), common); },
      [](CLI::App& added, PairsOptions& options) {
        number(added, "--pairs", options.pairs, CLI::Range(1, 500), "How many pairs");
        number(added, "--others", options.others, CLI::Range(0, 1'000'000), "Accounts besides, which do not write");
        number(added, "--messages", options.messages, CLI::Range(0, 1'000'000), "In each conversation before");
        add_pace(added, options.pace);
      });
  const auto group = form<GroupsOptions>(
      app, "group", "One member of a group writes to all others",
      [&](const GroupsOptions& options) { return finish(run_groups(common.program, options), common); },
      [](CLI::App& added, GroupsOptions& options) {
        number(added, "--groups", options.groups, CLI::Range(1, 100), "How many groups");
        number(added, "--size", options.size, CLI::Range(2, 1'000), "Members of each");
        number(added, "--deaf", options.deaf, CLI::Range(0, 998), "Of these, who never read what is pushed to them");
        add_pace(added, options.pace);
      });
  const auto mixed = form<MixedOptions>(
      app, "mixed", "Many users who write, type, read, come and go",
      [&](const MixedOptions& options) { return finish(run_mixed(common.program, options), common); },
      [&](CLI::App& added, MixedOptions& options) {
        options.users = std::min(options.users, common.most_connections);
        number(added, "--users", options.users, CLI::Range(2U, common.most_connections), "How many users; even");
        number(added, "--rate", options.rate, CLI::Range(1, 100'000), "Messages a second in all");
        number(added, "--reconnects", options.reconnects, CLI::Range(0, 1'000), "Users a second who come back");
        number(added, "--seconds", options.seconds, CLI::Range(1, 600), "How long to measure");
      });
  const auto relay = form<RelayOptions>(
      app, "relay", "No server, but a process that copies octets: the machine's limit",
      [&](const RelayOptions& options) { return finish(run_relay(options), common); },
      [](CLI::App& added, RelayOptions& options) {
        number(added, "--rooms", options.rooms, CLI::Range(1, 255), "How many senders");
        number(added, "--readers", options.readers, CLI::Range(1, 1'000), "Readers of each");
        add_pace(added, options.pace);
      });
  return {pairs, group, mixed, relay};
}

std::vector<Form> connection_forms(CLI::App& app, const Common& common) {
  const CLI::Range connections(1U, common.most_connections);
  const auto idle = form<IdleOptions>(
      app, "idle", "Streams that say nothing",
      [&](const IdleOptions& options) { return finish(run_idle(common.program, options), common); },
      [&](CLI::App& added, IdleOptions& options) {
        number(added, "--connections", options.connections, connections, "How many streams");
        added.add_flag_callback("--tls", [&] { options.security = LoadConnection::Security::tls; }, "Over TLS");
      });
  const auto login = form<LoginOptions>(
      app, "login", "Logins by token, or by password while others write",
      [&](const LoginOptions& options) { return finish(run_login(common.program, options), common); },
      [](CLI::App& added, LoginOptions& options) {
        added.add_flag_callback(
            "--password", [&] { options = {.kind = LoginOptions::Kind::password, .window = 8}; },
            "By password, hashed at the full cost, 8 under way");
        number(added, "--window", options.window, CLI::Range(1, 1'000), "Logins under way at the same time");
        number(added, "--seconds", options.seconds, CLI::Range(1, 600), "How long to measure");
      });
  const auto storm = form<StormOptions>(
      app, "storm", "Clients lose the server and come back to what they missed",
      [&](const StormOptions& options) { return finish(run_storm(common.program, options), common); },
      [&](CLI::App& added, StormOptions& options) {
        number(added, "--clients", options.clients, connections, "How many clients");
        number(added, "--at-once", options.at_once, CLI::Range(1, 4'000), "Connections being opened at the same time");
        number(added, "--missed", options.missed, CLI::Range(0, 200), "Messages that each missed");
      });
  const auto history = form<HistoryOptions>(
      app, "history", "One reader pages back through a conversation",
      [&](const HistoryOptions& options) { return finish(run_history(common.program, options), common); },
      [](CLI::App& added, HistoryOptions& options) {
        number(added, "--messages", options.messages, CLI::Range(1, 10'000'000), "In the conversation");
        number(added, "--window", options.window, CLI::Range(1, 16), "Pages asked for at the same time");
      });
  return {idle, login, storm, history};
}

Form growth_form(CLI::App& app, const Common& common) {
  return form<GrowthOptions>(
      app, "growth", "The same work at a small server and at one with many conversations and messages",
      [&](const GrowthOptions& options) { return finish(run_growth(common.program, options), common); },
      [](CLI::App& added, GrowthOptions& options) {
        number(added, "--conversations", options.conversations, CLI::Range(0, 10'000'000), "Of the large one");
        number(added, "--messages", options.messages, CLI::Range(4, 10'000), "In each of them");
        number(added, "--seconds", options.seconds, CLI::Range(1, 600), "How long pairs write at each, twice");
        added.add_flag_callback(
            "--upkeep", [&] { options.upkeep = GrowthOptions::Upkeep::backup_and_check; },
            "Make backups of the large one while pairs write, and check it");
        added.add_option("--keep", options.kept, "A folder that keeps the large one's data for the next run");
      });
}

}  // namespace

int main(int count, char** arguments) {
  CLI::App app("Measures a Sotto server of its own, on this machine, with full durability. Each form ends by itself.");
  // None at all is refused below, because the library would say that of a name that it does not know, too.
  app.require_subcommand(0, 1);
  app.fallthrough();
  Common common;
  app.add_flag("--json", common.json, "Print one JSON object instead of a table");
  app.add_option("--sottod", common.program, "The server to start")->check(CLI::ExistingFile)->capture_default_str();
  std::vector<Form> forms = message_forms(app, common);
  for (Form& more : connection_forms(app, common)) forms.push_back(std::move(more));
  forms.push_back(growth_form(app, common));
  forms.emplace_back(app.add_subcommand("all", "Every form briefly, beside the marks"), [&] {
    std::cout << run_all(common.program, common.json ? ReportFormat::json : ReportFormat::table);
    return 0;
  });
  CLI11_PARSE(app, count, arguments);
  for (const auto& [form, run] : forms) {
    if (form->parsed()) return run();
  }
  std::cerr << "Say which form:";
  for (const auto& [form, run] : forms) std::cerr << ' ' << form->get_name();
  std::cerr << "\n";
  return 2;
}
