// Property: notes are those of C2SP signed-note. The published example of Go's note package verifies, each note has one
// form, and no change of a signed note's text or signature goes unseen.

#include "transparency/note.h"

#include <gtest/gtest.h>

namespace sotto::transparency {
namespace {

constexpr std::string_view published_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view published_note =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\xe2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

TEST(Note, OfThePublishedExampleVerifies) {
  const auto key = parse_key(published_key);
  ASSERT_TRUE(key);
  EXPECT_EQ(key_id(*key), 0xc74f20a3u);
  EXPECT_EQ(print_key(*key), published_key);
  const auto note = parse_note(published_note);
  ASSERT_TRUE(note);
  EXPECT_TRUE(verify_note(*note, *key));
  EXPECT_EQ(print_note(*note), published_note);
}

TEST(Note, WithAnyOctetChangedIsRefused) {
  const NoteKey key = parse_key(published_key).value();
  for (std::size_t index = 0; index < published_note.size(); ++index) {
    std::string changed(published_note);
    changed[index] = static_cast<char>(changed[index] ^ 1);
    const auto note = parse_note(changed);
    EXPECT_FALSE(note && verify_note(*note, key)) << index;
  }
}

TEST(Note, IsVerifiedBesideSignaturesOfOthers) {
  const NoteKey key = parse_key(published_key).value();
  SignedNote note = parse_note(published_note).value();
  note.signatures.insert(note.signatures.begin(), {"witness.example", 7, Bytes(100, 1)});
  note.signatures.push_back({key.name, 8, Bytes(64, 2)});
  EXPECT_TRUE(verify_note(parse_note(print_note(note)).value(), key)) << "another id is another key";
  note.signatures.push_back({key.name, key_id(key), Bytes(64, 2)});
  EXPECT_EQ(verify_note(note, key).error(), NoteError::bad_signature) << "one bad signature of the key is enough";
  note.signatures.erase(note.signatures.begin() + 1, note.signatures.end());
  EXPECT_EQ(verify_note(note, key).error(), NoteError::not_signed);
}

TEST(Note, MayHoldEmptyLinesInItsText) {
  const NoteSignature line{"a", 1, Bytes(64, 0)};
  const SignedNote note{"one\n\nthree\n", {line}};
  EXPECT_EQ(parse_note(print_note(note)), note);
}

TEST(Note, OfAnotherFormIsRefused) {
  const std::string line = print_note({"", {{"a", 1, Bytes(64, 0)}}}).substr(1);
  for (const std::string& text : std::vector<std::string>{
           std::string(), std::string("\n"), std::string("text\n"), std::string("text\n\n"), "text\n" + line,
           "text" + line, "text\n\n" + line.substr(0, line.size() - 1), "text\n\n" + line + "\n", "text\n\nx" + line,
           "te\rxt\n\n" + line, "te\xffxt\n\n" + line, "text\n\n" + line.substr(0, line.size() - 2) + "\n",
           "text\n\n\xe2\x80\x94 a  AAAAAAA=\n", "text\n\n\xe2\x80\x94 a AAAAAA==\n"}) {
    EXPECT_FALSE(parse_note(text)) << text;
  }
  std::string many = "text\n\n";
  for (int count = 0; count < 33; ++count) many += line;
  EXPECT_FALSE(parse_note(many));
  EXPECT_TRUE(parse_note(many.substr(0, many.size() - line.size())));
}

TEST(NoteKey, HasOneForm) {
  EXPECT_TRUE(is_key_name("chat.example.com/log"));
  for (const char* name : {"", "a b", "a+b", "a\nb",
                           "a\xc2\xa0"
                           "b",
                           "a\xe3\x80\x80", "\xff"}) {
    EXPECT_FALSE(is_key_name(name)) << name;
  }
  for (std::string text :
       {"PeterNeumann", "PeterNeumann+c74f20a3", "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"}) {
    EXPECT_FALSE(parse_key(text)) << text;
  }
}

}  // namespace
}  // namespace sotto::transparency
