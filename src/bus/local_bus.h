#pragma once

#include <vector>

#include "service/ports/bus.h"

namespace sotto::bus {

/// The bus of a server with one node: hands each notice to this process's listeners, before `publish` returns and on
/// the thread that calls it.
class LocalBus final : public service::NoticeBus {
 public:
  /// `listener` is borrowed for the bus's life. Not while notices are being published: listeners are added when the
  /// server is built.
  void add_listener(service::NoticeListener& listener) { listeners_.push_back(&listener); }

  void publish(const service::Notice& notice) override {
    for (service::NoticeListener* listener : listeners_) listener->receive(notice);
  }

 private:
  std::vector<service::NoticeListener*> listeners_;
};

}  // namespace sotto::bus
