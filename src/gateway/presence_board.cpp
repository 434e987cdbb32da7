#include "gateway/presence_board.h"

#include <algorithm>

namespace sotto::gateway {
namespace {

/// Longer than any request is under way.
constexpr std::chrono::seconds hiding_is_remembered{60};
/// Beyond them the last times of more accounts are lost, which costs nothing but exactness.
constexpr std::size_t max_unwritten = 100'000;
constexpr std::size_t max_hidden = 10'000;

}  // namespace

void PresenceBoard::arrive(AccountId account) {
  const bool was_online = is_online(account);
  ++live_[account];
  lingering_.erase(account);
  if (!was_online) tell(account, {.account = account, .online = true, .last_seen = {}});
}

void PresenceBoard::leave(AccountId account, const Times& times) {
  const auto found = live_.find(account);
  if (found == live_.end() || --found->second > 0) return;
  live_.erase(found);
  lingering_[account] = times;
  departures_.push_back({account, times});
}

bool PresenceBoard::hid_since(AccountId account, const Watch& watch) const {
  for (auto one = hidden_.rbegin(); one != hidden_.rend() && one->at >= watch.asked_at; ++one) {
    if (one->account == account && (!one->watcher || *one->watcher == watch.watcher)) return true;
    if (one->account == watch.watcher && !one->watcher) return true;
  }
  return false;
}

void PresenceBoard::watch(const Watch& watch, std::vector<wire::Presence>& presences) {
  forget(watch.subscriber);
  std::erase_if(presences, [&](const wire::Presence& one) { return hid_since(one.account, watch); });
  if (presences.empty()) return;
  Watching& watching = watching_[&watch.subscriber];
  watching.watcher = watch.watcher;
  for (wire::Presence& presence : presences) {
    presence.online = is_online(presence.account);
    for (const Seen* seen : {&unwritten_, &being_written_}) {
      const auto found = seen->find(presence.account);
      if (found != seen->end()) presence.last_seen = std::max(presence.last_seen, found->second);
    }
    watching.accounts.push_back(presence.account);
    watchers_[presence.account].push_back({watch.watcher, &watch.subscriber});
  }
}

void PresenceBoard::unwatch(AccountId account, const Subscriber& subscriber) {
  const auto found = watchers_.find(account);
  if (found == watchers_.end()) return;
  std::erase_if(found->second, [&](const Watcher& one) { return one.subscriber == &subscriber; });
  if (found->second.empty()) watchers_.erase(found);
}

void PresenceBoard::forget(Subscriber& subscriber) {
  const auto watching = watching_.find(&subscriber);
  if (watching == watching_.end()) return;
  for (const AccountId account : watching->second.accounts) unwatch(account, subscriber);
  watching_.erase(watching);
}

void PresenceBoard::hide(const service::Notice& notice, transport::MonotonicTime now) {
  const bool from_all = notice.kind == service::NoticeKind::presence_hidden;
  if (hidden_.size() >= max_hidden) hidden_.pop_front();
  hidden_.push_back({notice.account, from_all ? std::nullopt : std::optional(notice.watcher), now});
  std::vector<Watcher> ended;
  if (const auto found = watchers_.find(notice.account); found != watchers_.end()) {
    std::ranges::copy_if(found->second, std::back_inserter(ended),
                         [&](const Watcher& one) { return from_all || one.account == notice.watcher; });
  }
  Push last_word(notice.frame);
  for (const Watcher& watcher : ended) {
    watcher.subscriber->push(last_word);
    unwatch(notice.account, *watcher.subscriber);
    std::erase(watching_[watcher.subscriber].accounts, notice.account);
  }
  if (!from_all) return;
  unwritten_.erase(notice.account);
  being_written_.erase(notice.account);
  // Who shows nothing is shown nothing.
  std::vector<Subscriber*> own;
  for (const auto& [subscriber, watching] : watching_) {
    if (watching.watcher == notice.account) own.push_back(subscriber);
  }
  for (Subscriber* const subscriber : own) forget(*subscriber);
}

void PresenceBoard::tell(AccountId account, const wire::Presence& presence) {
  const auto found = watchers_.find(account);
  if (found == watchers_.end()) return;
  Push push(service::push_frame(presence));
  for (const Watcher& watcher : found->second) watcher.subscriber->push(push);
}

void PresenceBoard::announce(const Departure& departure) {
  if (unwritten_.size() < max_unwritten) unwritten_[departure.account] = departure.times.clock;
  tell(departure.account, {.account = departure.account, .online = false, .last_seen = departure.times.clock});
}

void PresenceBoard::tick(transport::MonotonicTime now) {
  while (!departures_.empty() && departures_.front().times.now + linger_ <= now) {
    const Departure departure = departures_.front();
    departures_.pop_front();
    const auto lingering = lingering_.find(departure.account);
    if (lingering == lingering_.end() || lingering->second.now != departure.times.now) continue;
    lingering_.erase(lingering);
    announce(departure);
  }
  while (!hidden_.empty() && hidden_.front().at + hiding_is_remembered <= now) hidden_.pop_front();
}

std::vector<service::LastSeen> PresenceBoard::take_seen(std::size_t limit) {
  std::vector<service::LastSeen> seen;
  being_written_.clear();
  while (!unwritten_.empty() && seen.size() < limit) {
    const auto first = unwritten_.begin();
    seen.push_back({first->first, first->second});
    being_written_.insert(unwritten_.extract(first));
  }
  return seen;
}

void PresenceBoard::end_lingering() {
  for (const auto& [account, times] : std::exchange(lingering_, {})) announce({account, times});
  departures_.clear();
}

}  // namespace sotto::gateway
