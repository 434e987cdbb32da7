// The client's end of a stream reaches the server plain and with TLS, trusts only what it is told to, and names the
// reason of every end.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fstream>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "api/signed_in.h"
#include "base/text_encoding.h"
#include "transport/client_stream.h"
#include "wire/frame_codec.h"

namespace sotto::test {
namespace {

using transport::ClientStream;
using transport::OpenError;
using transport::StreamEnd;

/// A certificate for 127.0.0.1 that vouches for itself, in files that last as long as the object.
class Certificate {
 public:
  Certificate() : folder_(std::filesystem::temp_directory_path() / ("sotto-tls-test-" + name())) {
    std::filesystem::create_directories(folder_);
    renew();
  }
  ~Certificate() { std::filesystem::remove_all(folder_); }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  [[nodiscard]] transport::CertificateFiles files() const { return {folder_ / "cert.pem", folder_ / "key.pem"}; }

  void renew() const {
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    X509* const certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3'600);
    X509_set_pubkey(certificate, key);
    X509_NAME* const subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    X509_EXTENSION* const names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(certificate, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(certificate, key, EVP_sha256());
    write(files().private_key,
          [&](BIO* out) { PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); });
    write(files().certificate, [&](BIO* out) { PEM_write_bio_X509(out, certificate); });
    X509_free(certificate);
    EVP_PKEY_free(key);
  }

 private:
  static std::string name() {
    crypto::SystemRandom random;
    return to_hex(random.next<Sha256Digest>().view().first(8));
  }
  template <class Writer>
  static void write(const std::filesystem::path& path, Writer writer) {
    BIO* const out = BIO_new_file(path.c_str(), "w");
    writer(out);
    BIO_free(out);
  }

  std::filesystem::path folder_;
};

/// Notes what a stream says, and runs it until it is open or over.
class Listener final : public transport::StreamHandler {
 public:
  void on_open() override { opened = true; }
  void on_frame(ByteView frame) override {
    frames.push_back(wire::decode<wire::ServerFrame>(frame).value_or(wire::ServerFrame{}));
  }
  void on_closed(StreamEnd reason, std::string_view) override {
    ++ends;
    end = reason;
  }

  template <class Condition>
  void run_until(boost::asio::io_context& context, Condition condition) {
    context.restart();
    const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!condition() && std::chrono::steady_clock::now() < last) context.run_one_for(std::chrono::seconds(1));
  }
  void run_until_settled(boost::asio::io_context& context) {
    run_until(context, [this] { return opened || ends > 0; });
  }

