#include "wire/decode_error.h"

namespace sotto::wire {

std::string_view explain(DecodeError error) {
  switch (error) {
    case DecodeError::truncated:
      return "the message ends too early";
    case DecodeError::bad_varint:
      return "a number has more than 64 bits";
    case DecodeError::out_of_range:
      return "a number does not fit its field";
    case DecodeError::wrong_type:
      return "a field has the wrong wire type";
    case DecodeError::bad_tag:
      return "a field tag is not valid";
    case DecodeError::too_large:
      return "a field exceeds its limit";
    case DecodeError::too_deep:
      return "messages are nested too deeply";
    case DecodeError::wrong_length:
      return "a field of fixed size has another size";
    case DecodeError::missing_field:
      return "a field of fixed size is absent";
    case DecodeError::repeated_field:
      return "a field that may occur once occurs again";
    case DecodeError::bad_utf8:
      return "text is not UTF-8";
    case DecodeError::unknown_enum_value:
      return "an enum has a value without a name";
    case DecodeError::not_canonical:
      return "the message is not in its canonical encoding";
  }
  return "unknown decode error";
}

}  // namespace sotto::wire
