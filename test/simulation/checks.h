#pragma once

#include <string>
#include <vector>

#include "simulation/course.h"
#include "simulation/home_reader.h"
#include "simulation/ledger.h"
#include "simulation/world.h"

namespace sotto::simulation {

/// What must hold after a run, whatever happened in it. The world is at rest, all of its processes run, and everybody
/// who may be is logged in. Each breach begins with the name of its checker:
///
/// - `[outsider]` Who was no member, or whose device was not on its account's list, when a message was sealed does not
///   show it, and could not open it with all that its home holds if the server handed it over.
/// - `[handed]` The server handed nobody an entry that was not his (found while it happened).
/// - `[unopened]`, `[order]` Every device of every current member shows every message that was sealed for it, once,
/// with
///   the words that were written, in the order of the log; `excuse` lists what may come in between.
/// - `[lost]`, `[doubled]` What an engine took is in the log once, in the order of writing, or it says why not.
/// - `[left]` Of a message that was to disappear nothing is left: no words and no key in any home's file, not even
///   sealed, and no body on the server.
/// - `[plain]` Neither the server nor a home's file holds written words.
/// - `[quiet]` Every device that is on its account's list is signed in and up to date.
/// - `[bounds]` What a home and its mailbox hold is bounded.
class Checks {
 public:
  /// Borrows all for its life.
  Checks(World& world, Ledger& ledger, const Course& course) : world_(world), ledger_(ledger), course_(course) {}

  [[nodiscard]] std::vector<std::string> run();

 private:
  using Lines = std::vector<client::TimelineMessage>;

  void breach(std::string_view checker, const std::string& text);
  [[nodiscard]] std::string name(std::size_t home) const;
  [[nodiscard]] std::string name(const session::DeviceAddress& device) const;
  [[nodiscard]] Lines lines(std::size_t home, ConversationId conversation);

  void check_home(std::size_t home);
  void check_outsider(std::size_t home, HomeReader& reader);
  [[nodiscard]] bool could_open(std::size_t home, HomeReader& reader, const wire::LogEntry& entry);

  void check_conversation(std::size_t home, ConversationId conversation);
  void check_entry(std::size_t home, const LoggedEntry& logged, const Lines& shown);
  [[nodiscard]] std::string_view excuse(std::size_t home, const LoggedEntry& logged);
  [[nodiscard]] bool was_put_back(const session::DeviceAddress& device) const;

  void check_written();
  void check_missing(MessageId message, const Written& written);
  void check_left(std::size_t home, HomeReader& reader);
  void check_file(std::size_t home, const HomeReader& reader, std::string_view suffix);
  void check_server();
  void check_bounds(std::size_t home, HomeReader& reader);

  World& world_;
  Ledger& ledger_;
  const Course& course_;
  std::vector<std::string> breaches_;
};

}  // namespace sotto::simulation
