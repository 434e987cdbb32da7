#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/invariant.h"
#include "base/seeded_hash.h"
#include "service/context.h"
#include "wire/operations.h"

namespace sotto::service {

/// What is counted. Each action has its own token bucket for each subject.
enum class Action : std::uint8_t {
  registration,
  sign_in,
  /// Trying a password for one name, from wherever: by signing in, recovering, resetting, or repeating its
  /// registration.
  password_for_name,
  refresh,
  authentication,
  logins,
  directory,
  device_list,
  prekeys,
  prekey_claim,
  /// Claims by one account from one other, which is how one-time prekeys would be drained.
  prekey_claim_from_peer,
  open_conversation,
  reading,
  message,
  mark,
  typing,
  mailbox_post,
  mailbox_batch,
  group_change,
  /// Beginning and approving the linking of a device.
  link,
  link_step,
  /// Making, opening and deleting a backup.
  backup_access,
  backup_pack,
  settings,
  /// Fetching the transparency log, which needs no login.
  log_resource,
  /// Showing a token that is none, which costs the server a signature to find out.
  refused_token,
};
inline constexpr std::size_t action_count = 26;

/// For metrics.
[[nodiscard]] std::string_view name_of(Action action);

/// A bucket holds `capacity` tokens and gets one back every `refill_every`. Capacity 0 means no limit.
struct BucketSettings {
  std::uint32_t capacity = 0;
  Milliseconds refill_every;
};

struct RateLimitSettings {
  /// Indexed by `Action`.
  std::array<BucketSettings, action_count> buckets{};
  /// Buckets kept at the same time, about 100 octets each.
  std::size_t max_buckets = 200'000;

  BucketSettings& operator[](Action action) { return buckets[static_cast<std::size_t>(action)]; }
  const BucketSettings& operator[](Action action) const { return buckets[static_cast<std::size_t>(action)]; }

  [[nodiscard]] static RateLimitSettings defaults();
  [[nodiscard]] static RateLimitSettings unlimited() { return {}; }
};

/// Whose bucket it is: an account and a device, two accounts, or a digest.
struct LimitKey {
  Action action = Action::registration;
  ByteArray<32> subject{};

  friend bool operator==(const LimitKey&, const LimitKey&) = default;
};

class LimitKeyHash {
 public:
  std::size_t operator()(const LimitKey& key) const noexcept;

 private:
  SeededHash hash_;
};

/// The buckets in memory. May be used from any thread. A bucket that is full again is forgotten; if there are more
/// than `max_buckets` that are not full, those nearest to full are forgotten first.
class RateLimits {
 public:
  explicit RateLimits(RateLimitSettings settings) : settings_(settings) {}

  /// Takes one token from each bucket, or from none: then how long to wait until all have one.
  [[nodiscard]] std::optional<Milliseconds> take(std::span<const LimitKey> keys, UnixMillis now);
  /// How long `take` would say to wait; takes nothing.
  [[nodiscard]] std::optional<Milliseconds> look(const LimitKey& key, UnixMillis now);
  [[nodiscard]] std::size_t size() const;
  /// How often `take` said to wait, by the action whose bucket was to be waited for longest; with those of `look`.
  [[nodiscard]] std::array<std::uint64_t, action_count> hits() const;

 private:
  struct Bucket {
    /// When it is full if nothing more is taken.
    UnixMillis full_at;
  };

  [[nodiscard]] Milliseconds wait_for(const LimitKey& key, UnixMillis now);
  void take_one(const LimitKey& key, UnixMillis now);
  void make_room(UnixMillis now);

