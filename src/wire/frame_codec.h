#pragma once

#include "wire/binary.h"
#include "wire/frame.h"
#include "wire/json.h"

namespace sotto::wire {

// The codecs of the two frames are compiled once, in frame_codec.cpp. Include this header instead of `binary.h` or
// `json.h` wherever frames are read or written.

extern template std::size_t encoded_size(const ClientFrame&);
extern template void encode_to(const ClientFrame&, Bytes&);
extern template Bytes encode(const ClientFrame&);
extern template std::expected<ClientFrame, DecodeError> decode<ClientFrame>(ByteView);
extern template std::string to_json(const ClientFrame&);
extern template std::expected<ClientFrame, JsonError> from_json<ClientFrame>(std::string_view);

extern template std::size_t encoded_size(const ServerFrame&);
extern template void encode_to(const ServerFrame&, Bytes&);
extern template Bytes encode(const ServerFrame&);
extern template std::expected<ServerFrame, DecodeError> decode<ServerFrame>(ByteView);
extern template std::string to_json(const ServerFrame&);
extern template std::expected<ServerFrame, JsonError> from_json<ServerFrame>(std::string_view);

}  // namespace sotto::wire
