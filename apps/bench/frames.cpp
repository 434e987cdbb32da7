#include "bench/frames.h"

#include "wire/binary_reader.h"

namespace sotto::bench {

void append_frame(Bytes& out, const FrameForm& form, ByteView payload) {
  const std::uint8_t mask_bit = form.masked ? 0x80 : 0;
  out.push_back(static_cast<std::uint8_t>(0x80 | form.opcode));
  if (payload.size() < 126) {
    out.push_back(static_cast<std::uint8_t>(mask_bit | payload.size()));
  } else {
    out.push_back(mask_bit | 126);
    out.push_back(static_cast<std::uint8_t>(payload.size() >> 8));
    out.push_back(static_cast<std::uint8_t>(payload.size()));
  }
  if (form.masked) out.insert(out.end(), 4, 0);
  out.insert(out.end(), payload.begin(), payload.end());
}

std::optional<FrameView> first_frame(ByteView bytes) {
  if (bytes.size() < 2) return std::nullopt;
  std::size_t header = 2;
  std::size_t size = bytes[1] & 0x7f;
  const std::size_t extended = size == 126 ? 2 : size == 127 ? 8 : 0;
  if (bytes.size() < header + extended) return std::nullopt;
  if (extended > 0) size = 0;
  for (std::size_t index = 0; index < extended; ++index) size = (size << 8) | bytes[header + index];
  header += extended;
  if (bytes.size() < header + size) return std::nullopt;
  return FrameView{static_cast<std::uint8_t>(bytes[0] & 0x0f), bytes.subspan(header, size), header + size};
}

std::optional<EntryView> pushed_entry(ByteView payload) {
  // Numbers of fields: of `log_entry` in `ServerFrame`, of `seq` and `body` in `LogEntry`. A push has no id before it.
  constexpr std::uint32_t log_entry = 17;
  constexpr std::uint32_t seq = 2;
  constexpr std::uint32_t body = 7;
  wire::DecodeError error{};
  wire::BinaryReader frame(payload, error);
  wire::Tag tag;
  ByteView entry;
  if (!frame.tag(tag) || tag.number != log_entry || !frame.delimited(entry)) return std::nullopt;
  wire::BinaryReader reader(entry, error);
  EntryView view;
  while (!reader.at_end()) {
    if (!reader.tag(tag)) return std::nullopt;
    if (tag.number == seq) {
      if (!reader.varint(view.seq)) return std::nullopt;
    } else if (tag.number == body) {
      if (!reader.delimited(view.body)) return std::nullopt;
    } else if (!reader.skip(tag.type)) {
      return std::nullopt;
    }
  }
  return view;
}

}  // namespace sotto::bench
