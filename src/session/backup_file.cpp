#include "session/backup_file.h"

#include <algorithm>

#include "base/text_encoding.h"
#include "crypto/hash.h"
#include "crypto/hkdf.h"
#include "session/labels.h"

namespace sotto::session {
namespace {

constexpr std::string_view file_start = "sotto backup\n";
constexpr std::uint8_t file_version = 1;
constexpr std::size_t tag_size = 32;
constexpr std::size_t most_packs = 100'000;

constexpr std::string_view frame_start = "sotto-backup:";
constexpr std::size_t name_size = 4;
constexpr std::size_t frame_head_size = name_size + 4;
constexpr std::size_t checksum_size = 4;

void append_number(Bytes& out, std::size_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

void append_sized(Bytes& out, ByteView octets) {
  append_number(out, octets.size());
  append(out, octets);
}

/// Takes what is at the front; nothing if it is not there.
class Reader {
 public:
  explicit Reader(ByteView rest) : rest_(rest) {}

  std::optional<ByteView> take(std::size_t size) {
    if (rest_.size() < size) return std::nullopt;
    const ByteView taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }

  std::optional<std::size_t> number() {
    const auto octets = take(4);
    if (!octets) return std::nullopt;
    std::size_t value = 0;
    for (const std::uint8_t octet : *octets) value = value << 8 | octet;
    return value;
  }

  /// A size, and that many octets, of which there may be `most`.
  std::optional<Bytes> sized(std::size_t most) {
    const auto size = number();
    if (!size || *size > most) return std::nullopt;
    const auto octets = take(*size);
    if (!octets) return std::nullopt;
    return Bytes(octets->begin(), octets->end());
  }

  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  ByteView rest_;
};

std::optional<BackupFile> read_content(Reader reader) {
  const auto id = reader.take(BackupId::size);
  if (!id) return std::nullopt;
  BackupFile file{.backup = *BackupId::from(*id), .header = {}, .packs = {}};
  auto header = reader.sized(wire::max_backup_header_size);
  const auto count = reader.number();
  if (!header || !count || *count > most_packs) return std::nullopt;
  file.header = std::move(*header);
  for (std::size_t number = 1; number <= *count; ++number) {
    auto pack = reader.sized(wire::max_backup_pack_size);
    if (!pack) return std::nullopt;
    file.packs.push_back(std::move(*pack));
  }
  if (!reader.at_end()) return std::nullopt;
  return file;
}

Secret<32> tag_of(ByteView content, const BackupKey& key) {
  const Secret<32> tag_key = crypto::hkdf_sha256<32>(key.reveal(), {}, label::backup_file);
  return crypto::hmac_sha256(tag_key.reveal(), content);
}

ByteView start_of(const Sha256Digest& digest, std::size_t size) { return digest.view().first(size); }

struct Frame {
  Bytes name;
  std::size_t number = 0;
  std::size_t total = 0;
  Bytes share;
};

std::expected<Frame, FrameError> read_frame(std::string_view text) {
  const std::size_t start = text.find(frame_start);
  if (start == std::string_view::npos) return std::unexpected(FrameError::not_a_frame);
  std::string_view content = text.substr(start + frame_start.size());
  content = content.substr(0, content.find_first_of(" \t\r\n"));
  const auto octets = from_base64url(content);
  if (!octets || octets->size() <= frame_head_size + checksum_size) return std::unexpected(FrameError::damaged);
  const ByteView all(*octets);
  const ByteView checked = all.first(all.size() - checksum_size);
  const Sha256Digest digest = crypto::sha256(checked);
  if (!std::ranges::equal(start_of(digest, checksum_size), all.last(checksum_size))) {
    return std::unexpected(FrameError::damaged);
  }
  const ByteView share = checked.subspan(frame_head_size);
  Frame frame{.name = Bytes(all.begin(), all.begin() + name_size),
              .number = std::size_t{all[4]} << 8 | all[5],
              .total = std::size_t{all[6]} << 8 | all[7],
              .share = Bytes(share.begin(), share.end())};
  const bool possible = frame.number >= 1 && frame.number <= frame.total && frame.total <= max_frames &&
                        frame.share.size() <= frame_share;
  if (!possible) return std::unexpected(FrameError::damaged);
  return frame;
}

std::string write_frame(ByteView name, std::size_t number, ByteView share, std::size_t total) {
  Bytes octets(name.begin(), name.end());
  for (const std::size_t value : {number, total}) {
    octets.push_back(static_cast<std::uint8_t>(value >> 8));
    octets.push_back(static_cast<std::uint8_t>(value));
  }
  append(octets, share);
  append(octets, start_of(crypto::sha256(octets), checksum_size));
  return std::string(frame_start) + to_base64url(octets);
}

}  // namespace

Bytes write_backup_file(const BackupFile& file, const BackupKey& key) {
  Bytes octets;
  append(octets, as_bytes(file_start));
  octets.push_back(file_version);
  append(octets, file.backup.view());
  append_sized(octets, file.header);
  append_number(octets, file.packs.size());
  for (const Bytes& pack : file.packs) append_sized(octets, pack);
  const Secret<32> tag = tag_of(octets, key);
  append(octets, tag.reveal());
  return octets;
}

std::expected<BackupFile, BackupFileError> read_backup_file(ByteView octets) {
  if (octets.size() > max_backup_file_size || !as_text(octets).starts_with(file_start)) {
    return std::unexpected(BackupFileError::not_a_backup);
  }
  Reader reader(octets.subspan(file_start.size()));
  const auto version = reader.take(1);
  if (!version) return std::unexpected(BackupFileError::damaged);
  if (version->front() != file_version) return std::unexpected(BackupFileError::unsupported);
  const std::size_t head = file_start.size() + 1;
  if (octets.size() < head + tag_size) return std::unexpected(BackupFileError::damaged);
  auto file = read_content(Reader(octets.subspan(head, octets.size() - head - tag_size)));
  if (!file) return std::unexpected(BackupFileError::damaged);
  return std::move(*file);
}

bool is_whole(ByteView octets, const BackupKey& key) {
  if (octets.size() < tag_size) return false;
  const Secret<32> tag = tag_of(octets.first(octets.size() - tag_size), key);
  return equal_in_constant_time(tag.reveal(), octets.last(tag_size));
}

std::optional<std::vector<std::string>> split_into_frames(ByteView whole) {
  const std::size_t total = (whole.size() + frame_share - 1) / frame_share;
  if (total == 0 || total > max_frames) return std::nullopt;
  const Sha256Digest digest = crypto::sha256(whole);
  std::vector<std::string> frames;
  for (std::size_t number = 1; number <= total; ++number) {
    const ByteView rest = whole.subspan((number - 1) * frame_share);
    frames.push_back(
        write_frame(start_of(digest, name_size), number, rest.first(std::min(rest.size(), frame_share)), total));
  }
  return frames;
}

std::expected<void, FrameError> FrameCollector::add(std::string_view text) {
  auto frame = read_frame(text);
  if (!frame) return std::unexpected(frame.error());
  const bool is_first = total_ == 0;
  if (!is_first && (frame->name != name_ || frame->total != total_)) return std::unexpected(FrameError::other_backup);
  name_ = std::move(frame->name);
  total_ = frame->total;
  shares_.insert_or_assign(frame->number, std::move(frame->share));
  return {};
}

std::optional<Bytes> FrameCollector::whole() const {
  if (total_ == 0 || shares_.size() != total_) return std::nullopt;
  Bytes octets;
  for (const auto& [number, share] : shares_) append(octets, share);
  const Sha256Digest digest = crypto::sha256(octets);
  if (!std::ranges::equal(start_of(digest, name_size), name_)) return std::nullopt;
  return octets;
}

}  // namespace sotto::session
