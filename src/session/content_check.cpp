#include "session/content_check.h"

#include "wire/binary.h"

namespace sotto::session {
namespace {

/// One overload for each kind with something that must not be empty.
struct HasSubstance {
  bool operator()(const wire::TextContent& text) const { return !text.text.empty(); }
  bool operator()(const wire::Reaction& reaction) const { return !reaction.emoji.empty(); }
  bool operator()(const wire::Edit& edit) const { return !edit.text.empty(); }
  bool operator()(const wire::TypedContent& typed) const { return !typed.type.empty() && !typed.fallback.empty(); }
  bool operator()(const wire::GroupProfile& profile) const { return !profile.name.empty(); }
  bool operator()(const wire::ApplicationSetting& setting) const { return !setting.name.empty(); }
  template <class Other>
  bool operator()(const Other&) const {
    return true;
  }
};

}  // namespace

bool is_well_formed(const wire::Content& content) {
  return content.version != 0 && content.counter != 0 && std::visit(HasSubstance(), content.kind);
}

bool is_sendable(const wire::Content& content) {
  return is_well_formed(content) && !std::holds_alternative<std::monostate>(content.kind) &&
         wire::decode<wire::Content>(wire::encode(content)).has_value();
}

}  // namespace sotto::session
