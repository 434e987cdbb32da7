#include "gateway/hub.h"

#include <algorithm>

#include "gateway/frame_form.h"
#include "wire/json.h"

namespace sotto::gateway {

const transport::SharedBytes& Push::octets(Form form) {
  transport::SharedBytes& encoded = form == Form::binary ? binary_ : json_;
  if (!encoded) encoded = encode_frame(*frame_, form);
  return encoded;
}

const transport::SharedBytes& Push::text() {
  if (!text_) {
    const std::string json = wire::to_json(*frame_);
    text_ = std::make_shared<const Bytes>(json.begin(), json.end());
  }
  return text_;
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
  const auto found = streams_.find(notice.account);
  if (found == streams_.end()) return;
  if (!last_ || &last_->frame() != notice.frame.get()) last_.emplace(notice.frame);
  for (const Entry& entry : found->second) {
    if (notice.device && entry.device != *notice.device) continue;
    if (notice.except_device && entry.device == *notice.except_device) continue;
    entry.subscriber->push(*last_);
  }
}

}  // namespace sotto::gateway
