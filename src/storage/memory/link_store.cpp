#include <algorithm>

#include "storage/memory/stores.h"

namespace sotto::storage::memory {

using service::LinkSide;
using service::StoredLink;

std::optional<StoredLink> MemoryLinkStore::find(LinkId link) {
  const StoredLink* found = tables_.links.find(link);
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

void MemoryLinkStore::insert(const StoredLink& link) { tables_.links.insert(link.link, link); }

void MemoryLinkStore::update(const StoredLink& link) {
  if (tables_.links.contains(link.link)) tables_.links.put(link.link, link);
}

std::size_t MemoryLinkStore::count() { return tables_.links.rows().size(); }

void MemoryLinkStore::add_box(LinkId link, LinkSide from, const Bytes& box) {
  if (!tables_.links.contains(link)) return tables_.journal.fail();
  std::vector<Bytes> left = boxes(link, from);
  left.push_back(box);
  tables_.link_boxes.put({link, from}, std::move(left));
}

std::vector<Bytes> MemoryLinkStore::boxes(LinkId link, LinkSide from) {
  const std::vector<Bytes>* found = tables_.link_boxes.find({link, from});
  return found != nullptr ? *found : std::vector<Bytes>{};
}

template <class Predicate>
std::size_t MemoryLinkStore::remove_if(Predicate predicate) {
  tables_.link_boxes.erase_if([&](const auto& key, const auto&) {
    const StoredLink* link = tables_.links.find(key.first);
    return link != nullptr && predicate(*link);
  });
  return tables_.links.erase_if([&](const LinkId&, const StoredLink& link) { return predicate(link); });
}

std::size_t MemoryLinkStore::remove_ended(UnixMillis now) {
  return remove_if([&](const StoredLink& link) { return link.ends_at <= now; });
}

void MemoryLinkStore::remove_device(AccountId account, DeviceId linked_device) {
  remove_if([&](const StoredLink& link) { return link.account == account && link.linked_device == linked_device; });
}

}  // namespace sotto::storage::memory
