#include "bench/peers/configuration.h"

#include <arpa/inet.h>
#include <fstream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/loopback_socket.h"

namespace sotto::bench::peers {

std::string fill_in(std::string text, const std::vector<Setting>& settings) {
  for (const Setting& setting : settings) {
    const std::string place = "@" + setting.name + "@";
    for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at + setting.value.size())) {
      text.replace(at, place.size(), setting.value);
    }
  }
  return text;
}

std::expected<void, std::string> write_configuration(const std::filesystem::path& target,
                                                     const std::filesystem::path& source,
                                                     const std::vector<Setting>& settings) {
  std::ifstream in(source);
  if (!in) return std::unexpected("cannot read " + source.string());
  std::ofstream out(target, std::ios::app);
  out << fill_in(std::string((std::istreambuf_iterator<char>(in)), {}), settings);
  out.close();
  if (!out) return std::unexpected("cannot write " + target.string());
  return {};
}

std::expected<std::uint16_t, std::string> free_port() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  const bool found = ::bind(descriptor, generic, size) == 0 && ::getsockname(descriptor, generic, &size) == 0;
  const auto error = failed("there is no free port");
  ::close(descriptor);
  if (!found) return error;
  return ntohs(address.sin_port);
}

}  // namespace sotto::bench::peers
