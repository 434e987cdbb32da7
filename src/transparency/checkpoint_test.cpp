// Property: checkpoints are those of C2SP tlog-checkpoint, one form each; only the log's key under the log's name makes
// one; a note names the key that signed it to those who meet the log for the first time.

#include "transparency/checkpoint.h"

#include <gtest/gtest.h>

#include "base/text_encoding.h"
#include "transparency/testing/samples.h"

namespace sotto::transparency {
namespace {

using testing::key_pair;

Checkpoint sample() {
  const Bytes root = from_base64("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=").value();
  return {"example.com/behind-the-sofa", {20'852'163, Sha256Digest::from(root).value()}};
}

TEST(Checkpoint, HasTheTextOfTheSpecification) {
  const std::string text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  EXPECT_EQ(checkpoint_text(sample()), text);
  EXPECT_EQ(parse_checkpoint_text(text), sample());
  EXPECT_EQ(parse_checkpoint_text(text + "an extension\n"), sample());
}

TEST(Checkpoint, OfTheSpecificationIsReadAsANote) {
  const auto note = parse_note(
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
      "\xe2\x80\x94 example.com/behind-the-sofa "
      "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n");
  ASSERT_TRUE(note);
  EXPECT_EQ(parse_checkpoint_text(note->text), sample());
}

TEST(Checkpoint, OfAnotherFormIsRefused) {
  const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  for (const std::string& text :
       std::vector<std::string>{std::string(), std::string("a\n"), std::string("a\n1\n"), "\n1\n" + root,
                                "a\n\n" + root, "a\n01\n" + root, "a\n-1\n" + root, "a\n+1\n" + root, "a\n1 \n" + root,
                                "a\n18446744073709551616\n" + root, "a\n1\n" + root.substr(0, root.size() - 1),
                                std::string("a\n1\nAAAA\n"), "a\n1\n" + root + "\n", "a\n1\n" + root + "extension"}) {
    EXPECT_FALSE(parse_checkpoint_text(text)) << text;
  }
  EXPECT_TRUE(parse_checkpoint_text("a\n0\n" + root));
}

TEST(Checkpoint, IsOpenedWithItsKeyOnly) {
  const crypto::Ed25519KeyPair own = key_pair(1);
  const NoteKey key{sample().origin, own.public_key};
  const std::string note = sign_checkpoint(sample(), own);
  EXPECT_EQ(open_checkpoint(note, key), sample());
  EXPECT_EQ(sign_checkpoint(sample(), own), note);
  EXPECT_EQ(open_checkpoint(note, {key.name, key_pair(2).public_key}).error(), CheckpointError::bad_signature);
  EXPECT_EQ(open_checkpoint(note, {"example.com/other", key.key}).error(), CheckpointError::bad_signature);
  EXPECT_EQ(open_checkpoint("a\n", key).error(), CheckpointError::malformed);
  SignedNote other = parse_note(note).value();
  other.text = "example.com/other\n" + other.text.substr(other.text.find('\n') + 1);
  other.signatures = {sign_note(other.text, key.name, own)};
  EXPECT_EQ(open_checkpoint(print_note(other), key).error(), CheckpointError::other_origin);
}

TEST(Checkpoint, AnnouncesTheKeyThatSignedIt) {
  const crypto::Ed25519KeyPair own = key_pair(1);
  const std::string note = sign_checkpoint(sample(), own);
  EXPECT_EQ(announced_key(note), (NoteKey{sample().origin, own.public_key}));
  SignedNote without = parse_note(note).value();
  without.signatures.pop_back();
  EXPECT_FALSE(announced_key(print_note(without)));
  SignedNote swapped = parse_note(note).value();
  swapped.signatures.back().signature[3] ^= 1;
  EXPECT_FALSE(announced_key(print_note(swapped))) << "the line's id does not fit another key";
}

}  // namespace
}  // namespace sotto::transparency
