#include "cli/host/standard_input.h"

#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <unistd.h>
#include <utility>

namespace sotto::cli {

StandardInput::StandardInput(boost::asio::io_context& context) : context_(context), descriptor_(context) {
  // A duplicate, so that the descriptor's end does not close standard input itself.
  const int duplicate = ::dup(STDIN_FILENO);
  boost::system::error_code failure;
  if (duplicate < 0) return;
  descriptor_.assign(duplicate, failure);
  if (failure) ::close(duplicate);
}

void StandardInput::read(Receiver receiver) {
  receiver_ = std::move(receiver);
  if (!descriptor_.is_open()) {
    boost::asio::post(context_, [this] { take(); });
    return;
  }
  descriptor_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](boost::system::error_code failure) {
    // Files cannot be waited for; they can always be read.
    if (failure != boost::asio::error::operation_aborted) take();
  });
}

void StandardInput::take() {
  std::array<char, 16 * 1024> octets{};
  ssize_t size = 0;
  do {
    size = ::read(STDIN_FILENO, octets.data(), octets.size());
  } while (size < 0 && errno == EINTR);
  const Receiver receiver = std::exchange(receiver_, {});
  receiver({octets.data(), static_cast<std::size_t>(size > 0 ? size : 0)});
}

}  // namespace sotto::cli
