// Property: no octets crash the binary decoder, and whatever it accepts has one canonical encoding that decodes to the
// same message.

#include "base/invariant.h"
#include "wire/equality.h"
#include "wire/frame_codec.h"

namespace sotto::wire {
namespace {

template <DescribedMessage T>
void check(ByteView input) {
  const auto message = decode<T>(input);
  if (!message) {
    invariant(!explain(message.error()).empty());
    return;
  }
  const Bytes octets = encode(*message);
  const auto again = decode_canonical<T>(octets);
  invariant(again.has_value());
  invariant(equal(*message, *again));
}

}  // namespace
}  // namespace sotto::wire

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const sotto::ByteView input(data, size);
  sotto::wire::check<sotto::wire::ClientFrame>(input);
  sotto::wire::check<sotto::wire::ServerFrame>(input);
  return 0;
}
