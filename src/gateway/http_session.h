#pragma once

#include "gateway/http_routes.h"
#include "gateway/protocol.h"
#include "gateway/surroundings.h"
#include "transport/http_request.h"
#include "transport/http_response.h"

namespace sotto::gateway {

/// HTTP/1.1 over one connection: one request after the other, each answered before the next is looked at, until one of
/// them turns the connection into a stream.
class HttpSession final : public Protocol {
 public:
  /// All borrowed for the session's life.
  HttpSession(Line& line, Surroundings& surroundings, PortKind kind);

  [[nodiscard]] std::size_t take(std::span<std::uint8_t> input) override;
  [[nodiscard]] bool wants_input() const override { return phase_ != Phase::answering; }
  [[nodiscard]] std::size_t requests_under_way() const override { return phase_ == Phase::answering ? 1 : 0; }
  void receive(Reply reply) override;
  void drained() override {}
  void stop() override;
  [[nodiscard]] std::optional<transport::MonotonicTime> deadline() const override;
  void on_deadline() override;

 private:
  enum class Phase : std::uint8_t { first_header, idle, header, body, answering };

  void refuse_octets(transport::HttpError error);
  void handle(const transport::HttpRequest& request);
  void open_route(const Route& route, const transport::HttpRequest& request);
  void ask(OperationIndex operation, const transport::HttpRequest& request);
  void probe();
  void open_stream(const transport::HttpRequest& request);
  [[nodiscard]] std::optional<wire::Error> check_form(const transport::HttpRequest& request) const;
  /// The client's address, which a trusted proxy may state.
  [[nodiscard]] std::string address_of(const transport::HttpRequest& request) const;

  void answer(transport::HttpResponse response);
  void answer(const wire::Error& error);
  void answer_json(unsigned status, std::string body);
  void enter(Phase phase);

  Line& line_;
  Surroundings& surroundings_;
  PortKind kind_;
  Phase phase_ = Phase::first_header;
  transport::MonotonicTime phase_began_at_;
  std::size_t body_size_ = 0;  // Octets of the body that have come.
  std::unique_ptr<transport::HttpRequestReader> reader_;
  bool keep_alive_ = true;
  bool head_only_ = false;
};

}  // namespace sotto::gateway
