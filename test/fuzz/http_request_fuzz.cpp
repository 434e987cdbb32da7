// Any octets of a connection are a request or an error, the same ones however they are cut, and never more than the
// limits allow; the body of what looks like a request of an operation is read or refused in words.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/invariant.h"
#include "gateway/http_body.h"
#include "gateway/http_routes.h"
#include "transport/http_request.h"

namespace {

using namespace sotto;

constexpr transport::HttpLimits limits{.max_header_size = 1'024, .max_body_size = 4'096};

std::optional<transport::HttpRequest> read_in_pieces(ByteView octets, std::size_t piece) {
  transport::HttpRequestReader reader(limits);
  Bytes waiting;
  while (!octets.empty()) {
    const std::size_t part = std::min(piece, octets.size());
    waiting.insert(waiting.end(), octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(part));
    octets = octets.subspan(part);
    const auto taken = reader.read(waiting);
    if (!taken) return std::nullopt;
    invariant(*taken <= waiting.size());
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(*taken));
    if (reader.finished()) return reader.take();
  }
  return std::nullopt;
}

void read_as_operation(const transport::HttpRequest& request) {
  const gateway::Route route = gateway::find_route(gateway::PortKind::api, request.target);
  if (route.kind != gateway::RouteKind::operation) return;
  const auto body = gateway::read_body(route.operation, request.body);
  if (!body) invariant(!gateway::write_body(body.error()).empty() && !body.error().message.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView octets(data, size);
  const auto whole = read_in_pieces(octets, std::max<std::size_t>(size, 1));
  const auto cut = read_in_pieces(octets, 7);
  if (!whole || !cut) return 0;  // A limit may be noticed at another octet.
  invariant(whole->target == cut->target && whole->body == cut->body && whole->fields.size() == cut->fields.size());
  invariant(whole->body.size() <= limits.max_body_size);
  read_as_operation(*whole);
  return 0;
}
