// A log line is one line and, as JSON, a JSON object, whatever text it is given.
#include "server/operator_log.h"

#include <array>
#include <gtest/gtest.h>

namespace sotto::server {
namespace {

TEST(OperatorLog, AJsonLineQuotesWhatCouldBreakIt) {
  const std::array fields{LogField{"path", "a\"b\\c\nd"}, LogField{"octets", "\x01\xff"}};
  EXPECT_EQ(json_line(LogLevel::warning, "it happened", fields),
            R"("level":"warning","message":"it happened","path":"a\"b\\c\u000ad","octets":"\u0001\u00ff")");
}

TEST(OperatorLog, ATextLineStaysOneLine) {
  const std::array fields{LogField{"path", "a\nb"}};
  EXPECT_EQ(text_line(LogLevel::info, "done", fields), R"(info done path="a\u000ab")");
}

}  // namespace
}  // namespace sotto::server
