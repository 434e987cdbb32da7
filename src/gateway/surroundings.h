#pragma once

#include <functional>
#include <string>

#include "gateway/dispatcher.h"
#include "gateway/hub.h"
#include "gateway/metrics.h"
#include "gateway/origin_policy.h"
#include "gateway/presence_board.h"
#include "gateway/settings.h"
#include "gateway/web_app.h"

namespace sotto::gateway {

class PollTable;

/// Whether the storage could write when it was last asked.
struct Readiness {
  bool stopping = false;
  bool able = false;
  /// Zero if it was never asked.
  transport::MonotonicTime asked_at{};
};

/// What the protocols of all connections share. Everything lives on the network's thread and outlives them.
struct Surroundings {
  const GatewaySettings& settings;
  const OriginPolicy& origins;
  Dispatcher& dispatcher;
  Hub& hub;
  Metrics& metrics;
  Readiness& readiness;
  PresenceBoard& presence;
  PollTable& polls;
  const WebApp& web;
  /// When the present turn began.
  const transport::MonotonicTime& now;
  std::function<std::string()> metrics_text;
};

}  // namespace sotto::gateway
