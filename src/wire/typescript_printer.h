#pragma once

#include <span>
#include <string>

#include "wire/schema_model.h"

namespace sotto::wire {

/// An event, by its name in the frame that carries it and its message.
struct SchemaEvent {
  std::string_view name;
  std::string_view message;
};

/// A TypeScript module, ending with a newline, with the JSON form of every message and enum of `schema`: an interface
/// for each message, a union of names for each enum; `Commands` and `Answers` by the names of the schema's operations,
/// `Events` by those of `events`. Of an operation's request, what has a default may be left out; everything else is
/// as `to_json` writes it. Messages with secrets have no JSON form and are left out.
[[nodiscard]] std::string print_typescript(const Schema& schema, std::span<const SchemaEvent> events);

}  // namespace sotto::wire
