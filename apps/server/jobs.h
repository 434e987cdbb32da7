#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <vector>

#include "server/operator_log.h"
#include "service/jobs.h"

namespace sotto::server {

/// The work that nobody asks for, each kind again and again at its interval. Lives on the network's thread; the works
/// themselves run on the storage's writer, a batch in a unit.
class Jobs {
 public:
  /// Borrowed for the object's life, and until the storage has ended.
  struct Parts {
    boost::asio::io_context& context;
    service::Storage& storage;
    const Clock& clock;
    OperatorLog& log;
  };
  explicit Jobs(const Parts& parts);
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// Runs each job once, and then at its interval.
  void start();

 private:
  struct Schedule {
    service::Job job;
    boost::asio::steady_timer timer;
  };

  void run(Schedule& schedule);

  Parts parts_;
  std::vector<Schedule> schedules_;
};

}  // namespace sotto::server
