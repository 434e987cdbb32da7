#include "service/notices.h"

namespace sotto::service {

void notify(std::span<const AccountId> accounts, const Caller* except, wire::Answer push,
            std::vector<Notice>& notices) {
  const auto frame = push_frame(std::move(push));
  notices.reserve(notices.size() + accounts.size());
  for (const AccountId& account : accounts) {
    Notice notice{account, std::nullopt, std::nullopt, frame};
    if (except != nullptr && account == except->account) notice.except_device = except->device;
    notices.push_back(std::move(notice));
  }
}

}  // namespace sotto::service
