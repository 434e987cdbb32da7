
#include "wire/frame_codec.h"

namespace sotto::wire {

template std::size_t encoded_size(const ClientFrame&);
template void encode_to(const ClientFrame&, Bytes&);
template Bytes encode(const ClientFrame&);
template std::expected<ClientFrame, DecodeError> decode<ClientFrame>(ByteView);
template std::string to_json(const ClientFrame&);
template std::expected<ClientFrame, JsonError> from_json<ClientFrame>(std::string_view);

template std::size_t encoded_size(const ServerFrame&);
template void encode_to(const ServerFrame&, Bytes&);
template Bytes encode(const ServerFrame&);
template std::expected<ServerFrame, DecodeError> decode<ServerFrame>(ByteView);
template std::string to_json(const ServerFrame&);
template std::expected<ServerFrame, JsonError> from_json<ServerFrame>(std::string_view);

}  // namespace sotto::wire
