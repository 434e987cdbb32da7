// An address to listen on is read exactly or not at all, and a listener that ran out of files goes on when there are
// some again (threat 37).
#include "transport/listener.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

namespace sotto::transport {
namespace {

TEST(ParseEndpoint, ReadsWhatItPrints) {
  for (const std::string_view text : {"127.0.0.1:7380", "0.0.0.0:0", "[::1]:65535", "[::]:80"}) {
    const auto endpoint = parse_endpoint(text);
    ASSERT_TRUE(endpoint) << text;
    EXPECT_EQ(to_text(*endpoint), text);
  }
}

TEST(ParseEndpoint, RefusesEverythingElse) {
  for (const std::string_view text : {"", ":", "7380", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                                      "127.0.0.1:80 ", "::1:80", "[127.0.0.1]:80", "[::1]", "example.org:80"}) {
    EXPECT_FALSE(parse_endpoint(text)) << text;
  }
}

/// No file can be opened as long as it lives.
class NoMoreFiles {
 public:
  /// `open_file` is any one.
  explicit NoMoreFiles(int open_file) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int lowest_free = ::dup(open_file);
    ::close(lowest_free);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(lowest_free);
    EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  }
  ~NoMoreFiles() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoMoreFiles(const NoMoreFiles&) = delete;
  NoMoreFiles& operator=(const NoMoreFiles&) = delete;

 private:
  rlimit before_{};
};

TEST(Listener, Threat37PausesWhenFilesRunOutAndGoesOn) {
  boost::asio::io_context context;
  Listener listener(context);
  int accepted = 0;
  int exhausted = 0;
  const auto opened = listener.open(*parse_endpoint("127.0.0.1:0"), {.accepted = [&](auto, const auto&) { ++accepted; },
                                                                     .exhausted = [&](auto) { ++exhausted; }});
  ASSERT_TRUE(opened.has_value()) << opened.error();
  const auto run_until = [&](const int& count) {
    for (int turn = 0; turn < 100 && count == 0; ++turn) context.run_one_for(std::chrono::milliseconds(200));
  };
  boost::asio::ip::tcp::socket client(context);
  client.open(boost::asio::ip::tcp::v4());
  {
    const NoMoreFiles none(client.native_handle());
    client.connect(listener.endpoint());
    run_until(exhausted);
    EXPECT_EQ(exhausted, 1);
    context.run_for(std::chrono::milliseconds(700));
    EXPECT_EQ(exhausted, 1) << "told once, though it tried again";
    EXPECT_EQ(accepted, 0);
  }
  run_until(accepted);
  EXPECT_EQ(accepted, 1);
  listener.close();
}

}  // namespace
}  // namespace sotto::transport
