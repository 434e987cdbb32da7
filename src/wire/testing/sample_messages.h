#pragma once

#include <optional>
#include <variant>

#include "base/ids.h"
#include "base/secret.h"
#include "base/time.h"
#include "wire/description.h"

namespace sotto::wire::sample {

// Messages for tests of the codecs: one field of every kind that a description allows.

enum class Colour : std::uint8_t { none = 0, red = 1, blue = 7 };

constexpr auto describe(std::type_identity<Colour>) {
  using Value = EnumValue<Colour>;
  return enumeration("Colour", "A colour.", Value{Colour::none, "none", "None."}, Value{Colour::red, "red", "Red."},
                     Value{Colour::blue, "blue", "Blue."});
}

struct Point {
  std::uint32_t x = 0;
  std::uint32_t y = 0;

  static constexpr auto describe() {
    return message("Point", "A point.", field(1, "x", &Point::x, "Right."), field(2, "y", &Point::y, "Up."));
  }
};

struct Named {
  DeviceId id;
  std::string name;

  static constexpr auto describe() {
    return message("Named", "A name.", field(1, "id", &Named::id, "Its id."),
                   field(2, "name", &Named::name, at_most(4), "Its name."));
  }
};

struct EveryKind {
  bool truth = false;
  std::uint32_t number32 = 0;
  std::uint64_t number64 = 0;
  UnixMillis time;
  Colour colour = Colour::none;
  Bytes octets;
  std::string text;
  Point point;
  std::optional<std::uint32_t> optional_number;
  std::optional<std::string> optional_text;
  std::optional<DeviceId> optional_id;
  std::optional<Named> optional_named;
  std::vector<std::uint64_t> numbers;
  std::vector<Colour> colours;
  std::vector<DeviceId> ids;
  std::vector<std::string> texts;
  std::vector<Point> points;
  std::variant<std::monostate, Point, Named> choice;
  std::uint32_t last = 0;

  static constexpr auto describe() {
    using Self = EveryKind;
    return message(
        "EveryKind", "One field of every kind.", field(1, "truth", &Self::truth, "A bool."),
        field(2, "number32", &Self::number32, "A uint32."), field(3, "number64", &Self::number64, "A uint64."),
        field(4, "time", &Self::time, "A time."), field(5, "colour", &Self::colour, "An enum."),
        field(6, "octets", &Self::octets, at_most(4), "Octets."), field(7, "text", &Self::text, at_most(4), "Text."),
        field(8, "point", &Self::point, "A message."),
        field(9, "optional_number", &Self::optional_number, "Perhaps a number."),
        field(10, "optional_text", &Self::optional_text, at_most(4), "Perhaps text."),
        field(11, "optional_id", &Self::optional_id, "Perhaps an id."),
        field(12, "optional_named", &Self::optional_named, "Perhaps a message."),
        field(13, "numbers", &Self::numbers, at_most(3), "Numbers."),
        field(14, "colours", &Self::colours, at_most(3), "Enums."), field(15, "ids", &Self::ids, at_most(3), "Ids."),
        field(16, "texts", &Self::texts, at_most(3, 4), "Texts."),
        field(17, "points", &Self::points, at_most(3), "Messages."),
        one_of("choice", &Self::choice, "A choice.", alternative<Point>(18, "chosen_point"),
               alternative<Named>(19, "chosen_named")),
        field(200, "last", &Self::last, "A field with a long tag."));
  }
};

/// Holds itself.
struct Tree {
  std::uint32_t value = 0;
  std::vector<Tree> children;

  static constexpr auto describe() {
    return message("Tree", "A tree.", field(1, "value", &Tree::value, "Its value."),
                   field(2, "children", &Tree::children, at_most(3), "Its branches."));
  }
};

struct Sealed {
  Secret<32> key;
  SecretBuffer note;
  std::vector<Secret<16>> chain_keys;
  std::optional<Secret<16>> next_key;

  static constexpr auto describe() {
    return message("Sealed", "Secrets.", field(1, "key", &Sealed::key, "A key."),
                   field(2, "note", &Sealed::note, at_most(8), "A note."),
                   field(3, "chain_keys", &Sealed::chain_keys, at_most(3), "Keys."),
                   field(4, "next_key", &Sealed::next_key, "Perhaps a key."));
  }
};

/// Holds secrets two messages deep.
struct Vault {
  std::vector<Sealed> sealed;

  static constexpr auto describe() {
    return message("Vault", "Sealed things.", field(1, "sealed", &Vault::sealed, at_most(3), "Them."));
  }
};

}  // namespace sotto::wire::sample
