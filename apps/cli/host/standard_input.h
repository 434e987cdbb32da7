#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <string_view>

namespace sotto::cli {

/// Reads standard input, whatever it is (terminal, pipe, file), piece by piece inside a loop, without making it
/// non-blocking: a terminal's mode is shared with standard output and with the shell.
class StandardInput {
 public:
  /// An empty piece is the end. Valid during the call.
  using Receiver = std::function<void(std::string_view piece)>;

  explicit StandardInput(boost::asio::io_context& context);

  /// Waits for one piece and hands it to `receiver`, from inside the loop. One request at a time.
  void read(Receiver receiver);

 private:
  void take();

  boost::asio::io_context& context_;
  boost::asio::posix::stream_descriptor descriptor_;
  Receiver receiver_;
};

}  // namespace sotto::cli
