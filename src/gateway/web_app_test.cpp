// Whatever a request names, it gets a file of the web app or nothing; each file in the form that the browser can read,
// kept as long as its name promises, and under the strictest policy that the app runs with.
#include "gateway/web_app.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sotto::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

transport::SharedBytes shared(std::string_view text) {
  const ByteView octets = as_bytes(text);
  return std::make_shared<const Bytes>(octets.begin(), octets.end());
}

WebApp example() {
  WebFiles files;
  files["/index.html"] = {"text/html; charset=utf-8", "11", shared("<!doctype html>"), nullptr, nullptr};
  files["/manifest.webmanifest"] = {"application/manifest+json", "22", shared("{}"), nullptr, nullptr};
  files["/assets/engine-Ab12.wasm"] = {"application/wasm", "33", shared("engine"), shared("gz"), shared("br")};
  files["/assets/app-Cd34.js"] = {"text/javascript; charset=utf-8", "44", shared("code"), shared("zipped"), nullptr};
  return WebApp(std::move(files));
}

struct Shown {
  unsigned status = 0;
  std::string body;
  std::map<std::string, std::string> fields;
};

Shown shown(const WebApp& app, const WebApp::Request& request) {
  Shown result;
  const auto response = app.answer(request);
  if (!response) return result;
  result.status = response->status;
  for (const auto& field : response->fields) {
    EXPECT_TRUE(result.fields.emplace(field.name, field.value).second) << field.name;
  }
  result.body = response->shared_body ? std::string(as_text(*response->shared_body)) : response->body;
  return result;
}

Shown get(std::string_view target) {
  return shown(example(), {.target = target, .accept = {}, .accept_encoding = {}, .none_match = {}});
}

Shown get_coded(std::string_view target, std::string_view accept_encoding) {
  return shown(example(), {.target = target, .accept = {}, .accept_encoding = accept_encoding, .none_match = {}});
}

Shown get_again(std::string_view none_match, std::string_view accept_encoding = {}) {
  return shown(example(), {.target = "/assets/engine-Ab12.wasm",
                           .accept = {},
                           .accept_encoding = accept_encoding,
                           .none_match = none_match});
}

TEST(WebApp, APathOfTheAppIsItsPage) {
  for (const std::string_view target : {"/", "/index.html", "/c/00ff", "/c/00ff/info", "/settings/profile",
                                        "/verify/bob", "/c/00ff?at=7", "/?x=a.b", "/start/", "/join"}) {
    EXPECT_EQ(get(target).body, "<!doctype html>") << target;
    EXPECT_EQ(get(target).fields.at("Content-Type"), "text/html; charset=utf-8");
  }
}

TEST(WebApp, AMissingPartOfAPageIsNotThePage) {
  for (const std::string_view target : {"/missing.js", "/assets/app-Old.js", "/assets/gone", "/favicon.ico"}) {
    EXPECT_EQ(get(target).status, 0u) << target;
  }
  // Account names have dots, and a browser that goes there says what it wants.
  const std::string_view accept = "text/html,application/xhtml+xml";
  const WebApp app = example();
  EXPECT_EQ(shown(app, {.target = "/verify/b.ob", .accept = accept, .accept_encoding = {}, .none_match = {}}).status,
            200u);
  EXPECT_EQ(shown(app, {.target = "/assets/a.js", .accept = accept, .accept_encoding = {}, .none_match = {}}).status,
            0u);
}

TEST(WebApp, Threat31NoPathLeadsOutOfIt) {
  for (const std::string_view target :
       {"/../etc/passwd.txt", "/assets/../../etc/passwd", "/assets/..%2f..%2fetc%2fpasswd", "/%2e%2e/x.txt",
        "//etc/hosts.txt", "/assets/\\..\\x.js", "/assets/app-Cd34.js/x.js", "/assets/app-Cd34.js.gz",
        "/assets/app-cd34.js"}) {
    EXPECT_EQ(get(target).status, 0u) << target;
  }
  // Without a dot at the end such a path is one of the app's own, and the app does not know it.
  EXPECT_EQ(get("/../../etc/passwd").body, "<!doctype html>");
}