  RateLimitSettings settings_;
  mutable std::mutex mutex_;
  std::unordered_map<LimitKey, Bucket, LimitKeyHash> buckets_;
  std::array<std::uint64_t, action_count> hits_{};
};

/// Who a bucket belongs to.
enum class LimitSubject : std::uint8_t { address, account, device };

struct LimitRule {
  Action action = Action::registration;
  LimitSubject subject = LimitSubject::address;
};

/// The table of which operation counts as what, and for whom. An operation without a line does not compile.
template <class Request>
inline constexpr LimitRule limit_rule = Request::limit_rule_is_missing();
template <>
inline constexpr LimitRule limit_rule<wire::Register>{Action::registration, LimitSubject::address};
template <>
inline constexpr LimitRule limit_rule<wire::SignIn>{Action::sign_in, LimitSubject::address};
template <>
inline constexpr LimitRule limit_rule<wire::Refresh>{Action::refresh, LimitSubject::address};
template <>
inline constexpr LimitRule limit_rule<wire::Authenticate>{Action::authentication, LimitSubject::address};
template <>
inline constexpr LimitRule limit_rule<wire::SignOut>{Action::logins, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::ListLogins>{Action::logins, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::RevokeLogin>{Action::logins, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::FindAccount>{Action::directory, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::GetAccount>{Action::directory, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::PublishDeviceList>{Action::device_list, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::PublishPrekeys>{Action::prekeys, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::GetPrekeyStock>{Action::prekeys, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::ClaimPrekeys>{Action::prekey_claim, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::OpenDirect>{Action::open_conversation, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::ListConversations>{Action::reading, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::Send>{Action::message, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::ReadLog>{Action::reading, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::Mark>{Action::mark, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::Resume>{Action::reading, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::SetTyping>{Action::typing, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::PostMailbox>{Action::mailbox_post, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::ReadMailbox>{Action::reading, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::AcknowledgeMailbox>{Action::reading, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::GetAccounts>{Action::directory, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::CreateGroup>{Action::open_conversation, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::ChangeGroup>{Action::group_change, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::ReadGroup>{Action::reading, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::ReadMembers>{Action::reading, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::RequestJoin>{Action::open_conversation, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::ListJoinRequests>{Action::reading, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::DeclineJoin>{Action::group_change, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::Redact>{Action::message, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::PostMailboxes>{Action::mailbox_batch, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::BeginLink>{Action::link, LimitSubject::address};
template <>
inline constexpr LimitRule limit_rule<wire::PostLink>{Action::link_step, LimitSubject::address};
template <>
inline constexpr LimitRule limit_rule<wire::ReadLink>{Action::link_step, LimitSubject::address};
template <>
inline constexpr LimitRule limit_rule<wire::ApproveLink>{Action::link, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::FinishLink>{Action::link_step, LimitSubject::address};
template <>
inline constexpr LimitRule limit_rule<wire::PutBackup>{Action::backup_access, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::GetBackup>{Action::backup_access, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::AppendBackup>{Action::backup_pack, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::ReadBackup>{Action::backup_pack, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::DeleteBackup>{Action::backup_access, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::Recover>{Action::sign_in, LimitSubject::address};
template <>
inline constexpr LimitRule limit_rule<wire::ResetAccount>{Action::sign_in, LimitSubject::address};
template <>
inline constexpr LimitRule limit_rule<wire::SetPrivacy>{Action::settings, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::GetPrivacy>{Action::settings, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::WatchPresence>{Action::settings, LimitSubject::device};
template <>
inline constexpr LimitRule limit_rule<wire::SetBlocked>{Action::settings, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::ReportConversation>{Action::settings, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::ListBlocked>{Action::settings, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::GetProof>{Action::directory, LimitSubject::account};
template <>
inline constexpr LimitRule limit_rule<wire::ReadTransparency>{Action::directory, LimitSubject::account};

/// Where a request comes from.
struct Requester {
  /// The network address as text; of an IPv6 address the first 64 bits, because a host has all that follow.
  std::string_view address;
  /// Absent before sign-in.
  const Caller* caller = nullptr;
};

/// The bucket of an operation. Asking for an account's or a device's bucket needs `requester.caller`.
[[nodiscard]] LimitKey limit_key(LimitRule rule, const Requester& requester);
/// The second bucket of whatever takes a password.
[[nodiscard]] LimitKey password_key(std::string_view name);
/// The second bucket of a claim.
[[nodiscard]] LimitKey claim_peer_key(const Caller& caller, const wire::ClaimPrekeys& request);

/// The bucket of tokens that are refused.
[[nodiscard]] LimitKey refused_token_key(std::string_view address);

/// The refusal of a request that came too early: `rate_limited` with `retry_after_ms` and an event.
[[nodiscard]] std::unexpected<Refusal> too_many(Milliseconds wait, const Requester& requester, UnixMillis now);

/// Takes from the given buckets on the requester's behalf.
[[nodiscard]] std::expected<void, Refusal> admit_keys(RateLimits& limits, std::span<const LimitKey> keys,
                                                      const Requester& requester, UnixMillis now);

/// Counts a request before anything else is done for it; a refusal is `rate_limited` with `retry_after_ms` and an
/// event.
template <class Request>
[[nodiscard]] std::expected<void, Refusal> admit(RateLimits& limits, const Requester& requester, const Request& request,
                                                 UnixMillis now) {
  const LimitKey key = limit_key(limit_rule<Request>, requester);
  if constexpr (requires { request.password; }) {
    return admit_keys(limits, std::array{key, password_key(request.name)}, requester, now);
  } else if constexpr (std::same_as<Request, wire::ClaimPrekeys>) {
    return admit_keys(limits, std::array{key, claim_peer_key(*requester.caller, request)}, requester, now);
  } else {
    return admit_keys(limits, std::array{key}, requester, now);
  }
}

}  // namespace sotto::service