  bool opened = false;
  int ends = 0;
  std::optional<StreamEnd> end;
  std::vector<wire::ServerFrame> frames;
};

std::string url_of(std::string_view scheme, std::uint16_t port) {
  return std::string(scheme) + "://127.0.0.1:" + std::to_string(port);
}

class ClientStreamTest : public ::testing::Test {
 protected:
  boost::asio::io_context context_;
  Listener listener_;
  ClientStream stream_{context_};
};

TEST_F(ClientStreamTest, CarriesFramesBothWaysAndCloses) {
  ApiServer server;
  const Person ada(server, "ada");
  ASSERT_TRUE(stream_.open(url_of("http", server.port()), {}, listener_));
  EXPECT_EQ(stream_.open(url_of("http", server.port()), {}, listener_).error(), OpenError::already_open);
  EXPECT_FALSE(stream_.send({1})) << "it is not open yet";
  listener_.run_until_settled(context_);
  ASSERT_TRUE(listener_.opened);
  EXPECT_TRUE(stream_.send(wire::encode(wire::ClientFrame{.id = 1, .request = wire::Authenticate{ada.token()}})));
  EXPECT_TRUE(stream_.send(wire::encode(wire::ClientFrame{.id = 2, .request = wire::ListLogins{}})));
  listener_.run_until(context_, [&] { return listener_.frames.size() == 2; });
  ASSERT_EQ(listener_.frames.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<wire::Logins>(listener_.frames[1].answer));
  EXPECT_EQ(stream_.queued_size(), 0u);
  stream_.close();
  listener_.run_until(context_, [&] { return listener_.ends > 0; });
  EXPECT_EQ(listener_.end, StreamEnd::closed_here);
  EXPECT_EQ(listener_.ends, 1);
  EXPECT_TRUE(stream_.open(url_of("ws", server.port()), {}, listener_)) << "it may be opened again";
}

TEST_F(ClientStreamTest, NamesTheEndOfTheLoginAndOfTheServer) {
  ApiServer server;
  const Person ada(server, "ada");
  ASSERT_TRUE(stream_.open(url_of("http", server.port()), {}, listener_));
  listener_.run_until_settled(context_);
  (void)stream_.send(wire::encode(wire::ClientFrame{.id = 1, .request = wire::Authenticate{ada.token()}}));
  (void)stream_.send(wire::encode(wire::ClientFrame{.id = 2, .request = wire::SignOut{}}));
  listener_.run_until(context_, [&] { return listener_.ends > 0; });
  EXPECT_EQ(listener_.end, StreamEnd::unauthenticated);
  listener_ = {};
  ASSERT_TRUE(stream_.open(url_of("http", server.port()), {}, listener_));
  listener_.run_until_settled(context_);
  std::thread stopping([&] { EXPECT_TRUE(server.stop()); });
  listener_.run_until(context_, [&] { return listener_.ends > 0; });
  stopping.join();
  EXPECT_EQ(listener_.end, StreamEnd::server_going_away);
}

TEST_F(ClientStreamTest, NamesWhyThereIsNoConnection) {
  boost::asio::ip::tcp::acceptor unused(context_, {boost::asio::ip::address_v4::loopback(), 0});
  const std::uint16_t port = unused.local_endpoint().port();
  unused.close();
  ASSERT_TRUE(stream_.open(url_of("http", port), {}, listener_));
  listener_.run_until_settled(context_);
  EXPECT_EQ(listener_.end, StreamEnd::connect_failed);
  boost::asio::ip::tcp::acceptor silent(context_, {boost::asio::ip::address_v4::loopback(), 0});
  listener_ = {};
  transport::StreamOptions impatient;
  impatient.connect_timeout = Milliseconds{200};
  ASSERT_TRUE(stream_.open(url_of("http", silent.local_endpoint().port()), impatient, listener_));
  listener_.run_until_settled(context_);
  EXPECT_EQ(listener_.end, StreamEnd::connect_timed_out);
}

TEST_F(ClientStreamTest, RefusesAddressesThatItMayNotUse) {
  EXPECT_EQ(stream_.open("ftp://a", {}, listener_).error(), OpenError::bad_url);
  EXPECT_EQ(stream_.open("http://192.0.2.1", {}, listener_).error(), OpenError::plain_refused);
  transport::StreamOptions options;
  options.authorities_file = "/nonexistent";
  EXPECT_EQ(stream_.open("https://127.0.0.1", options, listener_).error(), OpenError::bad_authorities_file);
}

TEST_F(ClientStreamTest, AFrameBeyondItsBoundsIsNotQueued) {
  ApiServer server;
  transport::StreamOptions options;
  options.max_queued_size = 100;
  ASSERT_TRUE(stream_.open(url_of("http", server.port()), options, listener_));
  listener_.run_until_settled(context_);
  EXPECT_FALSE(stream_.send(Bytes(101)));
  EXPECT_TRUE(stream_.send(Bytes(60)));
  EXPECT_FALSE(stream_.send(Bytes(60)));
  EXPECT_EQ(stream_.queued_size(), 60u);
}

TEST_F(ClientStreamTest, BeingDestroyedWhileOpeningIsQuiet) {
  ApiServer server;
  {
    ClientStream brief(context_);
    ASSERT_TRUE(brief.open(url_of("http", server.port()), {}, listener_));
  }
  context_.run_for(std::chrono::milliseconds(200));
  EXPECT_EQ(listener_.ends, 0);
}

class EncryptedStream : public ClientStreamTest {
 protected:
  static ApiOptions options(const Certificate& certificate) {
    ApiOptions options;
    options.certificate = certificate.files();
    return options;
  }
  void connect(const Certificate& trusted) {
    listener_ = {};
    transport::StreamOptions choice;
    choice.authorities_file = trusted.files().certificate;
    ASSERT_TRUE(stream_.open(url_of("https", server_.port()), choice, listener_));
    listener_.run_until_settled(context_);
  }

