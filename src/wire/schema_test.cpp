// Property: the printed documents say of each message what its description says, limits and presence included.

#include "wire/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wire/json_document.h"
#include "wire/json_scanner.h"
#include "wire/schema_model.h"

namespace sotto::wire {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Schema, PrintsAMessageAsProto) {
  EXPECT_THAT(print_proto(), HasSubstr(R"(
// Appends an encrypted message to a conversation.
message Send {
  // Where. Exactly 16 octets.
  bytes conversation = 1;
  // The epoch that the body was encrypted for.
  uint64 epoch = 2;
  // Chosen by the sender; makes the request repeatable. Exactly 16 octets.
  bytes message = 3;
  // Opaque to the server; not empty. At most 61440 octets.
  bytes body = 4;
  // The server drops the body then and keeps the entry; 0 for never. Unix milliseconds.
  uint64 expires_at = 5;
}
)"));
}

TEST(Schema, PrintsListsOptionalsChoicesAndEnumsAsProto) {
  const std::string proto = print_proto();
  EXPECT_THAT(proto, HasSubstr("Exactly 32 octets.\n  optional bytes previous = 3;\n"));
  EXPECT_THAT(proto, HasSubstr("At most 32 elements of exactly 16 octets.\n  repeated bytes devices = 2;\n"));
  EXPECT_THAT(proto, HasSubstr("  // What is asked.\n  oneof request {\n    // Creates an account"));
  EXPECT_THAT(proto, HasSubstr("\n    ReportConversation report_conversation = 54;\n  }\n}\n"));
  EXPECT_THAT(proto, HasSubstr("enum ErrorCode {\n  // Never sent.\n  ERROR_CODE_UNSPECIFIED = 0;\n"));
  EXPECT_THAT(proto, HasSubstr("  ERROR_CODE_NOT_FOUND = 20;\n"));
}

TEST(Schema, PrintsAMessageAsJsonSchema) {
  EXPECT_THAT(print_jsonschema(), HasSubstr(R"(
    "ClaimPrekeys": {
      "description": "Takes a prekey bundle for each named device of an account.",
      "type": "object",
      "properties": {
        "account": {
          "description": "Whose devices. Exactly 16 octets.",
          "type": "string",
          "pattern": "^[0-9a-fA-F]{32}$"
        },
        "devices": {
          "description": "Devices on its list. At most 32 elements of exactly 16 octets.",
          "type": "array",
          "maxItems": 32,
          "items": {
            "type": "string",
            "pattern": "^[0-9a-fA-F]{32}$"
          }
        }
      },
      "required": [
        "account"
      ]
    },)"));
}

TEST(Schema, ShowsNoSecretInJson) {
  EXPECT_THAT(print_proto(), HasSubstr("message DirectKey {"));
  EXPECT_THAT(print_jsonschema(), Not(HasSubstr("DirectKey\"")));
}

TEST(Schema, PrintsWellFormedJson) {
  for (const std::string& document : {print_openapi(), print_jsonschema()}) {
    JsonScanner scanner(document);
    EXPECT_TRUE(scanner.skip() && scanner.finish()) << document;
    EXPECT_TRUE(document.ends_with("}\n"));
  }
}

TEST(Schema, ReachesEveryMessageOnce) {
  const Schema schema = collect_schema();
  std::vector<std::string_view> names;
  for (const SchemaMessage& message : schema.messages) names.push_back(message.name);
  for (const SchemaEnum& described : schema.enums) names.push_back(described.name);
  for (const SchemaMessage& message : schema.messages) {
    for (const SchemaField& field : message.fields) {
      if (!field.type.empty()) {
        EXPECT_EQ(std::count(names.begin(), names.end(), field.type), 1) << field.type;
      }
    }
  }
  for (const SchemaOperation& operation : schema.operations) {
    EXPECT_EQ(std::count(names.begin(), names.end(), operation.request), 1) << operation.name;
    EXPECT_EQ(std::count(names.begin(), names.end(), operation.answer), 1) << operation.name;
  }
}

TEST(Schema, LaysOutJsonForPeople) {
  JsonDocument out;
  out.begin_object().name("a").begin_array().number(1).text("x\"").end_array();
  out.name("b").begin_object().end_object().name("c").truth(false).end_object();
  EXPECT_EQ(out.finish(), "{\n  \"a\": [\n    1,\n    \"x\\\"\"\n  ],\n  \"b\": {},\n  \"c\": false\n}\n");
}

}  // namespace
}  // namespace sotto::wire