TEST(WebApp, SendsTheFormThatTheBrowserReads) {
  const std::string_view wasm = "/assets/engine-Ab12.wasm";
  EXPECT_EQ(get(wasm).body, "engine");
  EXPECT_FALSE(get(wasm).fields.contains("Content-Encoding"));
  EXPECT_EQ(get_coded(wasm, "gzip, deflate, br, zstd").body, "br");
  EXPECT_EQ(get_coded(wasm, "gzip, deflate, br, zstd").fields.at("Content-Encoding"), "br");
  EXPECT_EQ(get_coded(wasm, "gzip;q=0.5 , br;q=0").body, "gz");
  EXPECT_EQ(get_coded(wasm, "gzip;q=0.0, br; q=0.000").body, "engine");
  EXPECT_EQ(get_coded(wasm, "brotli, xgzip, identity").body, "engine");
  EXPECT_EQ(get_coded("/assets/app-Cd34.js", "br").body, "code") << "a form that is not there";
  EXPECT_EQ(get_coded("/", "br, gzip").body, "<!doctype html>");
  EXPECT_EQ(get_coded(wasm, "br").fields.at("Vary"), "Accept-Encoding");
  EXPECT_EQ(get_coded(wasm, "br").fields.at("Content-Type"), "application/wasm");
}

TEST(WebApp, WhatIsNamedByItsContentIsKeptAndTheRestAskedFor) {
  EXPECT_EQ(get("/assets/app-Cd34.js").fields.at("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(get("/").fields.at("Cache-Control"), "no-cache");
  EXPECT_EQ(get("/c/00").fields.at("Cache-Control"), "no-cache");
  EXPECT_EQ(get("/manifest.webmanifest").fields.at("Cache-Control"), "no-cache");
}

TEST(WebApp, WhatTheBrowserHasIsNotSentAgain) {
  const Shown first = get("/assets/engine-Ab12.wasm");
  EXPECT_EQ(first.fields.at("ETag"), "\"33\"");
  for (const std::string_view none_match : {"\"33\"", "W/\"33\"", "\"1\", \"33\"", "*"}) {
    const Shown again = get_again(none_match);
    EXPECT_EQ(again.status, 304u) << none_match;
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(again.fields.at("ETag"), "\"33\"");
    EXPECT_EQ(again.fields.at("Cache-Control"), first.fields.at("Cache-Control"));
    EXPECT_FALSE(again.fields.contains("Content-Type"));
  }
  for (const std::string_view none_match : {"", "33", "\"34\"", "\"33-br\""}) {
    EXPECT_EQ(get_again(none_match).status, 200u) << none_match;
  }
  EXPECT_EQ(get_again("\"33\"", "br").status, 200u) << "another form has another tag";
  EXPECT_EQ(get_again("\"33-br\"", "br").status, 304u);
}

// Threat 31: the page runs nothing but what this server sent as a file, and no other page gets hold of it.
TEST(WebApp, Threat31EveryFileComesWithTheStrictestPolicy) {
  for (const std::string_view target : {"/", "/assets/app-Cd34.js", "/assets/engine-Ab12.wasm"}) {
    const Shown answer = get(target);
    const std::string& policy = answer.fields.at("Content-Security-Policy");
    EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';")) << policy;
    EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
    EXPECT_THAT(policy, HasSubstr("connect-src 'self';"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe-inline")));
    EXPECT_THAT(policy, Not(HasSubstr("'unsafe-eval'")));
    EXPECT_THAT(policy, Not(HasSubstr("http")));
    EXPECT_EQ(answer.fields.at("Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(answer.fields.at("Cross-Origin-Embedder-Policy"), "require-corp");
    EXPECT_THAT(answer.fields.at("Permissions-Policy"), HasSubstr("camera=(self), "));
    EXPECT_THAT(answer.fields.at("Permissions-Policy"), HasSubstr("microphone=()"));
  }
}

TEST(WebApp, WithoutFilesSaysSoAtTheTopAndNowhereElse) {
  const WebApp none;
  EXPECT_FALSE(none.installed());
  const Shown top = shown(none, {.target = "/", .accept = {}, .accept_encoding = {}, .none_match = {}});
  EXPECT_EQ(top.status, 404u);
  EXPECT_THAT(top.body, HasSubstr("The web app is not installed"));
  EXPECT_EQ(top.fields.at("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_FALSE(none.answer({.target = "/c/00", .accept = {}, .accept_encoding = {}, .none_match = {}}).has_value());
}

}  // namespace
}  // namespace sotto::gateway
