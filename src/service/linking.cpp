#include "service/linking.h"

#include <numeric>

#include "crypto/hash.h"
#include "service/device_lists.h"

namespace sotto::service {
namespace {

using wire::ErrorCode;

std::unexpected<Refusal> no_link() {
  return refuse(ErrorCode::not_found, "there is no such linking, or it is over", "link");
}

std::expected<StoredLink, Refusal> find_open(UnitOfWork& unit, LinkId id, UnixMillis now) {
  std::optional<StoredLink> link = unit.links().find(id);
  if (!link || link->ends_at <= now) return no_link();
  return *std::move(link);
}

bool is_claimed_by(const StoredLink& link, const wire::LinkClaim& claim) {
  return equal_in_constant_time(crypto::sha256(claim.view()).view(), link.claim.view());
}

bool is_linked_by(const StoredLink& link, const Caller& caller) {
  return link.account == caller.account && link.linked_device == caller.device;
}

/// Which side speaks. A caller who is not the link's signed-in side is taken for it as long as there is none.
std::expected<LinkSide, Refusal> side_of(const StoredLink& link, const std::optional<wire::LinkClaim>& claim,
                                         const std::optional<Caller>& caller) {
  if (claim) {
    if (!is_claimed_by(link, *claim)) return no_link();
    return LinkSide::new_device;
  }
  if (!caller) return refuse(ErrorCode::unauthenticated, "a claim or an access token is needed", "claim");
  if (link.account && !is_linked_by(link, *caller)) return no_link();
  return LinkSide::linked_device;
}

std::size_t octets_of(const std::vector<Bytes>& boxes) {
  return std::accumulate(boxes.begin(), boxes.end(), std::size_t{0},
                         [](std::size_t sum, const Bytes& box) { return sum + box.size(); });
}

/// Whether the box is to be added; no if it is there already.
std::expected<bool, Refusal> check_box(const std::vector<Bytes>& left, const wire::PostLink& request) {
  if (request.box.empty()) return refuse(ErrorCode::invalid_value, "the box is empty", "box");
  if (request.number == 0 || request.number > left.size() + 1) {
    return refuse(ErrorCode::invalid_value, "boxes are numbered 1, 2, 3 without a gap", "number");
  }
  if (request.number <= left.size()) {
    if (left[request.number - 1] == request.box) return false;
    return refuse(ErrorCode::conflict, "another box has this number", "number");
  }
  if (left.size() >= wire::max_link_boxes || octets_of(left) + request.box.size() > max_link_octets) {
    return refuse(ErrorCode::limit_reached, "this side has left as much as it may", "box");
  }
  return true;
}

bool is_listed(const StoredAccount& account, DeviceId device) {
  const std::optional<wire::DeviceList> list = stored_device_list(account);
  return list && find_device(*list, device) != nullptr;
}

/// Ends the login that an earlier answer opened, which the new device never got or holds no more.
void end_earlier(UnitOfWork& unit, const StoredLink& link, Accepted<wire::SignedIn>& accepted) {
  const std::optional<StoredLogin> earlier = link.login ? unit.logins().find(*link.login) : std::nullopt;
  if (!earlier) return;
  unit.logins().remove(earlier->login);
  accepted.notices.push_back(login_ended(*earlier));
}

}  // namespace

Outcome<wire::Done> Linking::begin(UnitOfWork& unit, const wire::BeginLink& request, const Moment& moment) const {
  if (request.link.is_zero()) return refuse(ErrorCode::invalid_value, "the link's id is zero", "link");
  unit.links().remove_ended(moment.now);
  if (const auto there = unit.links().find(request.link)) {
    if (there->claim == request.claim) return Accepted<wire::Done>{};
    return refuse(ErrorCode::conflict, "the link exists with another claim", "link");
  }
  if (unit.links().count() >= max_open_links) {
    return refuse(ErrorCode::limit_reached, "too many linkings are open on this server; try again later");
  }
  unit.links().insert({.link = request.link,
                       .claim = request.claim,
                       .ends_at = moment.now + link_lifetime,
                       .account = std::nullopt,
                       .linked_device = std::nullopt,
                       .approved = std::nullopt,
                       .login = std::nullopt});
  return Accepted<wire::Done>{};
}

Outcome<wire::Done> Linking::post(UnitOfWork& unit, const std::optional<Caller>& caller, const wire::PostLink& request,
                                  const Moment& moment) const {
  auto link = find_open(unit, request.link, moment.now);
  if (!link) return std::unexpected(std::move(link.error()));
  const auto side = side_of(*link, request.claim, caller);
  if (!side) return std::unexpected(side.error());
  const auto is_new = check_box(unit.links().boxes(request.link, *side), request);
  if (!is_new) return std::unexpected(is_new.error());
  if (!*is_new) return Accepted<wire::Done>{};
  if (*side == LinkSide::linked_device && !link->account) {
    link->account = caller->account;
    link->linked_device = caller->device;
    unit.links().update(*link);
  }
  unit.links().add_box(request.link, *side, request.box);
  return Accepted<wire::Done>{};
}

Outcome<wire::LinkBoxes> Linking::read(UnitOfWork& unit, const std::optional<Caller>& caller,
                                       const wire::ReadLink& request, const Moment& moment) const {
  const auto link = find_open(unit, request.link, moment.now);
  if (!link) return std::unexpected(link.error());
  const auto side = side_of(*link, request.claim, caller);
  if (!side) return std::unexpected(side.error());
  // Who posted nothing is nobody's other side yet.
  if (*side == LinkSide::linked_device && !link->account) return no_link();
  const LinkSide other = *side == LinkSide::new_device ? LinkSide::linked_device : LinkSide::new_device;
  return Accepted<wire::LinkBoxes>{{unit.links().boxes(request.link, other), link->approved.has_value()}, {}, {}};
}

Outcome<wire::Done> Linking::approve(UnitOfWork& unit, const Caller& caller, const wire::ApproveLink& request,
                                     const Moment& moment) const {
  auto link = find_open(unit, request.link, moment.now);
  if (!link) return std::unexpected(std::move(link.error()));
  if (!is_linked_by(*link, caller)) return no_link();
  if (request.device == caller.device) {
    return refuse(ErrorCode::invalid_value, "the device is the caller's own", "device");
  }
  const std::optional<StoredAccount> account = unit.accounts().find(caller.account);
  if (!account || !is_listed(*account, request.device)) return not_listed("device");
  if (link->approved == request.device) return Accepted<wire::Done>{};
  if (link->approved) return refuse(ErrorCode::conflict, "another device was approved", "device");
  link->approved = request.device;
  unit.links().update(*link);
  return Accepted<wire::Done>{};
}

Outcome<wire::SignedIn> Linking::finish(UnitOfWork& unit, const wire::FinishLink& request, const Moment& moment) const {
  auto link = find_open(unit, request.link, moment.now);
  if (!link) return std::unexpected(std::move(link.error()));
  if (!is_claimed_by(*link, request.claim)) return no_link();
  if (!link->account || !link->approved) return refuse(ErrorCode::forbidden, "the linking is not approved yet", "link");
  const std::optional<StoredAccount> account = unit.accounts().find(*link->account);
  // The list may have changed since the approval.
  if (!account || !is_listed(*account, *link->approved)) return not_listed("link");
  Accepted<wire::SignedIn> accepted = logins_.open(unit, *account, *link->approved, moment);
  end_earlier(unit, *link, accepted);
  link->login = accepted.answer.login;
  unit.links().update(*link);
  accepted.events.push_back({.kind = SecurityEventKind::device_linked,
                             .at = moment.now,
                             .account = account->account,
                             .device = *link->approved,
                             .login = accepted.answer.login,
                             .address = {}});
  return accepted;
}

}  // namespace sotto::service
