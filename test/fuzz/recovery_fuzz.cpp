// Property: no octets crash the reading of what people scan, type or import, nor of what a server keeps for recovery:
// link codes, links of invitations, recovery words, QR frames, backup files, headers and packs. What is accepted is
// written again as it was.

#include "base/invariant.h"
#include "crypto/testing/deterministic_random.h"
#include "session/backup_file.h"
#include "session/device_linking.h"
#include "session/group_link.h"
#include "session/padding.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

/// A linking whose boxes the input stands for, and a backup key.
struct Scene {
  crypto::DeterministicRandom random{14};
  ShownLink shown = show_link("https://example.org", random);
  OfferMade offered = *offer_link(shown.code, random);
  OfferTaken taken = *take_offer(shown, offered.box);
  ConfirmingLink confirming = *take_reveal(taken.next, take_device(offered.next, taken.box, {})->box);
  BackupId backup = random.next<BackupId>();
  RecoveryKey key = random.next_secret<32>();
};

void read_text(std::string_view text) {
  if (const auto code = parse_link_text(text)) {
    const SecretBuffer written = link_text(*code);
    invariant(text.find(as_text(written.reveal())) != std::string_view::npos);
  }
  if (const auto link = parse_group_link(text)) {
    const SecretBuffer written = group_link_text(*link);
    invariant(text.find(as_text(written.reveal())) != std::string_view::npos);
  }
  if (const auto key = parse_recovery_key(text)) {
    for (const std::string_view word : words_of(*key)) invariant(!word.empty());
  }
  (void)strength_of(text);
  FrameCollector collector;
  std::size_t accepted = 0;
  for (std::size_t start = 0; start < text.size() && accepted < max_frames;) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    if (collector.add(text.substr(start, end - start))) ++accepted;
    start = end + 1;
  }
  (void)collector.whole();
}

void read_octets(const Scene& scene, ByteView input) {
  (void)take_offer(scene.shown, input);
  (void)take_device(scene.offered.next, input, {});
  (void)take_reveal(scene.taken.next, input);
  (void)take_secrets(scene.confirming, input);
  (void)lock_of(input);
  (void)open_backup(scene.backup, input, scene.key);
  (void)open_pack({scene.backup, 1}, scene.key, input);
  if (const auto file = read_backup_file(input)) {
    const Bytes written = write_backup_file(*file, scene.key);
    invariant(read_backup_file(written) == file && is_whole(written, scene.key));
  }
}

/// The input as what is inside the seals.
void read_opened(Scene& scene, ByteView input) {
  const auto content = wire::decode_canonical<wire::BackupContent>(input);
  if (!content) return;
  const Bytes pack = seal_pack({scene.backup, 1}, scene.key, *content, scene.random);
  invariant(open_pack({scene.backup, 1}, scene.key, pack).has_value());
}

}  // namespace
}  // namespace sotto::session

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static sotto::session::Scene scene;
  const sotto::ByteView input(data, size);
  sotto::session::read_text(sotto::as_text(input));
  sotto::session::read_octets(scene, input);
  sotto::session::read_opened(scene, input);
  return 0;
}
