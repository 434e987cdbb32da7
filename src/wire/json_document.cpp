#include "wire/json_document.h"

#include <utility>

#include "wire/json_writer.h"

namespace sotto::wire {

JsonDocument& JsonDocument::name(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_ += ": ";
  after_name_ = true;
  return *this;
}

JsonDocument& JsonDocument::text(std::string_view value) {
  separate();
  append_json_string(out_, value);
  return *this;
}

JsonDocument& JsonDocument::number(std::uint64_t value) {
  separate();
  append_json_number(out_, value);
  return *this;
}

JsonDocument& JsonDocument::truth(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

std::string JsonDocument::finish() {
  out_ += '\n';
  return std::move(out_);
}

JsonDocument& JsonDocument::begin(char opening) {
  separate();
  out_ += opening;
  indentation_ += 2;
  return *this;
}

JsonDocument& JsonDocument::end(char closing) {
  indentation_ -= 2;
  if (out_.back() != '{' && out_.back() != '[') {
    out_ += '\n';
    out_.append(indentation_, ' ');
  }
  out_ += closing;
  return *this;
}

void JsonDocument::separate() {
  const bool first = out_.empty() || after_name_;
  after_name_ = false;
  if (first) return;
  if (out_.back() != '{' && out_.back() != '[') out_ += ',';
  out_ += '\n';
  out_.append(indentation_, ' ');
}

}  // namespace sotto::wire
