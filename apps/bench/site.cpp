#include "bench/site.h"

#include "bench/certificate.h"

namespace sotto::bench {

std::expected<std::unique_ptr<Site>, std::string> Site::open(const SitePlan& plan) {
  auto folder = TemporaryFolder::make();
  if (!folder) return std::unexpected(folder.error());
  std::unique_ptr<Site> site(new Site(std::move(*folder)));
  site->security_ = plan.security;
  site->options_ = {.program = plan.program, .data = site->folder_.path() / "data"};
  if (plan.security == LoadConnection::Security::tls) {
    site->options_.certificate = {site->folder_.path() / "certificate.pem", site->folder_.path() / "key.pem"};
    if (!write_certificate(*site->options_.certificate)) return std::unexpected("cannot make a certificate");
  }
  if (auto settled = site->settle(plan); !settled) return std::unexpected(settled.error());
  if (auto started = site->restart(); !started) return std::unexpected(started.error());
  return site;
}

std::expected<void, std::string> Site::settle(const SitePlan& plan) {
  const bool is_there = !plan.kept.empty() && std::filesystem::exists(plan.kept / "data");
  // It gets its name when it is whole.
  const std::filesystem::path unfinished = plan.kept / "unfinished";
  if (!plan.kept.empty()) options_.data = is_there ? plan.kept / "data" : unfinished;
  if (!plan.kept.empty() && !is_there) {
    std::error_code failed;
    std::filesystem::remove_all(unfinished, failed);
    if (!std::filesystem::create_directories(plan.kept, failed) && failed) return std::unexpected(failed.message());
  }
  auto population = (is_there ? Population::meet : Population::settle)(options_.data, plan.people);
  if (!population) return std::unexpected(population.error());
  population_ = std::move(*population);
  if (options_.data == unfinished) {
    options_.data = plan.kept / "data";
    std::filesystem::rename(unfinished, options_.data);
  }
  return {};
}

std::expected<void, std::string> Site::restart() {
  if (server_) options_.port = server_->endpoint().port;
  auto server = ServerProcess::start(options_);
  if (!server) return std::unexpected(server.error());
  server_ = std::move(*server);
  return {};
}

std::expected<std::unique_ptr<LoadConnection>, std::string> Site::stream(std::size_t resident) const {
  auto connection = LoadConnection::connect(endpoint(), security_);
  if (!connection) return connection;
  auto answer = (*connection)->call(wire::Authenticate{population_->token(residents()[resident])});
  if (!answer) return std::unexpected(answer.error());
  return connection;
}

}  // namespace sotto::bench
