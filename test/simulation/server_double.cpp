#include "simulation/server_double.h"

#include "service/jobs.h"

namespace sotto::simulation {
namespace {

template <class Result>
wire::Answer answer_of(const service::Outcome<Result>& outcome) {
  if (outcome) return outcome->answer;
  return outcome.error().error;
}

wire::Error error(wire::ErrorCode code) {
  wire::Error result;
  result.code = code;
  return result;
}

}  // namespace

ServerDouble::ServerDouble(std::uint64_t seed) : disk_(storage_, seed + 1), server_(disk_, seed) {}

void ServerDouble::restart() {
  connections_.clear();
  if (disk_.state() == FailingDisk::State::lost) disk_.set(FailingDisk::State::well);
}

ConnectionNumber ServerDouble::connect() {
  connections_.emplace(next_connection_, Connection{});
  return next_connection_++;
}

void ServerDouble::disconnect(ConnectionNumber connection) { connections_.erase(connection); }

template <class Request>
wire::Answer ServerDouble::answer(Connection& connection, const Request& request) {
  if constexpr (std::is_same_v<Request, std::monostate>) {
    return error(wire::ErrorCode::malformed);
  } else if constexpr (service::work_kind<Request> == service::WorkKind::password) {
    return answer_of(server_.enter(request));
  } else if constexpr (std::is_same_v<Request, wire::Refresh>) {
    return answer_of(server_.refresh(request.refresh_token));
  } else if constexpr (std::is_same_v<Request, wire::Authenticate>) {
    const auto checked = server_.tokens.check(request.access_token, server_.now);
    if (!checked) return service::refusal_for(checked.error()).error;
    const auto outcome = server_.ask(checked->caller, request);
    if (outcome) connection.caller = checked->caller;
    return answer_of(outcome);
  } else if constexpr (std::is_same_v<Request, wire::BeginLink> || std::is_same_v<Request, wire::FinishLink>) {
    return answer_of(server_.ask(request));
  } else if constexpr (service::caller_is_optional<Request>) {
    return answer_of(connection.caller ? server_.ask(*connection.caller, request) : server_.ask(request));
  } else {
    if (!connection.caller) return error(wire::ErrorCode::unauthenticated);
    if constexpr (std::is_same_v<Request, wire::Resume>) connection.live = true;
    return answer_of(server_.ask(*connection.caller, request));
  }
}

std::vector<Outgoing> ServerDouble::receive(ConnectionNumber number, ByteView frame) {
  const auto found = connections_.find(number);
  if (found == connections_.end()) return {};
  const auto decoded = wire::decode<wire::ClientFrame>(frame);
  if (!decoded) return {{number, {.id = 0, .answer = error(wire::ErrorCode::malformed)}}};
  server_.notices.clear();
  server_.events.clear();
  Connection& connection = found->second;
  wire::ServerFrame reply{.id = decoded->id, .answer = {}};
  const std::size_t kept_failures = disk_.kept_failures();
  {
    const FailingDisk::Serving serving(disk_);
    reply.answer = std::visit([&](const auto& request) { return answer(connection, request); }, decoded->request);
  }
  if (alter_answer) {
    // Who notes what the server takes must hear of what it took although it said no.
    wire::ServerFrame taken{.id = decoded->id, .answer = wire::Done{}};
    const bool is_kept = disk_.kept_failures() > kept_failures;
    alter_answer({connection.caller ? &*connection.caller : nullptr, *decoded}, is_kept ? taken : reply);
  }
  if (watch_leaving && connection.caller) watch_leaving(*connection.caller, reply);
  std::vector<Outgoing> out;
  out.push_back({number, std::move(reply)});
  push_notices(out);
  return out;
}

std::vector<ConnectionNumber> ServerDouble::receivers_of(const service::Notice& notice) const {
  std::vector<ConnectionNumber> receivers;
  const auto* login = std::get_if<wire::LoginEnded>(&notice.frame->answer);
  if (login != nullptr && keeps_ended_logins) return receivers;
  for (const auto& [number, connection] : connections_) {
    if (!connection.caller || connection.caller->account != notice.account) continue;
    if (notice.device && *notice.device != connection.caller->device) continue;
    if (notice.except_device && *notice.except_device == connection.caller->device) continue;
    if (login != nullptr ? login->login == connection.caller->login : connection.live) receivers.push_back(number);
  }
  return receivers;
}

void ServerDouble::push_notices(std::vector<Outgoing>& out) {
  for (const service::Notice& notice : server_.notices) {
    if (notice.kind != service::NoticeKind::push) continue;
    for (const ConnectionNumber number : receivers_of(notice)) {
      wire::ServerFrame frame = *notice.frame;
      if (alter_push && !alter_push(notice.account, frame)) continue;
      Connection& connection = connections_.at(number);
      if (watch_leaving) watch_leaving(*connection.caller, frame);
      out.push_back({number, std::move(frame)});
      // Nothing follows the end of a login.
      if (std::holds_alternative<wire::LoginEnded>(notice.frame->answer)) connection = {};
    }
  }
  server_.notices.clear();
}

void ServerDouble::run_jobs() {
  if (disk_.state() != FailingDisk::State::well) return;
  server_.write([&](service::UnitOfWork& unit) {
    for (const service::Job& job : service::jobs) {
      while (job.run(unit, server_.now) == service::job_batch) continue;
    }
    return 0;
  });
}

std::vector<ConnectionNumber> ServerDouble::connections_of(AccountId account) const {
  std::vector<ConnectionNumber> numbers;
  for (const auto& [number, connection] : connections_) {
    if (connection.caller && connection.caller->account == account && connection.live) numbers.push_back(number);
  }
  return numbers;
}

std::vector<wire::LogEntry> ServerDouble::log(ConversationId conversation) {
  std::vector<wire::LogEntry> entries;
  while (true) {
    const std::uint64_t after = entries.empty() ? 0 : entries.back().seq;
    std::vector<wire::LogEntry> page = server_.read([&](service::UnitOfWork& unit) {
      return unit.conversations().read({.conversation = conversation, .after = after});
    });
    if (page.empty()) return entries;
    std::ranges::move(page, std::back_inserter(entries));
  }
}

}  // namespace sotto::simulation