  Certificate certificate_;
  ApiServer server_{options(certificate_)};
};

TEST_F(EncryptedStream, CarriesLargeFramesBothWays) {
  connect(certificate_);
  ASSERT_TRUE(listener_.opened) << explain(*listener_.end);
  TestAccount account("ada", server_.random);
  (void)stream_.send(wire::encode(wire::ClientFrame{.id = 1, .request = account.registration(server_.random)}));
  listener_.run_until(context_, [&] { return !listener_.frames.empty() || listener_.ends > 0; });
  ASSERT_EQ(listener_.frames.size(), 1u);
  const auto& signed_in = std::get<wire::SignedIn>(listener_.frames[0].answer);
  (void)stream_.send(
      wire::encode(wire::ClientFrame{.id = 2, .request = wire::Authenticate{signed_in.tokens.access_token}}));
  for (std::uint32_t number = 1; number <= 20; ++number) {
    wire::PostMailbox post{.account = account.account,
                           .device = account.devices[0].device,
                           .message = message_id(number),
                           .body = Bytes(50'000, 9)};
    (void)stream_.send(wire::encode(wire::ClientFrame{.id = 2 + number, .request = std::move(post)}));
  }
  (void)stream_.send(wire::encode(wire::ClientFrame{.id = 100, .request = wire::ReadMailbox{}}));
  listener_.run_until(context_, [&] { return listener_.frames.size() == 23 || listener_.ends > 0; });
  ASSERT_EQ(listener_.frames.size(), 23u);
  EXPECT_EQ(std::count_if(listener_.frames.begin(), listener_.frames.end(),
                          [](const auto& frame) { return std::holds_alternative<wire::Error>(frame.answer); }),
            0);
}

TEST_F(EncryptedStream, TrustsNobodyElse) {
  const Certificate other;
  connect(other);
  EXPECT_FALSE(listener_.opened);
  EXPECT_EQ(listener_.end, StreamEnd::untrusted_certificate);
}

TEST_F(EncryptedStream, DoesNotSpeakPlainly) {
  ASSERT_TRUE(stream_.open(url_of("http", server_.port()), {}, listener_));
  listener_.run_until_settled(context_);
  EXPECT_FALSE(listener_.opened);
}

TEST_F(EncryptedStream, UsesARenewedCertificateForNewConnections) {
  connect(certificate_);
  EXPECT_TRUE(listener_.opened);
  const auto before = certificate_.files();
  std::filesystem::last_write_time(before.certificate, std::filesystem::file_time_type::min());
  certificate_.renew();
  server_.reload_certificates();
  stream_.close();
  listener_.run_until(context_, [&] { return listener_.ends > 0; });
  connect(certificate_);
  EXPECT_TRUE(listener_.opened);
}

TEST_F(EncryptedStream, KeepsTheOldCertificateIfTheNewOneIsBroken) {
  const Certificate copy_of_trust;
  std::filesystem::copy_file(certificate_.files().certificate, copy_of_trust.files().certificate,
                             std::filesystem::copy_options::overwrite_existing);
  std::ofstream(certificate_.files().certificate) << "not a certificate";
  server_.reload_certificates();
  connect(copy_of_trust);
  EXPECT_TRUE(listener_.opened);
}

}  // namespace
}  // namespace sotto::test
