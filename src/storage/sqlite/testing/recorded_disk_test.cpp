// Properties: after a power loss a file holds what was synced; of the rest, nothing, all, or pieces of it; a sync that
// failed promises nothing, now or later; a new file is there only once its directory was synced.
#include "storage/sqlite/testing/recorded_disk.h"

#include <gtest/gtest.h>

namespace sotto::storage::sqlite::testing {
namespace {

const DiskImage one_file{{"a", Bytes(2'048, 'o')}};
const FileWritten write_of_all{.file = 0, .offset = 0, .octets = Bytes(2'048, 'n')};

TEST(RecordedDisk, KeepsWhatWasSyncedAndForgetsTheRest) {
  RecordedDisk disk(one_file, 1);
  disk.apply(FileWritten{.file = 0, .offset = 0, .octets = {'1'}});
  disk.apply(FileSynced{.file = 0, .covers = 1});
  disk.apply(FileWritten{.file = 0, .offset = 1, .octets = {'2'}});
  EXPECT_EQ(disk.cut(Unsynced::dropped).at("a")[0], '1');
  EXPECT_EQ(disk.cut(Unsynced::dropped).at("a")[1], 'o');
  EXPECT_EQ(disk.cut(Unsynced::kept).at("a")[1], '2');
}

TEST(RecordedDisk, ASyncCoversWhatCameBeforeItBegan) {
  RecordedDisk disk(one_file, 1);
  disk.apply(FileWritten{.file = 0, .offset = 0, .octets = {'1'}});
  disk.apply(FileWritten{.file = 0, .offset = 1, .octets = {'2'}});
  disk.apply(FileSynced{.file = 0, .covers = 1});
  EXPECT_EQ(disk.cut(Unsynced::dropped).at("a")[0], '1');
  EXPECT_EQ(disk.cut(Unsynced::dropped).at("a")[1], 'o');
}

TEST(RecordedDisk, TearsWritesInPiecesAndTouchesNothingElse) {
  bool torn = false;
  for (std::uint64_t seed = 1; seed < 50; ++seed) {
    RecordedDisk disk(one_file, seed);
    disk.apply(FileWritten{.file = 0, .offset = 100, .octets = Bytes(1'000, 'n')});
    const Bytes content = disk.cut(Unsynced::torn).at("a");
    ASSERT_EQ(content.size(), 2'048U);
    for (std::size_t octet = 0; octet < content.size(); ++octet) {
      EXPECT_TRUE((octet >= 100 && octet < 1'100) || content[octet] == 'o');
    }
    torn = torn || content[100] != content[1'099];
  }
  EXPECT_TRUE(torn);
}

TEST(RecordedDisk, AFailedSyncIsNotMendedByALaterOne) {
  bool lost = false;
  for (std::uint64_t seed = 1; seed < 50; ++seed) {
    RecordedDisk disk(one_file, seed);
    disk.apply(write_of_all);
    disk.apply(FileSynced{.file = 0, .covers = 1, .failed = true});
    disk.apply(FileSynced{.file = 0, .covers = 2});
    lost = lost || disk.cut(Unsynced::kept).at("a") == one_file.at("a");
  }
  EXPECT_TRUE(lost);
}

TEST(RecordedDisk, ANewFileIsThereOnceItsDirectoryWasSynced) {
  RecordedDisk disk({}, 1);
  disk.apply(FileCreated{.name = "b", .file = 0});
  disk.apply(FileSynced{.file = 0, .covers = 1});
  EXPECT_FALSE(disk.cut(Unsynced::dropped).contains("b"));
  EXPECT_TRUE(disk.cut(Unsynced::kept).contains("b"));
  disk.apply(FileSynced{.file = 0, .covers = 2, .directory = true});
  EXPECT_TRUE(disk.cut(Unsynced::dropped).contains("b"));
  disk.apply(FileRemoved{.name = "b"});
  EXPECT_TRUE(disk.cut(Unsynced::dropped).contains("b"));
  disk.apply(DirectorySynced{.covers = 4});
  EXPECT_FALSE(disk.cut(Unsynced::dropped).contains("b"));
}

}  // namespace
}  // namespace sotto::storage::sqlite::testing
