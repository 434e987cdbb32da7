#include "server/operator_log.h"

#include <array>
#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "base/text_encoding.h"

namespace sotto::server {
namespace {

constexpr std::size_t waiting_lines = 8'192;

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "error";
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

void append_quoted(std::string& line, std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  line += '"';
  for (const char letter : text) {
    const auto octet = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      line += '\\';
      line += letter;
    } else if (octet < 0x20 || octet >= 0x7f) {
      // Also what is not ASCII: a line stays a line and valid JSON whatever came in.
      line.append("\\u00");
      line += hex[octet >> 4];
      line += hex[octet & 15];
    } else {
      line += letter;
    }
  }
  line += '"';
}

bool wants_json(const Settings& settings) {
  if (settings.log.format != "auto") return settings.log.format == "json";
  return ::isatty(STDERR_FILENO) == 0;
}

}  // namespace

std::string json_line(LogLevel level, std::string_view message, std::span<const LogField> fields) {
  std::string line = R"("level":)";
  append_quoted(line, name_of(level));
  line += R"(,"message":)";
  append_quoted(line, message);
  for (const LogField& field : fields) {
    line += ',';
    append_quoted(line, field.name);
    line += ':';
    append_quoted(line, field.value);
  }
  return line;
}

std::string text_line(LogLevel level, std::string_view message, std::span<const LogField> fields) {
  std::string line(name_of(level));
  line.append(" ").append(message);
  for (const LogField& field : fields) {
    line.append(" ").append(field.name).append("=");
    append_quoted(line, field.value);
  }
  return line;
}

struct OperatorLog::Sinks {
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::async_logger> logger;
};

OperatorLog::OperatorLog(const Settings& settings) : sinks_(std::make_unique<Sinks>()), json_(wants_json(settings)) {
  sinks_->pool = std::make_shared<spdlog::details::thread_pool>(waiting_lines, 1);
  sinks_->logger = std::make_shared<spdlog::async_logger>("sottod", std::make_shared<spdlog::sinks::stderr_sink_mt>(),
                                                          sinks_->pool, spdlog::async_overflow_policy::overrun_oldest);
  sinks_->logger->set_pattern(json_ ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ",%v})" : "%Y-%m-%d %H:%M:%S.%e %v",
                              json_ ? spdlog::pattern_time_type::utc : spdlog::pattern_time_type::local);
  for (const LogLevel level : {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error}) {
    if (name_of(level) == settings.log.level) sinks_->logger->set_level(spdlog_level(level));
  }
  sinks_->logger->flush_on(spdlog::level::info);
}

OperatorLog::~OperatorLog() = default;

void OperatorLog::write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  if (!sinks_->logger->should_log(spdlog_level(level))) return;
  const std::span<const LogField> all(fields.begin(), fields.size());
  sinks_->logger->log(spdlog_level(level), json_ ? json_line(level, message, all) : text_line(level, message, all));
}

void OperatorLog::record(const service::SecurityEvent& event) {
  const auto hex = [](const auto& id) { return id ? to_hex(id->view()) : std::string(); };
  write(LogLevel::info, "security event",
        {{"event", std::string(service::name_of(event.kind))},
         {"account", hex(event.account)},
         {"device", hex(event.device)},
         {"login", hex(event.login)},
         {"address", event.address}});
}

}  // namespace sotto::server
