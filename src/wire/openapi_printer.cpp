#include <algorithm>

#include "wire/json_schema_printer.h"
#include "wire/schema.h"

namespace sotto::wire {
namespace {

constexpr std::string_view introduction =
    "Each operation is a POST of one JSON object to /api/v1/<name>; its answer is one JSON object. A refused request "
    "has changed nothing and is answered with an Error.\n\n"
    "The same operations are spoken on the stream, a WebSocket at /api/v1/stream: text frames hold the JSON form of "
    "ClientFrame and ServerFrame, binary frames their protobuf form, and a frame is answered in the form of the one "
    "that asked. The first frame authenticates; `resume` then starts live pushes, which are ServerFrames with id 0. "
    "A push is a hint and may be dropped (`behind`); the log is the truth and is read by cursor.\n\n"
    "Where no WebSocket gets through, polls carry the same stream: /api/v1/poll/open names one, send and receive take "
    "and give its frames in JSON, and close ends it. The name is a secret and stands for the login.\n\n"
    "Numbers are integers up to 2^53 - 1, times Unix milliseconds, ids and keys hexadecimal, other octets base64. "
    "Members that are not known are skipped, absent ones count as their default.";

constexpr std::string_view reference_prefix = "#/components/schemas/";

class OpenApiPrinter {
 public:
  explicit OpenApiPrinter(const Schema& schema) : schema_(schema) {}

  std::string print() {
    out_.begin_object().name("openapi").text("3.1.0");
    out_.name("info").begin_object().name("title").text("Sotto").name("version").text("1");
    out_.name("description").text(describe_api()).end_object();
    out_.name("servers").begin_array().begin_object().name("url").text("/").end_object().end_array();
    print_paths();
    print_components();
    out_.end_object();
    return out_.finish();
  }

 private:
  [[nodiscard]] std::string describe_api() const {
    std::string text(introduction);
    text += "\n\nOn the stream only:";
    for (const SchemaOperation& operation : schema_.operations) {
      if (operation.reach != Reach::stream_only) continue;
      text.append(" `").append(operation.name).append("` (").append(operation.request).append(" -> ");
      text.append(operation.answer).append(")");
    }
    return text;
  }

  [[nodiscard]] std::string_view meaning_of(std::string_view name) const {
    const auto found = std::find_if(schema_.messages.begin(), schema_.messages.end(),
                                    [name](const SchemaMessage& message) { return message.name == name; });
    return found == schema_.messages.end() ? std::string_view() : found->meaning;
  }

  void print_paths() {
    out_.name("paths").begin_object();
    for (const SchemaOperation& operation : schema_.operations) {
      if (operation.reach == Reach::anywhere) print_operation(operation);
    }
    print_stream();
    for (const SchemaOperation& poll : schema_.polls) print_operation(poll);
    out_.end_object();
  }

  /// The names of polls are paths of two parts.
  [[nodiscard]] static std::string id_of(const SchemaOperation& operation) {
    std::string id(operation.name);
    std::ranges::replace(id, '/', '_');
    return id;
  }

  void print_operation(const SchemaOperation& operation) {
    out_.name(std::string("/api/v1/").append(operation.name)).begin_object().name("post").begin_object();
    out_.name("operationId").text(id_of(operation)).name("summary").text(meaning_of(operation.request));
    print_security(operation.access);
    out_.name("requestBody").begin_object().name("required").truth(true);
    print_content(operation.request);
    out_.end_object();
    out_.name("responses").begin_object();
    print_response({"200", meaning_of(operation.answer), operation.answer});
    print_response({"4XX", "The request was refused; `code` says why.", "Error"});
    print_response({"5XX", "The server could not do it.", "Error"});
    out_.end_object().end_object().end_object();
  }

  void print_stream() {
    out_.name("/api/v1/stream").begin_object().name("get").begin_object();
    out_.name("operationId").text("stream");
    out_.name("summary").text("Opens the stream, a WebSocket that carries ClientFrame and ServerFrame.");
    print_security(Access::anyone);
    out_.name("responses").begin_object().name("101").begin_object();
    out_.name("description").text("The connection is a WebSocket now.").end_object();
    print_response({"4XX", "The handshake was refused.", "Error"});
    out_.end_object().end_object().end_object();
  }

  void print_security(Access access) {
    out_.name("security").begin_array();
    if (access == Access::signed_in) {
      out_.begin_object().name("bearerAuth").begin_array().end_array().end_object();
    }
    out_.end_array();
  }

  struct Response {
    std::string_view status;
    std::string_view meaning;
    std::string_view message;
  };

  void print_response(const Response& response) {
    out_.name(response.status).begin_object().name("description").text(response.meaning);
    print_content(response.message);
    out_.end_object();
  }

  void print_content(std::string_view message) {
    out_.name("content").begin_object().name("application/json").begin_object().name("schema");
    JsonSchemaPrinter(out_, reference_prefix).print_reference(message);
    out_.end_object().end_object();
  }

  void print_components() {
    out_.name("components").begin_object().name("securitySchemes").begin_object();
    out_.name("bearerAuth").begin_object().name("type").text("http").name("scheme").text("bearer");
    out_.name("bearerFormat").text("JWT").name("description").text("An access token.").end_object().end_object();
    out_.name("schemas").begin_object();
    JsonSchemaPrinter(out_, reference_prefix).print_definitions(schema_);
    out_.end_object().end_object();
  }

  const Schema& schema_;
  JsonDocument out_;
};

}  // namespace

std::string print_openapi() {
  const Schema schema = collect_schema();
  return OpenApiPrinter(schema).print();
}

}  // namespace sotto::wire
