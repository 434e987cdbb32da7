#pragma once

#include <expected>

#include "wire/binary_reader.h"
#include "wire/binary_writer.h"

namespace sotto::wire {

// The binary codec: protobuf's wire format (proto3), driven by the descriptions.
//
// `encode` writes fields in ascending order of number, with the shortest varints; scalars, text and octets that have
// their default are left out, lists of numbers are packed, and fixed octets and singular messages are always written.
// So equal values have equal octets: that is the canonical encoding which signatures cover.
//
// `decode` takes what any protobuf implementation may write: fields in any order, the last of repeated scalars, lists
// packed or not, varints longer than needed, and unknown fields, which it skips. An absent singular message counts as
// an empty one. Unlike protobuf it refuses what can only be a mistake or an attack: a known field of the wrong wire
// type, numbers that do not fit, enum values without a name, a singular message or a choice that comes twice (where
// protobuf would merge). All limits hold while it reads, before memory is taken. The size of the whole message is the
// caller's to limit.

/// Octets that `encode` would write.
template <DescribedMessage T>
[[nodiscard]] std::size_t encoded_size(const T& value) {
  return content_size(value);
}

/// Fills `memory`, which has exactly `encoded_size(value)` octets.
template <DescribedMessage T>
void encode_into(const T& value, std::span<std::uint8_t> memory) {
  BackwardWriter writer(memory);
  write_content(writer, value);
  invariant(writer.remaining() == 0);
}

/// Appends the encoding to `out`, with at most one allocation. A struct with secrets is encoded by `encode_secret`.
template <PublicMessage T>
void encode_to(const T& value, Bytes& out) {
  const std::size_t start = out.size();
  out.resize(start + encoded_size(value));
  encode_into(value, std::span(out).subspan(start));
}

template <PublicMessage T>
[[nodiscard]] Bytes encode(const T& value) {
  Bytes out;
  encode_to(value, out);
  return out;
}

/// For structs that hold secrets. Their octets are written once, into the memory that is returned.
template <DescribedMessage T>
[[nodiscard]] SecretBuffer encode_secret(const T& value) {
  SecretBuffer out(encoded_size(value));
  encode_into(value, out.writable());
  return out;
}

/// Also for structs that hold secrets; what was read before a failure is wiped.
template <DescribedMessage T>
[[nodiscard]] std::expected<T, DecodeError> decode(ByteView source) {
  std::expected<T, DecodeError> result;
  DecodeError error{};
  BinaryReader reader(source, error);
  if (!read_message(reader, *result, 0)) result = std::unexpected(error);
  return result;
}

/// As `decode`, and refuses octets other than those that `encode` writes for the value read. For what is signed.
template <DescribedMessage T>
[[nodiscard]] std::expected<T, DecodeError> decode_canonical(ByteView source) {
  std::expected<T, DecodeError> result = decode<T>(source);
  if (!result) return result;
  if (!equal_in_constant_time(encode_secret(*result).reveal(), source)) {
    result = std::unexpected(DecodeError::not_canonical);
  }
  return result;
}

}  // namespace sotto::wire
