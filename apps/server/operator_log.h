#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/settings.h"
#include "service/ports/event_log.h"

namespace sotto::server {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

/// A name and a value of one log line. Never text of people, keys, tokens or account names.
struct LogField {
  std::string_view name;
  std::string value;
};

/// The lines that the server writes to standard error: JSON for machines, or text for a person at a terminal. Lines
/// are written by a thread of their own; if it cannot keep up, the oldest waiting ones are dropped. From any thread.
class OperatorLog final : public service::EventLog {
 public:
  explicit OperatorLog(const Settings& settings);
  /// Writes what waits.
  ~OperatorLog() override;
  OperatorLog(const OperatorLog&) = delete;
  OperatorLog& operator=(const OperatorLog&) = delete;

  void write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});

  /// Security events are of level info.
  void record(const service::SecurityEvent& event) override;

 private:
  struct Sinks;
  std::unique_ptr<Sinks> sinks_;
  bool json_;
};

/// One line without its time: what `OperatorLog` writes, for tests.
[[nodiscard]] std::string json_line(LogLevel level, std::string_view message, std::span<const LogField> fields);
[[nodiscard]] std::string text_line(LogLevel level, std::string_view message, std::span<const LogField> fields);

}  // namespace sotto::server
