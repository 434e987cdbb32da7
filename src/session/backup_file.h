#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/backup.h"

namespace sotto::session {

// A backup away from the server: one file, or the file's octets in a sequence of QR codes.

/// A backup's header and packs, sealed as they are on a server, under an id of their own.
struct BackupFile {
  BackupId backup;
  Bytes header;
  /// Pack n is at n - 1.
  std::vector<Bytes> packs;

  friend bool operator==(const BackupFile&, const BackupFile&) = default;
};

enum class BackupFileError : std::uint8_t {
  /// Something else than a backup.
  not_a_backup,
  /// Written by a newer version.
  unsupported,
  /// Its end is missing, or it contradicts itself.
  damaged,
};

/// The largest file that is read.
inline constexpr std::size_t max_backup_file_size = 96 * 1024 * 1024;

/// "sotto backup\n" || version 1 || id || header || number of packs || packs || HMAC-SHA-256 of all before. Numbers are
/// four octets, big endian, and one stands before each header and pack for its size. The HMAC's key comes from `key`,
/// so whoever opens the header knows that nothing is missing.
[[nodiscard]] Bytes write_backup_file(const BackupFile& file, const BackupKey& key);
/// Takes a file apart; whether it is whole is for `is_whole`, once the header is open.
[[nodiscard]] std::expected<BackupFile, BackupFileError> read_backup_file(ByteView octets);
/// Whether a file that was read is as it was written.
[[nodiscard]] bool is_whole(ByteView octets, const BackupKey& key);

// A frame is "sotto-backup:" and, in base64url: the first 4 octets of the whole's SHA-256 || number from 1 || number of
// all (2 octets each, big endian) || a share of the whole || the first 4 octets of the SHA-256 of all that.

/// Octets of the whole in one frame: a QR code that a terminal shows and a camera reads.
inline constexpr std::size_t frame_share = 180;
inline constexpr std::size_t max_frames = 512;

/// Nothing if `whole` is empty or would need more than `max_frames`.
[[nodiscard]] std::optional<std::vector<std::string>> split_into_frames(ByteView whole);

enum class FrameError : std::uint8_t {
  /// Something else than a frame.
  not_a_frame,
  /// A frame that was misread or mistyped.
  damaged,
  /// A frame of another backup than the ones before.
  other_backup,
};

/// Puts frames together, in whatever order they come. Repeats do no harm; a frame that is refused changes nothing.
class FrameCollector {
 public:
  [[nodiscard]] std::expected<void, FrameError> add(std::string_view text);
  /// Of how many frames how many are there; 0 of 0 before the first.
  [[nodiscard]] std::size_t held() const { return shares_.size(); }
  [[nodiscard]] std::size_t needed() const { return total_; }
  /// The whole, once every frame is there.
  [[nodiscard]] std::optional<Bytes> whole() const;

 private:
  Bytes name_;
  std::size_t total_ = 0;
  std::map<std::size_t, Bytes> shares_;
};

}  // namespace sotto::session
