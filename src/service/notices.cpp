#include "service/notices.h"

namespace sotto::service {

void notify(ConversationStore::Accounts accounts, const Caller* except, wire::Answer push,
            std::vector<Notice>& notices) {
  if (accounts->empty()) return;
  Notice notice{{}, std::nullopt, std::nullopt, push_frame(std::move(push))};
  if (except != nullptr) {
    notice.account = except->account;
    notice.except_device = except->device;
  }
  notice.accounts = std::move(accounts);
  notices.push_back(std::move(notice));
}

void notify(std::vector<AccountId> accounts, const Caller* except, wire::Answer push, std::vector<Notice>& notices) {
  notify(std::make_shared<const std::vector<AccountId>>(std::move(accounts)), except, std::move(push), notices);
}

}  // namespace sotto::service
