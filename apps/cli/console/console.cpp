#include "cli/console/console.h"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

#include "wire/json_writer.h"

namespace sotto::cli {
namespace {

bool colours_are_wanted() {
  const char* refused = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  return (refused == nullptr || *refused == '\0') && !dumb;
}

std::string_view sequence_of(Shade shade) {
  switch (shade) {
    case Shade::plain:
      return "";
    case Shade::dim:
      return "\x1b[2m";
    case Shade::strong:
      return "\x1b[1m";
    case Shade::good:
      return "\x1b[32m";
    case Shade::bad:
      return "\x1b[31m";
  }
  return "";
}

bool write_line(std::FILE* file, std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), file);
  std::fputc('\n', file);
  return std::fflush(file) == 0 && std::ferror(file) == 0;
}

std::string json_string(std::string_view text) {
  std::string out;
  wire::append_json_string(out, text);
  return out;
}

}  // namespace

Console::Console(OutputForm form)
    : form_(form),
      output_is_terminal_(::isatty(STDOUT_FILENO) == 1),
      colours_(output_is_terminal_ && colours_are_wanted()) {}

bool Console::print(std::string_view line) { return write_line(stdout, line); }

std::string Console::shaded(std::string_view text, Shade shade) const {
  if (!colours_ || shade == Shade::plain) return std::string(text);
  return std::string(sequence_of(shade)) + std::string(text) + "\x1b[0m";
}

void Console::notice(const Notice& notice) {
  if (is_json()) {
    write_line(stderr,
               R"({"notice":{"code":)" + json_string(notice.code) + R"(,"text":)" + json_string(notice.text) + "}}");
  } else {
    write_line(stderr, "sotto: " + std::string(notice.text));
  }
}

ExitCode Console::fail(const Failure& failure) {
  if (is_json()) {
    write_line(stderr, R"({"error":{"code":)" + json_string(failure.code) + R"(,"text":)" + json_string(failure.text) +
                           R"(,"exit_code":)" + std::to_string(static_cast<int>(failure.exit)) + "}}");
  } else {
    write_line(stderr, "sotto: " + failure.text);
  }
  return failure.exit;
}

}  // namespace sotto::cli
