#pragma once

#include "gateway/http_routes.h"
#include "gateway/poll_table.h"
#include "gateway/protocol.h"
#include "gateway/surroundings.h"
#include "transport/http_request.h"
#include "transport/http_response.h"

namespace sotto::gateway {

/// HTTP/1.1 over one connection: one request after the other, each answered before the next is looked at, until one of
/// them turns the connection into a stream.
class HttpSession final : public Protocol, public PollWaiter {
 public:
  /// All borrowed for the session's life.
  HttpSession(Line& line, Surroundings& surroundings, PortKind kind);
  ~HttpSession() override { stop_polling(); }
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;

  [[nodiscard]] std::size_t take(std::span<std::uint8_t> input) override;
  [[nodiscard]] bool wants_input() const override { return phase_ != Phase::answering; }
  [[nodiscard]] std::size_t requests_under_way() const override { return phase_ == Phase::answering ? 1 : 0; }
  void receive(Reply reply) override;
  void drained() override {}
  void stop() override;
  [[nodiscard]] std::optional<transport::MonotonicTime> deadline() const override;
  void on_deadline() override;
  void answer_poll(std::string body) override;
  void refuse_poll(const wire::Error& error) override;

 private:
  enum class Phase : std::uint8_t { first_header, idle, header, body, answering };

  void refuse_octets(transport::HttpError error);
  void handle(const transport::HttpRequest& request);
  void open_route(const Route& route, const transport::HttpRequest& request);
  void ask(OperationIndex operation, const transport::HttpRequest& request);
  void probe();
  void fetch(const service::LogAddress& address, const transport::HttpRequest& request);
  void answer_resource(std::string octets);
  void open_stream(const transport::HttpRequest& request);
  // In http_session_web.cpp.
  void serve_page(const transport::HttpRequest& request);
  // The poll routes, in http_session_polls.cpp.
  void ask_poll(RouteKind kind, const transport::HttpRequest& request);
  void open_poll(const transport::HttpRequest& request);
  void send_polled(const transport::HttpRequest& request);
  void receive_polled(const transport::HttpRequest& request);
  void close_poll(const transport::HttpRequest& request);
  void stop_polling();
  /// The body; if it is none, that was answered.
  template <class Request>
  [[nodiscard]] std::optional<Request> read_poll(const transport::HttpRequest& request);
  /// The stream that it names; null if there is none, and then that was answered.
  template <class Request>
  [[nodiscard]] PollSession* find_polled(const Request& body);
  template <class Message>
  void answer_polled(const Message& message);

  /// Whether the request was refused before its body was looked at.
  [[nodiscard]] bool refuse_form(const transport::HttpRequest& request);
  [[nodiscard]] std::optional<wire::Error> check_form(const transport::HttpRequest& request) const;
  /// The client's address, which a trusted proxy may state.
  [[nodiscard]] std::string address_of(const transport::HttpRequest& request) const;

  void answer(transport::HttpResponse response);
  void answer(const wire::Error& error);
  void answer_json(unsigned status, std::string body);
  void answer_in(Form form, std::string body);
  /// That the body's Content-Type is none that is read here.
  void refuse_content(std::string_view why);
  void enter(Phase phase);

  Line& line_;
  Surroundings& surroundings_;
  PortKind kind_;
  Phase phase_ = Phase::first_header;
  transport::MonotonicTime phase_began_at_;
  std::size_t body_size_ = 0;  // Octets of the body that have come.
  std::unique_ptr<transport::HttpRequestReader> reader_;
  /// The polled stream that this request waits for.
  std::optional<ConnectionId> polling_;
  /// How the present request to a poll route is written, and so its answer.
  Form poll_form_ = Form::json;
  bool keep_alive_ = true;
  bool head_only_ = false;
  /// What a `log_fetch` under way asked for.
  service::LogResource fetched_ = service::LogResource::checkpoint;
};

}  // namespace sotto::gateway
