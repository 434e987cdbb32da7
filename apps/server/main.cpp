#include <CLI/CLI.hpp>
#include <cstdio>

#include "server/configuration.h"
#include "server/reports.h"
#include "server/server.h"
#include "server/settings_table.h"
#include "server/upkeep/commands.h"
#include "wire/schema.h"

extern char** environ;

namespace {

using sotto::server::ExitCode;

struct Arguments {
  std::optional<std::string> file;
  std::optional<std::string> data;
  std::optional<std::string> listen;
};

sotto::server::ConfigurationSources sources_of(const Arguments& arguments) {
  sotto::server::ConfigurationSources sources{.file = arguments.file, .environment = {}, .flags = {}};
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text(*entry);
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos) sources.environment[text.substr(0, equals)] = text.substr(equals + 1);
  }
  if (arguments.data) sources.flags["server.data"] = *arguments.data;
  if (arguments.listen) sources.flags["server.listen"] = *arguments.listen;
  return sources;
}

ExitCode print(const std::string& text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  return written ? ExitCode::success : ExitCode::failure;
}

ExitCode print_schema(const std::string& kind) {
  if (kind == "proto") return print(sotto::wire::print_proto());
  if (kind == "openapi") return print(sotto::wire::print_openapi());
  return print(sotto::wire::print_jsonschema());
}

ExitCode with_settings(const Arguments& arguments, ExitCode (*use)(const sotto::server::Settings&)) {
  const auto settings = sotto::server::load_settings(sources_of(arguments));
  if (settings) return use(*settings);
  std::fprintf(stderr, "sottod: %s\n", settings.error().c_str());
  return ExitCode::usage;
}

ExitCode start(const sotto::server::Settings& settings) {
  sotto::server::OperatorLog log(settings);
  return sotto::server::serve(settings, log);
}

ExitCode list_reports(const sotto::server::Settings& settings) {
  const auto reports = sotto::server::print_reports(settings);
  if (reports) return print(*reports);
  std::fprintf(stderr, "sottod: %s\n", reports.error().c_str());
  return ExitCode::failure;
}

/// The commands that look after the data directory, and what they are told.
struct Upkeep {
  CLI::App* backup = nullptr;
  CLI::App* restore = nullptr;
  CLI::App* check = nullptr;
  std::string directory;
  std::string file;
};

void add_upkeep(CLI::App& app, Upkeep& upkeep) {
  upkeep.backup = app.add_subcommand("backup", "Copy the database, also while the server runs, and print the file");
  upkeep.backup->add_option("--to", upkeep.directory, "Directory for the copy (default: backup.directory)");
  upkeep.restore = app.add_subcommand("restore", "Put a backup into an empty data directory, if it is whole");
  upkeep.restore->add_option("file", upkeep.file, "A file that `backup` made")->required();
  upkeep.check = app.add_subcommand("check", "Check all that must hold in the database, also while the server runs");
  upkeep.check->add_option("file", upkeep.file, "A backup to check instead");
}

/// Nothing if no such command was given.
std::optional<ExitCode> run_upkeep(const Arguments& arguments, const Upkeep& upkeep) {
  if (!*upkeep.backup && !*upkeep.restore && !*upkeep.check) return std::nullopt;
  const auto settings = sotto::server::load_settings(sources_of(arguments));
  if (!settings) {
    std::fprintf(stderr, "sottod: %s\n", settings.error().c_str());
    return ExitCode::usage;
  }
  if (*upkeep.backup) return sotto::server::run_backup(*settings, upkeep.directory);
  if (*upkeep.restore) return sotto::server::run_restore(*settings, upkeep.file);
  return sotto::server::run_check(*settings, upkeep.file);
}

ExitCode run(int argc, char** argv) {
  CLI::App app{
      "Sotto's server.\n\nSettings come from defaults, the file, variables such as SOTTO_SERVER_LISTEN, and flags; "
      "what "
      "comes later wins.\n\nExamples:\n  sottod --data ./data --listen 127.0.0.1:7380\n  sottod --config "
      "/etc/sotto/sotto.toml\n  sottod --config /etc/sotto/sotto.toml config check\n",
      "sottod"};
  app.set_version_flag("--version", std::string("sottod ") + SOTTO_VERSION);
  Arguments arguments;
  app.add_option("--config", arguments.file, "TOML file with settings");
  app.add_option("--data", arguments.data, "Directory of the database (server.data)");
  app.add_option("--listen", arguments.listen, "Address and port to serve on (server.listen)");
  app.require_subcommand(0, 1);

  CLI::App* const config = app.add_subcommand("config", "Look at the configuration");
  config->require_subcommand(1);
  CLI::App* const check = config->add_subcommand("check", "Check it; says nothing and returns 0 if it is right");
  CLI::App* const show = config->add_subcommand("print", "Print the settings that are in force, as a TOML file");
  CLI::App* const document = config->add_subcommand("document", "Print all settings with defaults, as Markdown");
  CLI::App* const reports =
      app.add_subcommand("reports", "List the conversations that members reported, newest first; also while it runs");
  Upkeep upkeep;
  add_upkeep(app, upkeep);
  CLI::App* const schema = app.add_subcommand("schema", "Print the protocol's description");
  std::string kind;
  schema->add_option("kind", kind, "proto, openapi or jsonschema")
      ->required()
      ->check(CLI::IsMember({"proto", "openapi", "jsonschema"}));

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ExitCode::success : ExitCode::usage;
  }
  if (*schema) return print_schema(kind);
  if (const auto code = run_upkeep(arguments, upkeep)) return *code;
  if (*reports) return with_settings(arguments, list_reports);
  if (*document) return print(sotto::server::print_documentation());
  if (*check) return with_settings(arguments, [](const auto&) { return ExitCode::success; });
  if (*show) return with_settings(arguments, [](const auto& settings) { return print(print_settings(settings)); });
  return with_settings(arguments, start);
}

}  // namespace

int main(int argc, char** argv) { return static_cast<int>(run(argc, argv)); }
