#pragma once

#include <string>

namespace sotto::wire {

// The protocol's documents, printed from the descriptions. Each ends with a newline.

/// A .proto file (proto3) with every message, including those that devices exchange out of the server's sight.
[[nodiscard]] std::string print_proto();

/// An OpenAPI 3.1 document in JSON: every operation that HTTP serves, the stream, and the polls
/// that carry it.
[[nodiscard]] std::string print_openapi();

/// A JSON Schema (2020-12) whose `$defs` hold every message and enum that has a JSON form. Its root accepts a frame of
/// either direction.
[[nodiscard]] std::string print_jsonschema();

}  // namespace sotto::wire
