// Property: no text crashes the JSON decoder, and whatever it accepts is printed and read back to the same message, by
// this codec and by the binary one.

#include "base/invariant.h"
#include "wire/equality.h"
#include "wire/frame_codec.h"

namespace sotto::wire {
namespace {

template <DescribedMessage T>
void check(std::string_view input) {
  const auto message = from_json<T>(input);
  if (!message) {
    invariant(!explain(message.error().fault).empty());
    return;
  }
  const auto again = from_json<T>(to_json(*message));
  invariant(again.has_value());
  invariant(equal(*message, *again));
  const auto from_octets = decode<T>(encode(*message));
  invariant(from_octets.has_value());
  invariant(equal(*message, *from_octets));
}

}  // namespace
}  // namespace sotto::wire

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  sotto::wire::check<sotto::wire::ClientFrame>(input);
  sotto::wire::check<sotto::wire::ServerFrame>(input);
  return 0;
}
