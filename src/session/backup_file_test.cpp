// A backup in a file or in QR codes comes back as it was, in whatever order the codes are read; a missing end, a pack
// of another file or a misread code is found (threat 6).

#include "session/backup_file.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "base/text_encoding.h"
#include "crypto/testing/deterministic_random.h"
#include "session/testing/golden.h"

namespace sotto::session {
namespace {

class BackupFileTest : public ::testing::Test {
 protected:
  Bytes octets(std::size_t size) {
    Bytes result(size);
    random_.fill(result);
    return result;
  }

  crypto::DeterministicRandom random_{61};
  BackupKey key_ = random_.next_secret<32>();
  BackupFile file_{.backup = random_.next<BackupId>(), .header = octets(200), .packs = {octets(300), octets(900)}};
};

TEST_F(BackupFileTest, IsReadBackAsItWasWritten) {
  const Bytes written = write_backup_file(file_, key_);
  EXPECT_EQ(read_backup_file(written).value(), file_);
  EXPECT_TRUE(is_whole(written, key_));
  EXPECT_FALSE(is_whole(written, random_.next_secret<32>()));
}

TEST_F(BackupFileTest, Threat6CutOrChangedFileIsFound) {
  const Bytes written = write_backup_file(file_, key_);
  for (std::size_t size = 0; size < written.size(); ++size) {
    const ByteView cut = ByteView(written).first(size);
    EXPECT_FALSE(read_backup_file(cut).has_value() && is_whole(cut, key_)) << size;
  }
  for (std::size_t position = 0; position < written.size(); ++position) {
    Bytes changed = written;
    changed[position] ^= static_cast<std::uint8_t>(1 << position % 8);
    EXPECT_FALSE(is_whole(changed, key_)) << position;
  }
  EXPECT_EQ(read_backup_file(as_bytes("a poem")).error(), BackupFileError::not_a_backup);
  Bytes newer = written;
  newer[13] = 2;
  EXPECT_EQ(read_backup_file(newer).error(), BackupFileError::unsupported);
  EXPECT_EQ(read_backup_file(ByteView(written).first(60)).error(), BackupFileError::damaged);
}

TEST_F(BackupFileTest, FramesComeTogetherInAnyOrder) {
  for (const std::size_t size : {1UL, frame_share, frame_share + 1, 5'000UL}) {
    const Bytes whole = octets(size);
    auto frames = split_into_frames(whole);
    ASSERT_TRUE(frames.has_value());
    std::ranges::reverse(*frames);
    frames->push_back(frames->front());
    FrameCollector collector;
    for (const std::string& frame : *frames) ASSERT_TRUE(collector.add(" " + frame + "\n").has_value());
    EXPECT_EQ(collector.needed(), collector.held());
    EXPECT_EQ(collector.whole().value(), whole);
  }
  EXPECT_FALSE(split_into_frames({}).has_value());
  EXPECT_FALSE(split_into_frames(octets(frame_share * max_frames + 1)).has_value());
}

TEST_F(BackupFileTest, MisreadForeignAndMissingFramesAreNamed) {
  const auto frames = split_into_frames(octets(500));
  const auto others = split_into_frames(octets(500));
  FrameCollector collector;
  EXPECT_EQ(collector.add("https://example.org").error(), FrameError::not_a_frame);
  EXPECT_TRUE(collector.add(frames->at(1)).has_value());
  EXPECT_EQ(collector.add(others->at(0)).error(), FrameError::other_backup);
  std::string misread = frames->at(0);
  misread[30] = misread[30] == 'A' ? 'B' : 'A';
  EXPECT_EQ(collector.add(misread).error(), FrameError::damaged);
  EXPECT_FALSE(collector.whole().has_value());
  EXPECT_EQ(collector.held(), 1U);
  EXPECT_EQ(collector.needed(), 3U);
}

TEST(BackupFileGolden, FileAndFramesKeepTheirForm) {
  crypto::DeterministicRandom random(63);
  const auto key = random.next_secret<32>();
  const BackupFile file{.backup = random.next<BackupId>(), .header = {1, 2, 3}, .packs = {{4}, {5, 6}}};
  const Bytes written = write_backup_file(file, key);
  testing::expect_golden("backup_file.txt", to_hex(written) + "\n" + split_into_frames(written)->at(0));
}

}  // namespace
}  // namespace sotto::session
