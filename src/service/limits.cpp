#include "service/limits.h"

#include <algorithm>

#include "crypto/hash.h"
#include "service/account_names.h"

namespace sotto::service {
namespace {

std::uint64_t refill_time(const BucketSettings& bucket) {
  return static_cast<std::uint64_t>(bucket.refill_every.count);
}

LimitKey key_of(Action action, ByteView first, ByteView second = {}) {
  LimitKey key{action, {}};
  const auto end = std::ranges::copy(first, key.subject.begin()).out;
  std::ranges::copy(second, end);
  return key;
}

LimitKey hashed_key(Action action, std::string_view text) {
  return key_of(action, crypto::sha256(as_bytes(text)).view());
}

}  // namespace

RateLimitSettings RateLimitSettings::defaults() {
  RateLimitSettings settings;
  settings[Action::registration] = {30, seconds(10)};
  settings[Action::sign_in] = {60, seconds(1)};
  settings[Action::password_for_name] = {10, seconds(30)};
  settings[Action::refresh] = {10'000, {10}};
  settings[Action::authentication] = {20'000, {1}};
  settings[Action::logins] = {60, seconds(1)};
  settings[Action::directory] = {300, seconds(1)};
  settings[Action::device_list] = {10, seconds(60)};
  settings[Action::prekeys] = {30, seconds(2)};
  // The first message in a group of 1,000 claims from each; what one account gives away is limited by the next.
  settings[Action::prekey_claim] = {1'100, {500}};
  settings[Action::prekey_claim_from_peer] = {6, seconds(10)};
  settings[Action::open_conversation] = {300, seconds(1)};
  settings[Action::reading] = {600, {20}};
  settings[Action::message] = {600, {17}};
  settings[Action::mark] = {600, {17}};
  settings[Action::typing] = {60, {200}};
  settings[Action::mailbox_post] = {600, {50}};
  // A hundred items each: a rotation in a group of 1,000 members with two devices takes 20.
  settings[Action::mailbox_batch] = {60, {500}};
  settings[Action::group_change] = {60, seconds(1)};
  settings[Action::link] = {10, seconds(60)};
  settings[Action::link_step] = {900, {500}};
  settings[Action::backup_access] = {10, seconds(600)};
  settings[Action::backup_pack] = {300, {200}};
  settings[Action::settings] = {60, seconds(1)};
  settings[Action::log_resource] = {400, {50}};
  settings[Action::refused_token] = {600, {100}};
  return settings;
}

std::string_view name_of(Action action) {
  static constexpr std::array<std::string_view, action_count> names{
      "registration",
      "sign_in",
      "password_for_name",
      "refresh",
      "authentication",
      "logins",
      "directory",
      "device_list",
      "prekeys",
      "prekey_claim",
      "prekey_claim_from_peer",
      "open_conversation",
      "reading",
      "message",
      "mark",
      "typing",
      "mailbox_post",
      "mailbox_batch",
      "group_change",
      "link",
      "link_step",
      "backup_access",
      "backup_pack",
      "settings",
      "log_resource",
      "refused_token",
  };
  static_assert(!names.back().empty());
  return names[static_cast<std::size_t>(action)];
}

std::size_t LimitKeyHash::operator()(const LimitKey& key) const noexcept {
  const ByteView subject(key.subject);
  const auto first = AccountId::from(subject.first<AccountId::size>());
  const auto second = DeviceId::from(subject.last<DeviceId::size>());
  return hash_(std::pair(*first, *second)) + static_cast<std::size_t>(key.action);
}

// A bucket is kept as the time at which it will be full again: taking a token moves that time by one refill, and the
// bucket is empty when it lies a whole capacity of refills ahead.

Milliseconds RateLimits::wait_for(const LimitKey& key, UnixMillis now) {
  const BucketSettings& bucket = settings_[key.action];
  const auto found = buckets_.find(key);
  if (bucket.capacity == 0 || found == buckets_.end() || found->second.full_at <= now) return {};
  const std::uint64_t longest = bucket.capacity * refill_time(bucket);
  // If the clock was set back since, the bucket counts as empty from now on, not until that time comes again.
  found->second.full_at = std::min(found->second.full_at, UnixMillis{now.value + longest});
  const std::uint64_t ahead = found->second.full_at.value - now.value;
  const std::uint64_t allowed = longest - refill_time(bucket);
  return {static_cast<std::int64_t>(ahead > allowed ? ahead - allowed : 0)};
}

void RateLimits::take_one(const LimitKey& key, UnixMillis now) {
  const BucketSettings& settings = settings_[key.action];
  if (settings.capacity == 0) return;
  if (buckets_.size() >= settings_.max_buckets && !buckets_.contains(key)) make_room(now);
  const std::uint64_t longest = settings.capacity * refill_time(settings);
  UnixMillis& full_at = buckets_[key].full_at;
  const std::uint64_t from = std::clamp(full_at.value, now.value, now.value + longest - refill_time(settings));
  full_at = {from + refill_time(settings)};
}

std::optional<Milliseconds> RateLimits::take(std::span<const LimitKey> keys, UnixMillis now) {
  const std::scoped_lock lock(mutex_);
  Milliseconds wait;
  Action hit = Action::registration;
  for (const LimitKey& key : keys) {
    const Milliseconds needed = wait_for(key, now);
    if (needed <= wait) continue;
    wait = needed;
    hit = key.action;
  }
  if (wait > Milliseconds{}) {
    ++hits_[static_cast<std::size_t>(hit)];
    return wait;
  }
  for (const LimitKey& key : keys) take_one(key, now);
  return std::nullopt;
}

std::optional<Milliseconds> RateLimits::look(const LimitKey& key, UnixMillis now) {
  const std::scoped_lock lock(mutex_);
  const Milliseconds wait = wait_for(key, now);
  if (wait == Milliseconds{}) return std::nullopt;
  ++hits_[static_cast<std::size_t>(key.action)];
  return wait;
}

std::size_t RateLimits::size() const {
  const std::scoped_lock lock(mutex_);
  return buckets_.size();
}

std::array<std::uint64_t, action_count> RateLimits::hits() const {
  const std::scoped_lock lock(mutex_);
  return hits_;
}

void RateLimits::make_room(UnixMillis now) {
  std::erase_if(buckets_, [&](const auto& bucket) { return bucket.second.full_at <= now; });
  if (buckets_.size() < settings_.max_buckets) return;
  std::vector<UnixMillis> times;
  times.reserve(buckets_.size());
  for (const auto& [key, bucket] : buckets_) times.push_back(bucket.full_at);
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  std::erase_if(buckets_, [&](const auto& bucket) { return bucket.second.full_at <= *middle; });
}

LimitKey limit_key(LimitRule rule, const Requester& requester) {
  if (rule.subject == LimitSubject::address) return hashed_key(rule.action, requester.address);
  invariant(requester.caller != nullptr);
  const Caller& caller = *requester.caller;
  if (rule.subject == LimitSubject::account) return key_of(rule.action, caller.account.view());
  return key_of(rule.action, caller.account.view(), caller.device.view());
}

LimitKey password_key(std::string_view name) {
  return hashed_key(Action::password_for_name, account_name(name).value_or(std::string()));
}

LimitKey claim_peer_key(const Caller& caller, const wire::ClaimPrekeys& request) {
  return key_of(Action::prekey_claim_from_peer, caller.account.view(), request.account.view());
}

LimitKey refused_token_key(std::string_view address) {
  return limit_key({Action::refused_token, LimitSubject::address}, {.address = address, .caller = nullptr});
}

std::unexpected<Refusal> too_many(Milliseconds wait, const Requester& requester, UnixMillis now) {
  auto refusal = refuse(wire::ErrorCode::rate_limited, "too many requests");
  refusal.error().error.retry_after_ms = static_cast<std::uint64_t>(wait.count);
  SecurityEvent event{.kind = SecurityEventKind::rate_limited,
                      .at = now,
                      .account = std::nullopt,
                      .device = std::nullopt,
                      .login = std::nullopt,
                      .address = {}};
  if (requester.caller != nullptr) {
    event.account = requester.caller->account;
    event.device = requester.caller->device;
  }
  refusal.error().events.push_back(std::move(event));
  return refusal;
}

std::expected<void, Refusal> admit_keys(RateLimits& limits, std::span<const LimitKey> keys, const Requester& requester,
                                        UnixMillis now) {
  const std::optional<Milliseconds> wait = limits.take(keys, now);
  if (!wait) return {};
  return too_many(*wait, requester, now);
}

}  // namespace sotto::service
