#include "gateway/hub.h"

#include <algorithm>

#include "gateway/frame_form.h"

namespace sotto::gateway {

const transport::SharedBytes& Push::octets(Form form) {
  transport::SharedBytes& encoded = form == Form::binary ? binary_ : json_;
  if (!encoded) encoded = encode_frame(*frame_, form);
  return encoded;
}

const transport::SharedBytes& Push::bare(Form form) {
  transport::SharedBytes& encoded = form == Form::binary ? bare_binary_ : bare_json_;
  if (!encoded) encoded = encode_bare_frame(*frame_, form);
  return encoded;
}

void Hub::add(const service::Caller& caller, Subscriber& subscriber) {
  streams_[caller.account].push_back({caller.device, &subscriber});
  ++size_;
}

void Hub::remove(const service::Caller& caller, Subscriber& subscriber) {
  const auto found = streams_.find(caller.account);
  if (found == streams_.end()) return;
  size_ -= std::erase_if(found->second, [&](const Entry& entry) { return entry.subscriber == &subscriber; });
  if (found->second.empty()) streams_.erase(found);
}

void Hub::deliver(const service::Notice& notice) {
  if (!notice.accounts) return deliver(notice.account, notice);
  for (const AccountId& account : *notice.accounts) deliver(account, notice);
}

void Hub::deliver(const AccountId& account, const service::Notice& notice) {
  const auto found = streams_.find(account);
  if (found == streams_.end()) return;
  if (!last_ || &last_->frame() != notice.frame.get()) last_.emplace(notice.frame);
  for (const Entry& entry : found->second) {
    if (notice.device && entry.device != *notice.device) continue;
    if (notice.except_device && entry.device == *notice.except_device && account == notice.account) continue;
    entry.subscriber->push(*last_);
  }
}

}  // namespace sotto::gateway
