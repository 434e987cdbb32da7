// A home's key comes back from the source it was created with, and from nowhere else: a wrong passphrase, a damaged
// record, a missing or open key file and a silent keyring are each refused by name.

#include "cli/storage_key/storage_key.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <sys/stat.h>

#include "cli/home/private_file.h"
#include "crypto/system_random.h"

namespace sotto::cli {
namespace {

class FakeKeyring final : public Keyring {
 public:
  bool answers = true;
  std::map<std::string, StorageKey, std::less<>> entries;

  std::expected<void, KeyringError> store(std::string_view entry, const StorageKey& key) override {
    if (!answers) return std::unexpected(KeyringError::unavailable);
    entries.insert_or_assign(std::string(entry), key.copy());
    return {};
  }
  std::expected<StorageKey, KeyringError> fetch(std::string_view entry) override {
    if (!answers) return std::unexpected(KeyringError::unavailable);
    const auto found = entries.find(entry);
    if (found == entries.end()) return std::unexpected(KeyringError::no_entry);
    return found->second.copy();
  }
};

AskPassphrase answer(std::string text) {
  return [text] { return std::optional(SecretBuffer(as_bytes(text))); };
}

std::optional<SecretBuffer> nobody() { return std::nullopt; }

class StorageKeyTest : public testing::Test {
 protected:
  StorageKeyTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "sotto-key-XXXXXX").string();
    home = ::mkdtemp(pattern.data());
  }
  ~StorageKeyTest() override { std::filesystem::remove_all(home); }

  auto create(KeyPreference preference, const AskPassphrase& ask) {
    return create_storage_key(home, preference, keyring, ask, random);
  }
  auto open(const AskPassphrase& ask) { return open_storage_key(home, keyring, ask); }
  [[nodiscard]] std::string record() const {
    const auto content = read_private_file(home / "storage-key.json");
    return content ? std::string(as_text(content->reveal())) : std::string();
  }
  void replace_record(std::string_view text) {
    ASSERT_TRUE(write_private_file(home / "storage-key.json", as_bytes(text)));
  }

  std::filesystem::path home;
  FakeKeyring keyring;
  crypto::SystemRandom random;
};

TEST_F(StorageKeyTest, TheKeyringIsPreferredAndNoFileHoldsTheKey) {
  const auto created = create(KeyPreference::best_available, nobody);
  ASSERT_TRUE(created);
  EXPECT_EQ(created->source, KeySource::keyring);
  EXPECT_FALSE(std::filesystem::exists(home / "storage.key"));
  const auto opened = open(nobody);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(*opened == created->key);
}

TEST_F(StorageKeyTest, AKeyringThatFallsSilentOrForgetsIsNamed) {
  ASSERT_TRUE(create(KeyPreference::best_available, nobody));
  keyring.answers = false;
  EXPECT_EQ(open(nobody).error(), StorageKeyError::keyring_unavailable);
  keyring.answers = true;
  keyring.entries.clear();
  EXPECT_EQ(open(nobody).error(), StorageKeyError::keyring_entry_missing);
}

