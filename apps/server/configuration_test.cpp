// The configuration is what file, environment and flags say, in that order, or an error that names the place; no
// mistake in it passes unnoticed.
#include "server/configuration.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "server/settings_table.h"
#include "service/limits.h"

namespace sotto::server {
namespace {

using ::testing::HasSubstr;

std::string error_of(std::string_view toml) {
  Settings settings;
  const auto result = read_toml(settings, toml, "sotto.toml");
  return result ? "" : result.error();
}

TEST(Configuration, ReadsEveryTypeFromAFile) {
  Settings settings;
  const auto result = read_toml(settings,
                                "[server]\nlisten = \"0.0.0.0:80\"\nallowed_origins = [\"https://a.example\"]\n"
                                "[limits]\nenabled = false\nconnections = 7\n",
                                "sotto.toml");
  ASSERT_TRUE(result) << result.error();
  EXPECT_EQ(settings.server.listen, "0.0.0.0:80");
  EXPECT_EQ(settings.server.allowed_origins, std::vector<std::string>{"https://a.example"});
  EXPECT_FALSE(settings.limits.enabled);
  EXPECT_EQ(settings.limits.connections, 7);
}

TEST(Configuration, EveryMistakeInAFileIsNamedWithItsLine) {
  EXPECT_THAT(error_of("[server]\n\nlisten = 7380\n"), HasSubstr("sotto.toml:3: server.listen must be text"));
  EXPECT_THAT(error_of("[server]\nlisten = \"localhost\"\n"),
              HasSubstr("sotto.toml:2: server.listen must be an address"));
  EXPECT_THAT(error_of("[server]\nport = 1\n"), HasSubstr("sotto.toml:2: there is no setting server.port"));
  EXPECT_THAT(error_of("[sever]\n"), HasSubstr("sotto.toml:1: there is no section sever"));
  EXPECT_THAT(error_of("server = 1\n"), HasSubstr("sotto.toml:1: server must be a section"));
  EXPECT_THAT(error_of("[limits]\nconnections = 0\n"), HasSubstr("sotto.toml:2: limits.connections must be from 1"));
  EXPECT_THAT(error_of("[limits]\nenabled = \"yes\"\n"), HasSubstr("must be true or false"));
  EXPECT_THAT(error_of("[server]\nallowed_origins = [1]\n"), HasSubstr("must be a list of texts"));
  EXPECT_THAT(error_of("[server]\nallowed_origins = [\"*\"]\n"), HasSubstr("must list origins"));
  EXPECT_THAT(error_of("[server\n"), HasSubstr("sotto.toml:1: "));
  EXPECT_THAT(error_of("[log]\nlevel = \"loud\"\n"), HasSubstr("must be one of \"debug\""));
}

TEST(Configuration, FlagsWinOverTheEnvironmentAndThatOverDefaults) {
  ConfigurationSources sources;
  sources.environment = {{"SOTTO_SERVER_LISTEN", "127.0.0.1:1"},
                         {"SOTTO_SERVER_DATA", "from-environment"},
                         {"SOTTO_SERVER_ALLOWED_ORIGINS", "https://a.example, https://b.example"},
                         {"SOTTO_LIMITS_ENABLED", "false"},
                         {"SOTTO_ADMIN_LISTEN", ""}};
  sources.flags = {{"server.listen", "127.0.0.1:2"}};
  const auto settings = load_settings(sources);
  ASSERT_TRUE(settings) << settings.error();
  EXPECT_EQ(settings->server.listen, "127.0.0.1:2");
  EXPECT_EQ(settings->server.data, "from-environment");
  EXPECT_EQ(settings->server.allowed_origins.size(), 2u);
  EXPECT_FALSE(settings->limits.enabled);
  EXPECT_EQ(settings->admin.listen, "");
}

TEST(Configuration, MistakesInTheEnvironmentAndInFlagsAreNamed) {
  ConfigurationSources sources;
  sources.environment = {{"SOTTO_SERVER_LISTN", "x"}};
  EXPECT_THAT(load_settings(sources).error(), HasSubstr("SOTTO_SERVER_LISTN"));
  sources.environment = {{"SOTTO_LIMITS_CONNECTIONS", "many"}};
  EXPECT_THAT(load_settings(sources).error(),
              HasSubstr("SOTTO_LIMITS_CONNECTIONS: limits.connections must be a whole"));
  sources.environment = {{"SOTTO_HOME", "/home/a"}, {"SOTTO_SERVER", "http://127.0.0.1"}, {"SOTTO_PASSWORD", "x"}};
  EXPECT_TRUE(load_settings(sources));
  sources.flags = {{"server.listen", "nowhere"}};
  EXPECT_THAT(load_settings(sources).error(), HasSubstr("--listen: server.listen must be an address"));
}

TEST(Configuration, AMissingFileAndHalfATlsPairAreErrors) {
  ConfigurationSources sources;
  sources.file = "/nonexistent/sotto.toml";
  EXPECT_THAT(load_settings(sources).error(), HasSubstr("/nonexistent/sotto.toml: cannot be read"));
  sources.file.reset();
  sources.environment = {{"SOTTO_TLS_CERTIFICATE", "a.pem"}};
  EXPECT_THAT(load_settings(sources).error(), HasSubstr("give both or neither"));
}

TEST(Configuration, WhatIsPrintedReadsBackAsTheSame) {
  Settings settings;
  settings.server.data = "with \"quotes\" and \\ and \n";
  settings.server.allowed_origins = {"https://a.example", "https://b.example"};
  settings.limits.enabled = false;
  Settings read;
  const auto result = read_toml(read, print_settings(settings), "printed");
  ASSERT_TRUE(result) << result.error();
  EXPECT_EQ(print_settings(read), print_settings(settings));
}

TEST(Configuration, EveryDefaultIsAllowed) {
  const Settings defaults;
  for (const Setting& setting : settings_table()) {
    EXPECT_EQ(setting.complaint(setting.get(defaults)), std::nullopt) << setting.name();
  }
}

std::string documentation() {
  std::ifstream file(SOTTO_SOURCE_DIR "/docs/operations.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// 1100 as "1,100".
std::string grouped(std::uint32_t number) {
  std::string text = std::to_string(number);
  if (text.size() > 3) text.insert(text.size() - 3, ",");
  return text;
}

TEST(Configuration, TheDocumentationHoldsTheRateLimits) {
  const std::string text = documentation();
  const auto limits = service::RateLimitSettings::defaults();
  for (std::size_t number = 0; number < service::action_count; ++number) {
    const auto action = static_cast<service::Action>(number);
    const auto [capacity, refill] = limits[action];
    const bool whole = refill.count % 1'000 == 0;
    const std::string time = whole ? std::to_string(refill.count / 1'000) + " s" : std::to_string(refill.count) + " ms";
    const std::string row =
        "| `" + std::string(service::name_of(action)) + "` | " + grouped(capacity) + " | " + time + " | ";
    EXPECT_THAT(text, HasSubstr(row));
  }
}

TEST(Configuration, TheDocumentationHoldsTheTable) {
  EXPECT_THAT(documentation(), HasSubstr(print_documentation()))
      << "replace the table in docs/operations.md by what `sottod config document` prints";
}

}  // namespace
}  // namespace sotto::server
