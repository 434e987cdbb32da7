// A browser that is given the server's address gets the web app, whole and under its policy, beside an API that the app
// does not hide.
#include "api/signed_in.h"

namespace sotto::test {
namespace {

transport::SharedBytes shared(std::string_view text) {
  const ByteView octets = as_bytes(text);
  return std::make_shared<const Bytes>(octets.begin(), octets.end());
}

/// Larger than what a socket takes at once.
const std::string large(3 * 1024 * 1024, 'w');

ApiOptions with_web_app() {
  gateway::WebFiles files;
  files["/index.html"] = {"text/html; charset=utf-8", "11", shared("<!doctype html>"), nullptr, nullptr};
  files["/assets/engine.wasm"] = {"application/wasm", "22", shared(large), shared("gz"), nullptr};
  files["/assets/empty.css"] = {"text/css; charset=utf-8", "33", shared(""), nullptr, nullptr};
  ApiOptions options;
  options.web = gateway::WebApp(std::move(files));
  return options;
}

HttpAnswer get(const ApiServer& server, std::string target, std::vector<transport::HttpField> fields = {}) {
  return call(server.port(),
              {.method = "GET", .target = std::move(target), .body = {}, .fields = std::move(fields), .token = {}});
}

TEST(Web, ThePageAndItsFilesAreServedBesideTheApi) {
  const ApiServer server(with_web_app());
  EXPECT_EQ(get(server, "/").body, "<!doctype html>");
  EXPECT_EQ(get(server, "/c/0011?at=5").body, "<!doctype html>");
  EXPECT_EQ(get(server, "/assets/engine.wasm").body, large);
  EXPECT_EQ(get(server, "/assets/engine.wasm").fields.at("content-type"), "application/wasm");
  EXPECT_EQ(get(server, "/assets/engine.wasm", {{"Accept-Encoding", "gzip"}}).body, "gz");
  EXPECT_EQ(get(server, "/assets/empty.css").fields.at("content-length"), "0");
  for (const char* target : {"/api", "/api/v1/nothing", "/api/v2/send", "/transparency/x", "/healthz/", "/metrics",
                             "/assets/missing.js", "/missing.js"}) {
    EXPECT_EQ(get(server, target).status, 404u) << target;
    EXPECT_EQ(get(server, target).error().code, wire::ErrorCode::unknown_operation) << target;
  }
  EXPECT_EQ(get(server, "/healthz").status, 200u);
  EXPECT_EQ(call(server.admin_port(), {.method = "GET", .target = "/", .body = {}, .token = {}}).status, 404u);
}

TEST(Web, HeadAndRepeatedRequestsCarryNoBody) {
  const ApiServer server(with_web_app());
  RawClient client(server.port());
  client.expect_no_body();
  client.send("HEAD /assets/engine.wasm HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).fields["content-length"], std::to_string(large.size()));
  client.send("GET /assets/engine.wasm HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"22\"\r\n\r\n");
  HttpAnswer again = client.read_answer().value_or(HttpAnswer{});
  EXPECT_EQ(again.status, 304u);
  EXPECT_FALSE(again.fields.contains("content-length"));
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.read_answer().value_or(HttpAnswer{}).status, 200u);
  EXPECT_TRUE(client.is_closed_within());
}

TEST(Web, OtherMethodsAreRefused) {
  const ApiServer server(with_web_app());
  const HttpAnswer answer = call(server.port(), {.target = "/", .body = "{}", .token = {}});
  EXPECT_EQ(answer.status, 405u);
  EXPECT_EQ(answer.fields.at("allow"), "GET, HEAD");
}

TEST(Web, EachFieldThatGuardsThePageIsSentOnce) {
  const ApiServer server(with_web_app());
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const HttpAnswer answer = client.read_answer().value_or(HttpAnswer{});
  const std::string& policy = answer.fields.at("content-security-policy");
  EXPECT_NE(policy.find("script-src 'self' 'wasm-unsafe-eval';"), std::string::npos) << policy;
  EXPECT_EQ(answer.fields.at("cache-control"), "no-cache");
  EXPECT_EQ(answer.fields.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.fields.at("referrer-policy"), "no-referrer");
  EXPECT_EQ(answer.fields.at("cross-origin-opener-policy"), "same-origin");
  EXPECT_EQ(answer.fields.at("cross-origin-embedder-policy"), "require-corp");
  EXPECT_EQ(answer.fields.at("cross-origin-resource-policy"), "same-origin");
  EXPECT_TRUE(answer.fields.contains("permissions-policy"));
}

TEST(Web, WithoutAWebAppTheServerSaysSo) {
  const ApiServer server;
  const HttpAnswer top = get(server, "/");
  EXPECT_EQ(top.status, 404u);
  EXPECT_NE(top.body.find("web app is not installed"), std::string::npos) << top.body;
  EXPECT_EQ(top.fields.at("cache-control"), "no-store");
  EXPECT_EQ(get(server, "/c/00").error().code, wire::ErrorCode::unknown_operation);
}

}  // namespace
}  // namespace sotto::test
