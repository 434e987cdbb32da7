#pragma once

#include <string>
#include <string_view>

#include "cli/console/failure.h"

namespace sotto::cli {

enum class OutputForm : std::uint8_t { text, json };

/// A colour of text, or its absence.
enum class Shade : std::uint8_t { plain, dim, strong, good, bad };

/// Where a command's results and remarks go: results to standard output, one whole line at a time, everything else to
/// standard error. With `OutputForm::json` both are JSON, one object a line.
class Console {
 public:
  explicit Console(OutputForm form);

  [[nodiscard]] OutputForm form() const { return form_; }
  [[nodiscard]] bool is_json() const { return form_ == OutputForm::json; }
  /// Standard output is a terminal.
  [[nodiscard]] bool is_terminal() const { return output_is_terminal_; }
  /// Standard output is a terminal and NO_COLOR is not set.
  [[nodiscard]] bool has_colours() const { return colours_; }

  /// Prints a result and flushes. False if nobody reads standard output any more.
  bool print(std::string_view line);

  /// `text` in a shade, where there are colours.
  [[nodiscard]] std::string shaded(std::string_view text, Shade shade) const;

  struct Notice {
    /// Stable name for programs.
    std::string_view code;
    /// For people.
    std::string_view text;
  };
  /// Something that the person should know, though the command goes on.
  void notice(const Notice& notice);

  /// Prints why the command came to nothing; returns its exit code.
  ExitCode fail(const Failure& failure);

 private:
  OutputForm form_;
  bool output_is_terminal_;
  bool colours_;
};

}  // namespace sotto::cli
