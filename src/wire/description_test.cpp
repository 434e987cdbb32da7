// Property: the compile-time checks accept sound descriptions only, and find secrets wherever they are.

#include <gtest/gtest.h>

#include "wire/description_check.h"
#include "wire/schema_roots.h"
#include "wire/testing/sample_messages.h"

namespace sotto::wire {
namespace {

static_assert(is_snake_case("a") && is_snake_case("kem_prekey") && is_snake_case("sha256"));
static_assert(!is_snake_case("") && !is_snake_case("A") && !is_snake_case("_a") && !is_snake_case("a_"));
static_assert(!is_snake_case("a__b") && !is_snake_case("2a") && !is_snake_case("a-b") && !is_snake_case("aB") &&
              !is_snake_case("a_2"));
static_assert(is_title_case("Send") && is_title_case("KemPrekey2"));
static_assert(!is_title_case("") && !is_title_case("send") && !is_title_case("Send_it"));

struct Descending {
  bool first = false;
  bool second = false;
  static constexpr auto describe() {
    return message("Descending", "Wrong.", field(2, "first", &Descending::first, "2."),
                   field(1, "second", &Descending::second, "1."));
  }
};
static_assert(!numbers_ascend<Descending>());

struct SameNumber {
  bool first = false;
  bool second = false;
  static constexpr auto describe() {
    return message("SameNumber", "Wrong.", field(1, "first", &SameNumber::first, "1."),
                   field(1, "second", &SameNumber::second, "1."));
  }
};
static_assert(!numbers_ascend<SameNumber>());

struct Reserved {
  bool first = false;
  static constexpr auto describe() {
    return message("Reserved", "Wrong.", field(19'500, "first", &Reserved::first, "Protobuf's own."));
  }
};
static_assert(!numbers_ascend<Reserved>());

struct SameName {
  bool first = false;
  std::variant<std::monostate, sample::Point> choice;
  static constexpr auto describe() {
    return message("SameName", "Wrong.", field(1, "first", &SameName::first, "1."),
                   one_of("choice", &SameName::choice, "A choice.", alternative<sample::Point>(2, "first")));
  }
};
static_assert(!names_are_distinct_and_snake_case<SameName>());

struct Limitless {
  Bytes octets;
  static constexpr auto describe() {
    return message("Limitless", "Wrong.", field(1, "octets", &Limitless::octets, "Without a limit."));
  }
};
static_assert(!fields_are_sound<Limitless>());

struct LimitedNumber {
  std::uint32_t number = 0;
  static constexpr auto describe() {
    return message("LimitedNumber", "Wrong.", field(1, "number", &LimitedNumber::number, at_most(3), "With a limit."));
  }
};
static_assert(!fields_are_sound<LimitedNumber>());

struct HalfLimited {
  std::vector<std::string> texts;
  static constexpr auto describe() {
    return message("HalfLimited", "Wrong.", field(1, "texts", &HalfLimited::texts, at_most(3), "Of any length."));
  }
};
static_assert(!fields_are_sound<HalfLimited>());

static_assert(DescriptionCheck<sample::EveryKind>::passed && DescriptionCheck<sample::Tree>::passed);
static_assert(EnumerationCheck<sample::Colour>::passed && EnumerationCheck<ErrorCode>::passed);

static_assert(holds_secret<sample::Sealed>() && holds_secret<sample::Vault>() && holds_secret<DirectKey>());
static_assert(!holds_secret<sample::EveryKind>() && !holds_secret<sample::Tree>());
static_assert(!holds_secret<ClientFrame>() && !holds_secret<ServerFrame>());

template <class... Roots>
void expect_sound(TypeList<Roots...>) {
  EXPECT_TRUE((DescriptionCheck<Roots>::passed && ...));
}

TEST(Description, IsSoundForEveryRoot) { expect_sound(SchemaRoots{}); }

template <class Request, class Answer>
void expect_in_frames(const Operation<Request, Answer>& operation) {
  bool asked = false;
  const auto compare = [&]<class Choice>(const Alternative<Choice>& choice) {
    if (choice.name == operation.name) asked = std::same_as<Choice, Request>;
  };
  unpack([&](const auto&... choice) { (compare(choice), ...); },
         item<1>(description_of<ClientFrame>.fields).alternatives);
  EXPECT_TRUE(asked) << operation.name << " has another name or request in ClientFrame";
  EXPECT_TRUE((std::is_constructible_v<wire::Answer, Answer>)) << operation.name;
}

TEST(Description, NamesOperationsAlikeInFramesAndOnHttp) {
  unpack([](const auto&... operation) { (expect_in_frames(operation), ...); }, operations);
  EXPECT_EQ(decltype(operations)::size, std::variant_size_v<wire::Request> - 1);
}

}  // namespace
}  // namespace sotto::wire
