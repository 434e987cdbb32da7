#include "gateway/http_body.h"

#include <array>

#include "base/invariant.h"
#include "gateway/frame_form.h"
#include "wire/json.h"

namespace sotto::gateway {
namespace {

struct Entry {
  std::string_view name;
  wire::Access access;
  wire::Reach reach;
  std::expected<wire::Request, wire::Error> (*read)(std::string_view body);
};

template <class Request>
std::expected<wire::Request, wire::Error> read_request(std::string_view body) {
  auto request = wire::from_json<Request>(body);
  if (!request) return std::unexpected(describe_fault(request.error()));
  return wire::Request(std::move(*request));
}

template <class Operation>
constexpr Entry entry_of(const Operation& operation) {
  return {operation.name, operation.access, operation.reach, read_request<typename Operation::Request>};
}

constexpr auto entries =
    wire::unpack([](const auto&... operation) { return std::array{entry_of(operation)...}; }, wire::operations);

}  // namespace

std::optional<OperationIndex> find_operation(std::string_view name) {
  for (std::size_t index = 0; index < entries.size(); ++index) {
    if (entries[index].name == name && entries[index].reach == wire::Reach::anywhere) {
      return static_cast<OperationIndex>(index);
    }
  }
  return std::nullopt;
}

std::string_view name_of(OperationIndex operation) {
  if (operation == log_fetch) return "log_fetch";
  return operation < entries.size() ? entries[operation].name : "readiness_probe";
}

wire::Access access_of(OperationIndex operation) {
  invariant(operation < entries.size());
  return entries[operation].access;
}

std::expected<wire::Request, wire::Error> read_body(OperationIndex operation, std::string_view body) {
  invariant(operation < entries.size());
  return entries[operation].read(body);
}

std::string write_body(const wire::Answer& answer) {
  return std::visit(
      []<class Answer>(const Answer& one) -> std::string {
        if constexpr (std::same_as<Answer, std::monostate>) {
          return "{}";
        } else {
          return wire::to_json(one);
        }
      },
      answer);
}

}  // namespace sotto::gateway
