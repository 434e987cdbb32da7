// A path leads to exactly one route in exactly one spelling, every operation of the protocol has one, and the
// administrator's port serves none of them.
#include "gateway/http_routes.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "wire/schema.h"

namespace sotto::gateway {
namespace {

TEST(Routes, EveryOperationHasOneUnlessItIsForStreamsOnly) {
  wire::unpack(
      [](const auto&... operation) {
        const auto check = [](const auto& one) {
          const Route route = find_route(PortKind::api, std::string("/api/v1/").append(one.name));
          const bool expected = one.reach == wire::Reach::anywhere;
          EXPECT_EQ(route.kind == RouteKind::operation, expected) << one.name;
          EXPECT_EQ(find_route(PortKind::admin, std::string("/api/v1/").append(one.name)).kind, RouteKind::unknown);
        };
        (check(operation), ...);
      },
      wire::operations);
}

TEST(Routes, OtherSpellingsLeadNowhere) {
  for (const std::string_view target :
       {"", "*", "/api/v1/", "/api/v1/send/", "/api/v1//send", "/api/v1/SEND", "/api/v1/send?x=1", "/api/v1/%73end",
        "/api/v1/../v1/send", "/api/v1/stream/", "/metrics", "http://a/api/v1/send", "/healthz/"}) {
    EXPECT_EQ(find_route(PortKind::api, target).kind, RouteKind::unknown) << target;
  }
  EXPECT_EQ(find_route(PortKind::admin, "/metrics").kind, RouteKind::metrics);
  EXPECT_EQ(find_route(PortKind::api, "/api/v1/stream").kind, RouteKind::stream);
}

TEST(Routes, WhatIsNoneOfTheApisPathsIsTheWebApps) {
  for (const std::string_view target : {"/", "/index.html", "/assets/a.js", "/c/00?at=1", "/apis", "/?", "/..", "//"}) {
    EXPECT_EQ(find_route(PortKind::api, target).kind, RouteKind::web) << target;
    EXPECT_EQ(find_route(PortKind::admin, target).kind, RouteKind::unknown) << target;
  }
  for (const std::string_view target : {"/api", "/api?x", "/api/", "/api/v2", "/transparency?x", "/readyz/x"}) {
    EXPECT_EQ(find_route(PortKind::api, target).kind, RouteKind::unknown) << target;
  }
  EXPECT_EQ(allowed_methods(RouteKind::web), "GET, HEAD");
}

TEST(Routes, PollsHaveOneSpellingAndOneMethod) {
  using enum RouteKind;
  const std::pair<std::string_view, RouteKind> routes[] = {
      {"open", poll_open}, {"send", poll_send}, {"receive", poll_receive}, {"close", poll_close}};
  for (const auto& [name, kind] : routes) {
    const std::string target = std::string("/api/v1/poll/").append(name);
    EXPECT_EQ(find_route(PortKind::api, target).kind, kind) << name;
    EXPECT_EQ(find_route(PortKind::api, target + "/").kind, RouteKind::unknown) << name;
    EXPECT_EQ(find_route(PortKind::admin, target).kind, RouteKind::unknown) << name;
    EXPECT_TRUE(allows_method(kind, "POST")) << name;
    EXPECT_FALSE(allows_method(kind, "GET")) << name;
    EXPECT_EQ(allowed_methods(kind), "POST") << name;
  }
  for (const std::string_view target : {"/api/v1/poll", "/api/v1/poll/", "/api/v1/poll/Open"}) {
    EXPECT_EQ(find_route(PortKind::api, target).kind, RouteKind::unknown) << target;
  }
}

/// The paths of the OpenAPI document with their methods in capitals.
std::map<std::string, std::string> documented_paths() {
  std::map<std::string, std::string> paths;
  const std::string document = wire::print_openapi();
  constexpr std::string_view start = "\"/api/v1/";
  for (std::size_t at = document.find(start); at != std::string::npos; at = document.find(start, at + 1)) {
    const std::size_t end = document.find('"', at + 1);
    const std::size_t method = document.find('"', end + 1) + 1;
    std::string name = document.substr(method, document.find('"', method) - method);
    std::ranges::transform(name, name.begin(), [](char letter) { return static_cast<char>(letter - 'a' + 'A'); });
    paths.emplace(document.substr(at + 1, end - at - 1), name);
  }
  return paths;
}

TEST(Routes, AreThoseOfTheOpenApiDocument) {
  const std::map<std::string, std::string> documented = documented_paths();
  std::size_t operations = 0;
  std::set<RouteKind> kinds;
  for (const auto& [path, method] : documented) {
    const Route route = find_route(PortKind::api, path);
    EXPECT_NE(route.kind, RouteKind::unknown) << path;
    EXPECT_EQ(allowed_methods(route.kind), method) << path;
    kinds.insert(route.kind);
    operations += route.kind == RouteKind::operation ? 1u : 0u;
  }
  std::size_t served = 0;
  wire::unpack([&](const auto&... one) { ((served += one.reach == wire::Reach::anywhere ? 1u : 0u), ...); },
               wire::operations);
  EXPECT_EQ(operations, served);
  using enum RouteKind;
  // Everything under /api/v1/ that is no mere index.
  EXPECT_EQ(kinds, (std::set{stream, operation, poll_open, poll_send, poll_receive, poll_close}));
  EXPECT_EQ(documented.size(), served + 5) << "the stream and four polls";
}

TEST(Routes, TheLogsResourcesHaveOneSpelling) {
  using service::LogResource;
  EXPECT_EQ(find_route(PortKind::api, "/transparency/checkpoint").log.resource, LogResource::checkpoint);
  EXPECT_EQ(find_route(PortKind::api, "/transparency/key").log.resource, LogResource::key);
  const Route tile = find_route(PortKind::api, "/transparency/tile/1/x001/067.p/9");
  EXPECT_EQ(tile.kind, RouteKind::log_resource);
  EXPECT_EQ(tile.log.path, (transparency::TilePath{1, 1'067, 9}));
  for (const std::string_view target :
       {"/transparency", "/transparency/", "/transparency/keys", "/transparency/checkpoint/", "/transparency/tile",
        "/transparency/tile/0/0", "/transparency/tile/0/000?x", "/transparency/tile/0/../key",
        "/transparency/tile/0/000.p/256"}) {
    EXPECT_EQ(find_route(PortKind::api, target).kind, RouteKind::unknown) << target;
  }
  EXPECT_EQ(find_route(PortKind::admin, "/transparency/key").kind, RouteKind::unknown);
}

TEST(Routes, MethodsAreExact) {
  EXPECT_TRUE(allows_method(RouteKind::operation, "POST"));
  EXPECT_FALSE(allows_method(RouteKind::operation, "GET"));
  EXPECT_FALSE(allows_method(RouteKind::operation, "post"));
  EXPECT_TRUE(allows_method(RouteKind::health, "HEAD"));
  EXPECT_FALSE(allows_method(RouteKind::stream, "HEAD"));
}

TEST(Routes, KnowsJsonAndBearerTokens) {
  EXPECT_TRUE(is_json("application/json"));
  EXPECT_TRUE(is_json("Application/JSON; charset=UTF-8"));
  EXPECT_FALSE(is_json("application/json; charset=latin1"));
  EXPECT_FALSE(is_json("application/jsonp"));
  EXPECT_FALSE(is_json(""));
  EXPECT_EQ(form_of_content("application/json"), Form::json);
  EXPECT_EQ(form_of_content("Application/Octet-Stream"), Form::binary);
  EXPECT_EQ(form_of_content("application/octet-stream; charset=utf-8"), std::nullopt);
  EXPECT_EQ(form_of_content("text/plain"), std::nullopt);
  EXPECT_EQ(bearer_token("Bearer abc"), "abc");
  EXPECT_EQ(bearer_token("bearer  abc"), "abc");
  EXPECT_EQ(bearer_token("Basic abc"), std::nullopt);
  EXPECT_EQ(bearer_token("Bearer"), std::nullopt);
}

}  // namespace
}  // namespace sotto::gateway
