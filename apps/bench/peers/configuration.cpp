#include "bench/peers/configuration.h"

#include <arpa/inet.h>
#include <fstream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

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

std::expected<std::array<std::uint16_t, 2>, std::string> free_ports() {
  std::array<std::uint16_t, 2> ports{};
  std::array<int, 2> sockets{};
  for (std::size_t number = 0; number < ports.size(); ++number) {
    sockets[number] = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(sockets[number], generic, size) == 0 && ::getsockname(sockets[number], generic, &size) == 0) {
      ports[number] = ntohs(address.sin_port);
    }
  }
  for (const int socket : sockets) ::close(socket);
  if (ports[0] == 0 || ports[1] == 0) return std::unexpected("there are no free ports");
  return ports;
}

}  // namespace sotto::bench::peers
