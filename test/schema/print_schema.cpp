// Prints a document of the protocol: print_schema proto|openapi|jsonschema, or the names of all operations.

#include <cstdio>
#include <functional>
#include <map>
#include <string>

#include "wire/schema.h"
#include "wire/schema_model.h"

namespace {

std::string print_operations() {
  std::string names;
  for (const auto& operation : sotto::wire::collect_schema().operations) names.append(operation.name).append("\n");
  return names;
}

}  // namespace

int main(int argument_count, char** arguments) {
  const std::map<std::string, std::function<std::string()>> documents = {
      {"proto", sotto::wire::print_proto},
      {"openapi", sotto::wire::print_openapi},
      {"jsonschema", sotto::wire::print_jsonschema},
      {"operations", print_operations},
  };
  const auto chosen = documents.find(argument_count == 2 ? arguments[1] : "");
  if (chosen == documents.end()) {
    std::fputs("usage: print_schema proto|openapi|jsonschema|operations\n", stderr);
    return 2;
  }
  std::fputs(chosen->second().c_str(), stdout);
}
