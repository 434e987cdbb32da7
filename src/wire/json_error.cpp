#include "wire/json_error.h"

namespace sotto::wire {

std::string_view explain(JsonFault fault) {
  switch (fault) {
    case JsonFault::malformed:
      return "the text is not JSON";
    case JsonFault::bad_utf8:
      return "text is not UTF-8";
    case JsonFault::too_deep:
      return "objects and arrays are nested too deeply";
    case JsonFault::wrong_type:
      return "a member has the wrong type";
    case JsonFault::not_an_integer:
      return "a number is not a whole number from 0";
    case JsonFault::out_of_range:
      return "a number is too large";
    case JsonFault::too_large:
      return "a member exceeds its limit";
    case JsonFault::bad_hex:
      return "octets of fixed size are not written in as many hexadecimal digits";
    case JsonFault::bad_base64:
      return "octets are not written in base64";
    case JsonFault::unknown_enum_value:
      return "there is no value of this name";
    case JsonFault::missing_member:
      return "a required member is absent";
    case JsonFault::repeated_member:
      return "a member occurs twice";
    case JsonFault::several_choices:
      return "only one of these members may be present";
  }
  return "unknown fault";
}

}  // namespace sotto::wire
