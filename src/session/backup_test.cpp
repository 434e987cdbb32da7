// A backup opens with its own recovery key or passphrase and with nothing else; whatever a server swaps, cuts, mixes or
// makes costly is refused (threat 6), and nothing that was sealed is repeated under one key.

#include "session/backup.h"

#include <gtest/gtest.h>
#include <set>

#include "base/text_encoding.h"
#include "crypto/testing/deterministic_random.h"
#include "session/testing/golden.h"
#include "wire/binary.h"
#include "wire/mailbox_content.h"

namespace sotto::session {
namespace {

constexpr std::string_view phrase = "correct horse battery staple";

class BackupTest : public ::testing::Test {
 protected:
  wire::BackupSecrets secrets() {
    crypto::DeterministicRandom random(5);
    return {.account = random.next<AccountId>(),
            .account_seed = random.next_secret<32>(),
            .backup_key = random.next_secret<32>()};
  }

  wire::BackupContent content(std::size_t keys) {
    wire::BackupContent result;
    result.conversations.push_back({.conversation = random_.next<ConversationId>(), .keys = {}});
    for (std::size_t index = 0; index < keys; ++index) {
      result.conversations[0].keys.push_back({.message = random_.next<MessageId>(),
                                              .sender = random_.next<AccountId>(),
                                              .sender_device = random_.next<DeviceId>(),
                                              .seq = index + 1,
                                              .key = random_.next_secret<32>(),
                                              .body = random_.next<Sha256Digest>()});
    }
    return result;
  }

