#include "client/claiming.h"

#include <algorithm>

#include "client/directory.h"
#include "client/sending.h"

namespace sotto::client {
namespace {

/// Before prekeys of an account that had none, or none that is authentic, are asked for again. A device that is being
/// linked has none for its first seconds, and whatever is sealed until the next claim leaves it out.
constexpr Milliseconds claim_pause = seconds(10);

AwaitedClaims by_account(const std::vector<session::DeviceAddress>& devices) {
  AwaitedClaims claims;
  for (const session::DeviceAddress& device : devices) claims[device.account].push_back(device.device);
  return claims;
}

/// Whether the account was asked a moment ago and some of its devices had nothing to give.
bool has_none(Turn& turn, AccountId account) {
  return turn.memory.without_prekeys.contains(account) &&
         turn.memory.link.is_paused(key_of(AskClaim{account, {}}), turn.now);
}

/// Asks for as many as may be open at once. False when nobody is left.
bool claim_next(Turn& turn, AwaitedClaims& claims) {
  std::erase_if(claims, [&](const auto& claim) { return has_none(turn, claim.first); });
  if (turn.now < turn.memory.claims_paused_until) return !claims.empty();
  for (const auto& [account, devices] : claims) {
    if (!turn.ask(AskClaim{account, devices}, wire::ClaimPrekeys{.account = account, .devices = devices})) break;
  }
  return !claims.empty();
}

void start_session_with(Turn& turn, const session::RemoteDevice& device, const wire::PrekeyBundle& bundle) {
  DeviceSessions sessions = turn.sessions.load(device.address);
  const session::LocalDevice local = turn.home.device();
  if (turn.context.damaged) return;
  auto started = session::start_session(sessions.sessions, {local, device}, bundle, turn.now, turn.random);
  if (!started) {
    turn.notice({.kind = SecurityNoticeKind::prekey_not_authentic, .account = device.address.account});
    return;
  }
  sessions.sessions = std::move(*started);
  sessions.renew = false;
  turn.sessions.save(device.address, sessions);
}

/// Nobody waits for these devices any more.
void end_claim(Turn& turn, const AskClaim& asked) {
  for (auto& [conversation, claims] : turn.memory.groups.claims) {
    const auto found = claims.find(asked.account);
    if (found == claims.end()) continue;
    std::erase_if(found->second, [&](const DeviceId& device) {
      return std::ranges::find(asked.devices, device) != asked.devices.end();
    });
    if (found->second.empty()) claims.erase(found);
  }
}

/// The account is not asked again for a while, and what is sealed meanwhile leaves out who has no session.
void note_none(Turn& turn, const AskClaim& asked, Milliseconds pause) {
  turn.memory.without_prekeys.insert(asked.account);
  turn.memory.link.pause(key_of(asked), turn.now + pause);
}

}  // namespace

std::vector<session::DeviceAddress> without_session(Turn& turn, std::vector<session::DeviceAddress> devices) {
  std::erase_if(devices, [&](const session::DeviceAddress& device) { return turn.sessions.load(device).can_seal(); });
  return devices;
}

bool claim_prekeys(Turn& turn, const std::vector<session::DeviceAddress>& devices) {
  AwaitedClaims claims = by_account(devices);
  return claim_next(turn, claims);
}

bool claim_for_group(Turn& turn, ConversationId conversation, const std::vector<session::DeviceAddress>& devices) {
  turn.memory.groups.claims[conversation] = by_account(devices);
  return is_claiming_for_group(turn, conversation);
}

bool is_claiming_for_group(Turn& turn, ConversationId conversation) {
  const auto found = turn.memory.groups.claims.find(conversation);
  if (found == turn.memory.groups.claims.end()) return false;
  if (claim_next(turn, found->second)) return true;
  turn.memory.groups.claims.erase(found);
  return false;
}

void receive_bundles(Turn& turn, const AskClaim& asked, const wire::PrekeyBundles& bundles) {
  turn.memory.without_prekeys.erase(asked.account);
  for (const wire::PrekeyBundle& bundle : bundles.bundles) {
    if (std::ranges::find(asked.devices, bundle.device) == asked.devices.end()) {
      turn.notice({.kind = SecurityNoticeKind::prekey_not_authentic, .account = asked.account});
      continue;
    }
    if (const auto device = listed_device(turn, {asked.account, bundle.device}))
      start_session_with(turn, *device, bundle);
  }
  for (const DeviceId& device : asked.devices) {
    if (!turn.sessions.load({asked.account, device}).can_seal()) note_none(turn, asked, claim_pause);
  }
  end_claim(turn, asked);
}

void receive_claim_refused(Turn& turn, const AskClaim& asked, const wire::Error& error) {
  if (error.code == wire::ErrorCode::device_not_listed) {
    // The list here is older than the server's: a newer one tells whose prekeys are wanted.
    pause_after(turn, asked, error);
    std::erase_if(turn.memory.groups.claims, [&](const auto& claims) { return claims.second.contains(asked.account); });
    turn.ask(AskGetAccount{.account = asked.account, .conversation = std::nullopt},
             wire::GetAccount{.account = asked.account});
    return;
  }
  if (is_passing(error)) {
    // The limit is on all claims of this account together. Nobody is left out for it; the rest waits.
    turn.memory.claims_paused_until = turn.now + wanted_pause(error);
    pause_after(turn, asked, error);
    return;
  }
  note_none(turn, asked, claim_pause);
  end_claim(turn, asked);
}

}  // namespace sotto::client