TEST_F(StorageKeyTest, WithoutAKeyringTheKeyIsInAFileForTheOwnerAlone) {
  keyring.answers = false;
  const auto created = create(KeyPreference::best_available, nobody);
  ASSERT_TRUE(created);
  EXPECT_EQ(created->source, KeySource::key_file);
  struct stat status{};
  ASSERT_EQ(::stat((home / "storage.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  // A keyring that appears later changes nothing.
  keyring.answers = true;
  const auto opened = open(nobody);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(*opened == created->key);
}

TEST_F(StorageKeyTest, AKeyFileThatOthersCanReadOrThatIsDamagedIsRefused) {
  keyring.answers = false;
  ASSERT_TRUE(create(KeyPreference::best_available, nobody));
  ASSERT_EQ(::chmod((home / "storage.key").c_str(), 0644), 0);
  EXPECT_EQ(open(nobody).error(), StorageKeyError::open_to_others);
  ASSERT_EQ(::chmod((home / "storage.key").c_str(), 0600), 0);
  std::filesystem::resize_file(home / "storage.key", 31);
  EXPECT_EQ(open(nobody).error(), StorageKeyError::key_file_damaged);
  std::filesystem::remove(home / "storage.key");
  EXPECT_EQ(open(nobody).error(), StorageKeyError::key_file_damaged);
}

TEST_F(StorageKeyTest, APassphraseOpensWhatItSealedAndNoOtherDoes) {
  const auto created = create(KeyPreference::passphrase, answer("correct horse battery"));
  ASSERT_TRUE(created);
  EXPECT_EQ(created->source, KeySource::passphrase);
  EXPECT_TRUE(keyring.entries.empty());
  EXPECT_FALSE(std::filesystem::exists(home / "storage.key"));
  const auto opened = open(answer("correct horse battery"));
  ASSERT_TRUE(opened);
  EXPECT_TRUE(*opened == created->key);
  EXPECT_EQ(open(answer("correct horse batterY")).error(), StorageKeyError::wrong_passphrase);
  EXPECT_EQ(open(nobody).error(), StorageKeyError::passphrase_missing);
}

TEST_F(StorageKeyTest, AShortPassphraseCreatesNothing) {
  EXPECT_EQ(create(KeyPreference::passphrase, answer("elf letters")).error(), StorageKeyError::passphrase_too_short);
  // Counted in characters: eleven of two octets each are still eleven.
  EXPECT_EQ(create(KeyPreference::passphrase, answer("äääääääääää")).error(), StorageKeyError::passphrase_too_short);
  EXPECT_FALSE(has_storage_key(home));
  EXPECT_EQ(open(nobody).error(), StorageKeyError::not_created);
}

TEST_F(StorageKeyTest, ASecondKeyIsRefused) {
  ASSERT_TRUE(create(KeyPreference::best_available, nobody));
  EXPECT_EQ(create(KeyPreference::best_available, nobody).error(), StorageKeyError::already_created);
}

TEST_F(StorageKeyTest, ADamagedRecordIsRefusedAndASealedKeyThatWasChangedToo) {
  ASSERT_TRUE(create(KeyPreference::passphrase, answer("correct horse battery")));
  const std::string good = record();
  for (const std::string_view bad : {"", "{", "[]", "{}", R"({"source":"nowhere"})", R"({"source":"passphrase"})",
                                     R"({"source":"keyring","entry":"not hex"})"}) {
    replace_record(bad);
    EXPECT_EQ(open(answer("correct horse battery")).error(), StorageKeyError::record_damaged) << bad;
  }
  std::string changed = good;
  char& digit = changed[changed.find("wrapped_key") + 15];
  digit = digit == '0' ? '1' : '0';
  replace_record(changed);
  EXPECT_EQ(open(answer("correct horse battery")).error(), StorageKeyError::wrong_passphrase);
  replace_record(good);
  EXPECT_TRUE(open(answer("correct horse battery")));
}

TEST_F(StorageKeyTest, AForgedCostCannotAskForAllMemory) {
  ASSERT_TRUE(create(KeyPreference::passphrase, answer("correct horse battery")));
  std::string forged = record();
  const std::string_view cost = "\"memory_kib\":65536";
  forged.replace(forged.find(cost), cost.size(), "\"memory_kib\":4194303");
  replace_record(forged);
  EXPECT_EQ(open(answer("correct horse battery")).error(), StorageKeyError::record_damaged);
}

TEST_F(StorageKeyTest, AnOpenDirectoryWithContentIsNotTakenAsHome) {
  const auto other = home / "other";
  ASSERT_TRUE(make_private_directory(other));
  ASSERT_TRUE(make_private_directory(other));
  ASSERT_EQ(::chmod(other.c_str(), 0755), 0);
  EXPECT_TRUE(make_private_directory(other));
  std::ofstream(other / "file") << "something";
  ASSERT_EQ(::chmod(other.c_str(), 0755), 0);
  EXPECT_EQ(make_private_directory(other).error(), FileError::open_to_others);
}

}  // namespace
}  // namespace sotto::cli