  crypto::DeterministicRandom random_{51};
  BackupId backup_ = random_.next<BackupId>();
  RecoveryKey key_ = random_.next_secret<32>();
  BackupKey pack_key_ = random_.next_secret<32>();
};

TEST_F(BackupTest, HeaderOpensWithItsRecoveryKeyAlone) {
  const Bytes header = lock_backup(backup_, secrets(), key_, random_);
  const auto opened = open_backup(backup_, header, key_);
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->account_seed, secrets().account_seed);
  EXPECT_EQ(opened->backup_key, secrets().backup_key);
  EXPECT_EQ(open_backup(backup_, header, random_.next_secret<32>()).error(), BackupError::does_not_open);
  EXPECT_EQ(open_backup(backup_, header, Passphrase{.text = phrase}).error(), BackupError::other_lock);
  EXPECT_EQ(lock_of(header).value(), wire::BackupLock::recovery_key);
}

TEST_F(BackupTest, HeaderOpensWithItsPassphraseAlone) {
  const auto header = lock_backup(backup_, secrets(), Passphrase{.text = phrase}, random_);
  ASSERT_TRUE(header.has_value());
  EXPECT_EQ(open_backup(backup_, *header, Passphrase{.text = phrase}).value().account_seed, secrets().account_seed);
  EXPECT_EQ(open_backup(backup_, *header, Passphrase{.text = "another passphrase"}).error(),
            BackupError::does_not_open);
  EXPECT_EQ(open_backup(backup_, *header, key_).error(), BackupError::other_lock);
}

TEST_F(BackupTest, Threat6ChangedHeaderOrHeaderOfAnotherBackupIsRefused) {
  const Bytes header = lock_backup(backup_, secrets(), key_, random_);
  EXPECT_EQ(open_backup(random_.next<BackupId>(), header, key_).error(), BackupError::does_not_open);
  for (std::size_t position = 0; position < header.size(); ++position) {
    Bytes changed = header;
    changed[position] ^= static_cast<std::uint8_t>(1 << position % 8);
    EXPECT_FALSE(open_backup(backup_, changed, key_).has_value()) << position;
    EXPECT_FALSE(open_backup(backup_, ByteView(header).first(position), key_).has_value()) << position;
  }
}

TEST_F(BackupTest, Threat6ServerCannotMakeADeviceComputeForever) {
  const auto header = lock_backup(backup_, secrets(), Passphrase{.text = phrase}, random_);
  auto read = wire::decode<wire::BackupHeader>(*header);
  for (const auto& [memory, passes] : {std::pair{4'000'000U, 3U}, {65'536U, 4'000U}, {8U, 3U}, {65'536U, 1U}}) {
    read->memory_kib = memory;
    read->passes = passes;
    EXPECT_EQ(open_backup(backup_, wire::encode(*read), Passphrase{.text = phrase}).error(),
              BackupError::unacceptable_cost);
  }
  read->suite = 2;
  EXPECT_EQ(lock_of(wire::encode(*read)).error(), BackupError::unsupported);
}

TEST_F(BackupTest, PackOpensInItsPlaceAlone) {
  const wire::BackupContent written = content(300);
  const Bytes pack = seal_pack({backup_, 7}, pack_key_, written, random_);
  EXPECT_LE(pack.size(), wire::max_backup_pack_size);
  const auto opened = open_pack({backup_, 7}, pack_key_, pack);
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(wire::encode_secret(*opened), wire::encode_secret(written));
  EXPECT_EQ(open_pack({backup_, 8}, pack_key_, pack).error(), BackupError::does_not_open);
  EXPECT_EQ(open_pack({random_.next<BackupId>(), 7}, pack_key_, pack).error(), BackupError::does_not_open);
  EXPECT_EQ(open_pack({backup_, 7}, random_.next_secret<32>(), pack).error(), BackupError::does_not_open);
}

TEST_F(BackupTest, Threat6ChangedOrCutPackIsRefused) {
  const Bytes pack = seal_pack({backup_, 1}, pack_key_, content(1), random_);
  for (std::size_t position = 0; position < pack.size(); ++position) {
    Bytes changed = pack;
    changed[position] ^= static_cast<std::uint8_t>(1 << position % 8);
    EXPECT_FALSE(open_pack({backup_, 1}, pack_key_, changed).has_value()) << position;
    EXPECT_FALSE(open_pack({backup_, 1}, pack_key_, ByteView(pack).first(position)).has_value()) << position;
  }
}

TEST_F(BackupTest, TwoDevicesThatSealTheSamePlaceShareNoKey) {
  // The server sees both, though it keeps one: under one key and nonce it could tell their difference.
  const Bytes first = seal_pack({backup_, 1}, pack_key_, {}, random_);
  const Bytes second = seal_pack({backup_, 1}, pack_key_, {}, random_);
  ASSERT_EQ(first.size(), second.size());
  EXPECT_FALSE(std::equal(first.begin() + 16, first.end(), second.begin() + 16));
}

TEST_F(BackupTest, LargestPackFits) {
  wire::BackupContent most;
  for (std::size_t index = 0; index < 300; ++index) {
    most.conversations.push_back(std::move(content(1).conversations[0]));
    most.conversations.back().keys[0].seq = ~std::uint64_t{0};
  }
  EXPECT_LE(seal_pack({backup_, 1}, pack_key_, most, random_).size(), wire::max_backup_pack_size);
}

TEST_F(BackupTest, OneForDevicesOpensWithNothing) {
  const Bytes header = header_for_devices(random_);
  EXPECT_EQ(lock_of(header), wire::BackupLock::devices);
  const auto backup = random_.next<BackupId>();
  EXPECT_EQ(open_backup(backup, header, random_.next_secret<32>()).error(), BackupError::other_lock);
  EXPECT_EQ(open_backup(backup, header, Passphrase{.text = phrase}).error(), BackupError::other_lock);
}

TEST(PassphraseStrengthTest, IsHonest) {
  using enum PassphraseStrength;
  EXPECT_EQ(strength_of("short"), too_short);
  EXPECT_EQ(strength_of("elevenchars"), too_short);
  EXPECT_EQ(strength_of("aaaaaaaaaaaaaaaa"), weak);
  EXPECT_EQ(strength_of("123456789012"), weak);
  EXPECT_EQ(strength_of("passwordpassword"), weak);
  EXPECT_EQ(strength_of("abcdefghijklmnop"), weak);
  EXPECT_EQ(strength_of("hunter2 hunter2 hunter2"), weak);
  EXPECT_EQ(strength_of("green tree lamps"), fair);
  EXPECT_EQ(strength_of("correct horse battery staple"), strong);
  EXPECT_EQ(strength_of("T4!kw0;Pq9zL,x"), strong);
  // Characters are counted, not octets.
  EXPECT_EQ(strength_of("öööööööö"), too_short);
}

TEST(BackupGolden, HeaderAndPackKeepTheirForm) {
  crypto::DeterministicRandom random(53);
  const auto backup = random.next<BackupId>();
  const wire::BackupSecrets secrets{.account = random.next<AccountId>(),
                                    .account_seed = random.next_secret<32>(),
                                    .backup_key = random.next_secret<32>()};
  const auto key = random.next_secret<32>();
  const Bytes header = lock_backup(backup, secrets, key, random);
  const auto by_passphrase = lock_backup(backup, secrets, Passphrase{.text = phrase}, random);
  const Bytes pack = seal_pack({backup, 1}, secrets.backup_key, {}, random);
  const Bytes for_devices = header_for_devices(random);
  testing::expect_golden(
      "backup.txt", to_hex(header) + "\n" + to_hex(*by_passphrase) + "\n" + to_hex(pack) + "\n" + to_hex(for_devices));
}

// What own devices tell one another of a new backup.
TEST_F(BackupTest, KeyShareIsEncodedAsEver) {
  ByteArray<32> key{};
  key.fill(0x5a);
  BackupId backup;
  backup.bytes.fill(0x11);
  const wire::MailboxContent share{
      .version = wire::content_version,
      .sent_at = {1'800'000'000'000},
      .kind =
          wire::BackupKeyShare{.backup = backup, .backup_key = Secret<32>(key), .lock = wire::BackupLock::passphrase}};
  const SecretBuffer octets = wire::encode_secret(share);
  testing::expect_golden("backup_key_share.hex", to_hex(octets.reveal()));
  const auto read = wire::decode<wire::MailboxContent>(octets.reveal());
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(std::get<wire::BackupKeyShare>(read->kind).backup_key, Secret<32>(key));
}

}  // namespace
}  // namespace sotto::session
