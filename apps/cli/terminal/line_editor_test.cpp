// Typing into a line gives the text that was meant, in any script and in any pieces of input, and what other people
// wrote can never steer the terminal.

#include "cli/terminal/line_editor.h"

#include <gtest/gtest.h>

#include "cli/terminal/characters.h"

namespace sotto::cli {
namespace {

std::string typed(std::string_view octets) {
  LineEditor editor(1000);
  KeyDecoder decoder;
  for (const Key& key : decoder.decode(octets)) editor.apply(key);
  return editor.text();
}

TEST(LineEditor, TakesTextOfEveryLength) { EXPECT_EQ(typed("aé€😀"), "aé€😀"); }

TEST(LineEditor, TakesOctetsInAnyPieces) {
  const std::string input = "x€\x1b[D\x1b[D😀\x1b[3~y";
  LineEditor whole(1000);
  KeyDecoder whole_decoder;
  for (const Key& key : whole_decoder.decode(input)) whole.apply(key);
  LineEditor pieces(1000);
  KeyDecoder pieces_decoder;
  for (const char octet : input) {
    for (const Key& key : pieces_decoder.decode({&octet, 1})) pieces.apply(key);
  }
  EXPECT_EQ(whole.text(), "😀y€");
  EXPECT_EQ(pieces.text(), whole.text());
}

TEST(LineEditor, ErasesACharacterWithItsMarks) {
  EXPECT_EQ(typed("ae\xcc\x81\x7f"), "a");           // e + combining acute, backspace
  EXPECT_EQ(typed("ae\xcc\x81\x1b[D\x1b[3~"), "a");  // the same with the cursor before it
  EXPECT_EQ(typed("one two\x17"), "one ");           // Ctrl-W
  EXPECT_EQ(typed("one\x1b[D\x0b"), "on");           // Ctrl-K
  EXPECT_EQ(typed("one\x1b[D\x15"), "e");            // Ctrl-U
  EXPECT_EQ(typed("\x7f\x1b[3~\x1b[D\x17\x0b\x15"), "");
}

TEST(LineEditor, DropsWhatIsNotUtf8AndUnknownSequences) {
  EXPECT_EQ(typed("a\xff\xc3(b"), "a(b");
  EXPECT_EQ(typed("a\x1b[38;5;1mb\x1b[<0;1;1Mc"), "abc");
}

TEST(LineEditor, APasteKeepsItsLineBreaksAndSendsNothing) {
  KeyDecoder decoder;
  LineEditor editor(1000);
  for (const Key& key : decoder.decode("\x1b[200~one\r\x03two\x1b[201~")) {
    EXPECT_EQ(key.kind, KeyKind::character);
    editor.apply(key);
  }
  EXPECT_EQ(editor.text(), "one\ntwo");
  EXPECT_EQ(editor.window(20).text, "one⏎two");
  EXPECT_EQ(decoder.decode("\r"), (std::vector<Key>{{KeyKind::enter}}));
}

TEST(LineEditor, TheWindowFollowsTheCursor) {
  LineEditor editor(1000);
  KeyDecoder decoder;
  for (const Key& key : decoder.decode("0123456789")) editor.apply(key);
  EXPECT_EQ(editor.window(5).text, "6789");
  EXPECT_EQ(editor.window(5).cursor_column, 4u);
  for (const Key& key : decoder.decode("\x1b[H")) editor.apply(key);
  EXPECT_EQ(editor.window(5).text, "01234");
  EXPECT_EQ(editor.window(5).cursor_column, 0u);
}

TEST(LineEditor, AWideCharacterIsNeverCutInTwo) {
  LineEditor editor(1000);
  KeyDecoder decoder;
  for (const Key& key : decoder.decode("漢字かな")) editor.apply(key);
  for (std::size_t columns = 2; columns < 10; ++columns) {
    const auto window = editor.window(columns);
    EXPECT_LE(column_width(decode_utf8(window.text)), columns);
    EXPECT_LT(window.cursor_column, columns);
  }
}

TEST(LineEditor, NothingBeyondTheLimitIsTaken) {
  LineEditor editor(4);
  KeyDecoder decoder;
  for (const Key& key : decoder.decode("ab€c")) editor.apply(key);
  EXPECT_EQ(editor.text(), "abc");
}

TEST(Characters, AnotherPersonsTextCannotSteerTheTerminal) {
  EXPECT_EQ(printable_text("a\x1b[2Jb\x07\x7f\xc2\x9b"
                           "c\r",
                           LineBreaks::kept),
            "a�[2Jb���c�");
  EXPECT_EQ(printable_text("x\u202ey\u2066z", LineBreaks::kept), "x�y�z");
  EXPECT_EQ(printable_text("a\nb", LineBreaks::kept), "a\nb");
  EXPECT_EQ(printable_text("a\nb\tc", LineBreaks::as_spaces), "a b c");
  EXPECT_EQ(printable_text("\xff\xc3", LineBreaks::kept), "��");
}

TEST(Characters, WidthsAreThoseOfATerminal) {
  EXPECT_EQ(column_width(decode_utf8("abc")), 3u);
  EXPECT_EQ(column_width(decode_utf8("漢字")), 4u);
  EXPECT_EQ(column_width(decode_utf8("e\xcc\x81")), 1u);
  EXPECT_EQ(column_width(decode_utf8("😀✓")), 3u);
}

}  // namespace
}  // namespace sotto::cli
