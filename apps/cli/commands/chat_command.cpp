#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <unordered_map>

#include "cli/chat/chat_view.h"
#include "cli/commands/command.h"
#include "cli/host/asking.h"
#include "cli/host/standard_input.h"
#include "cli/terminal/key_decoder.h"
#include "cli/terminal/screen.h"

namespace sotto::cli {
namespace {

using std::chrono::steady_clock;

constexpr std::uint32_t chat_page_size = 100;
constexpr std::size_t scroll_step = 10;
/// The other side forgets after 3 seconds that somebody types.
constexpr std::chrono::seconds typing_interval{2};

/// One interactive conversation: keys and events change the model, and the screen follows.
class Chat {
 public:
  struct Parts {
    LocalClient& client;
    Screen& screen;
    client::Identity identity;
    Colours colours = Colours::unused;
  };
  explicit Chat(const Parts& parts)
      : client_(parts.client),
        host_(parts.client.host()),
        screen_(parts.screen),
        identity_(parts.identity),
        colours_(parts.colours),
        input_(parts.client.context()),
        signals_(parts.client.context(), SIGWINCH, SIGTERM, SIGHUP) {}

  std::expected<void, Failure> run(const client::ConversationSummary& conversation) {
    model_.conversation = conversation.conversation;
    show(conversation);
    model_.connection = host_.connection();
    host_.set_listener([this](const client::EventFrame& event) { hear(event); });
    load_page();
    read_keys();
    wait_for_signal();
    redraw_later();
    host_.run_until([this] { return leaving_; }, Deadline::max());
    if (typing_) host_.submit(client::SetTyping{.conversation = model_.conversation, .typing = false});
    host_.drain(std::chrono::milliseconds(200));
    host_.set_listener({});
    if (host_.refusal()) return std::unexpected(unreachable_failure(host_));
    if (end_) return std::unexpected(*end_);
    return {};
  }

 private:
  void show(const client::ConversationSummary& conversation) {
    model_.peer = conversation.title.empty() ? conversation.peer_name : conversation.title;
    model_.timer_ms = conversation.timer_ms;
    model_.verification = conversation.verification;
  }

  void load_page() {
    client::ReadHistory request{
        .with = {}, .conversation = model_.conversation, .before = {}, .after = {}, .limit = chat_page_size};
    if (model_.oldest_seq() > 0) request.before = model_.oldest_seq();
    loading_ = host_.submit(request);
  }

  void read_keys() {
    input_.read([this](std::string_view piece) {
      if (piece.empty()) leaving_ = true;
      for (const Key& key : keys_.decode(piece)) press(key);
      redraw_later();
      if (!leaving_) read_keys();
    });
  }

  void wait_for_signal() {
    signals_.async_wait([this](boost::system::error_code failure, int signal) {
      if (failure) return;
      if (signal == SIGWINCH) {
        screen_.forget();
        redraw_later();
        wait_for_signal();
      } else {
        leaving_ = true;
      }
    });
  }

  void press(const Key& key) {
    model_.notice.clear();
    switch (key.kind) {
      case KeyKind::interrupt:
        leaving_ = true;
        return;
      case KeyKind::end_of_input:
        leaving_ = leaving_ || model_.input.empty();
        return;
      case KeyKind::enter:
        send();
        return;
      case KeyKind::page_up:
      case KeyKind::up:
        scroll_up(key.kind == KeyKind::up ? 1 : scroll_step);
        return;
      case KeyKind::page_down:
      case KeyKind::down:
        scroll_down(key.kind == KeyKind::down ? 1 : scroll_step);
        return;
      case KeyKind::redraw:
        screen_.forget();
        return;
      default:
        if (model_.input.apply(key)) tell_typing();
        return;
    }
  }

  void scroll_up(std::size_t lines) {
    const std::size_t wanted = model_.scroll + lines;
    model_.scroll = wanted;
    static_cast<void>(draw_chat(model_, Screen::size(), colours_));
    // Cut back by the drawing: the oldest line on the screen is the oldest that is loaded.
    if (model_.scroll < wanted && model_.has_older && loading_ == 0) load_page();
  }

  void scroll_down(std::size_t lines) {
    model_.scroll = model_.scroll > lines ? model_.scroll - lines : 0;
    if (model_.scroll == 0) mark_read();
  }

  void send() {
    const std::string text = model_.input.text();
    if (text.find_first_not_of(" \n") == std::string::npos) return;
    model_.input.clear();
    model_.scroll = 0;
    typing_ = false;
    const std::uint64_t id =
        host_.submit(client::SendText{.to = {}, .conversation = model_.conversation, .text = text});
    submitted_.emplace(id, text);
  }

  void tell_typing() {
    const auto now = steady_clock::now();
    const bool types = !model_.input.empty();
    if (types == typing_ && (!types || now - typing_told_ < typing_interval)) return;
    typing_ = types;
    typing_told_ = now;
    host_.submit(client::SetTyping{.conversation = model_.conversation, .typing = types});
  }

  void mark_read() {
    const std::uint64_t newest = model_.newest_seq();
    if (model_.scroll > 0 || newest <= marked_) return;
    marked_ = newest;
    host_.submit(client::MarkRead{.conversation = model_.conversation, .seq = newest});
  }

  void hear(const client::EventFrame& frame) {
    std::visit([&](const auto& event) { hear(frame.command, event); }, frame.event);
    redraw_later();
  }

  /// What the screen does not show.
  template <class Other>
  void hear(std::uint64_t, const Other&) {}

  void hear(std::uint64_t command, const client::History& page) {
    if (command != std::exchange(loading_, 0)) return;
    for (const auto& message : page.messages) model_.upsert(message);
    for (const auto& message : page.messages) note_as_announced(message);
    model_.has_older = page.more;
    mark_read();
  }
  void hear(std::uint64_t command, const client::Queued& queued) {
    const auto text = submitted_.extract(command);
    if (text.empty()) return;
    client::TimelineMessage message;
    message.conversation = queued.conversation;
    message.message = queued.message;
    message.sender = identity_.account;
    message.sender_name = identity_.name;
    message.own = true;
    message.text = text.mapped();
    message.sent_at = SystemClock().now();
    model_.upsert(message);
  }
  void hear(std::uint64_t command, const client::Failed& failed) {
    if (command == loading_) loading_ = 0;
    if (const auto text = submitted_.extract(command); !text.empty()) model_.notice = "Not sent: " + failed.error.text;
  }
  void hear(std::uint64_t, const client::MessageReceived& received) {
    if (received.message.conversation != model_.conversation) return;
    std::erase(model_.typing, received.message.sender_name);
    model_.upsert(received.message);
    note_as_announced(received.message);
    mark_read();
  }
  void hear(std::uint64_t, const client::MessageStateChanged& changed) {
    if (changed.message.conversation != model_.conversation) return;
    model_.upsert(changed.message);
    if (changed.failure != client::ClientErrorCode::none) model_.notice = changed.message.reason;
  }
  void hear(std::uint64_t, const client::ConversationChanged& changed) {
    if (changed.conversation.conversation == model_.conversation) show(changed.conversation);
  }
  void hear(std::uint64_t, const client::MessageChanged& changed) {
    if (changed.message.conversation == model_.conversation) model_.upsert(changed.message);
  }
  void hear(std::uint64_t, const client::MessageRemoved& removed) {
    if (removed.conversation == model_.conversation) model_.remove(removed.message);
  }
  void hear(std::uint64_t, const client::TypingChanged& typing) {
    if (typing.conversation == model_.conversation) model_.set_typing(typing);
  }
  void hear(std::uint64_t, const client::ConnectionChanged& changed) { model_.connection = changed.connection; }
  void hear(std::uint64_t, const client::SecurityNotice& notice) { model_.notice = notice.text; }
  void hear(std::uint64_t, const client::IdentityChanged& changed) {
    model_.notice = changed.text;
    if (changed.name == model_.peer) model_.verification = changed.verification;
  }
  void hear(std::uint64_t, const client::LoggedOut& ended) {
    end_ = Failure{ExitCode::not_signed_in, "login_ended", ended.text};
    leaving_ = true;
  }

  /// What was on the screen need not be printed again by a later `listen`.
  void note_as_announced(const client::TimelineMessage& message) {
    if (!message.own && message.seq > 0) {
      host_.submit(client::Announced{{{.conversation = message.conversation, .seq = message.seq}}});
    }
  }

  void redraw_later() {
    if (std::exchange(drawing_is_posted_, true)) return;
    boost::asio::post(client_.context(), [this] {
      drawing_is_posted_ = false;
      screen_.show(draw_chat(model_, Screen::size(), colours_));
    });
  }

  LocalClient& client_;
  Host& host_;
  Screen& screen_;
  client::Identity identity_;
  Colours colours_;
  StandardInput input_;
  boost::asio::signal_set signals_;
  KeyDecoder keys_;
  ChatModel model_;
  std::unordered_map<std::uint64_t, std::string> submitted_;
  std::uint64_t loading_ = 0;
  std::uint64_t marked_ = 0;
  bool typing_ = false;
  bool leaving_ = false;
  bool drawing_is_posted_ = false;
  steady_clock::time_point typing_told_;
  std::optional<Failure> end_;
};

std::expected<void, Failure> chat_with(const std::string& name, LocalClient& client, Console& console) {
  const auto identity = require_login(client.host());
  if (!identity) return std::unexpected(identity.error());
  const auto opened = ask<client::Opened>(client.host(), client::OpenConversation{.name = name}, engine_deadline());
  if (!opened) return std::unexpected(opened.error());
  const auto screen = Screen::enter();
  if (!screen) {
    return std::unexpected(
        Failure{ExitCode::usage, "no_terminal", "chat needs a terminal; scripts use send and listen."});
  }
  Chat chat({.client = client,
             .screen = *screen,
             .identity = *identity,
             .colours = console.has_colours() ? Colours::used : Colours::unused});
  return chat.run(opened->conversation);
}

}  // namespace

void add_chat_command(CommandTable& table) {
  const auto name = std::make_shared<std::string>();
  CLI::App& command =
      table.add({"chat", "Talk with an account or in a group on a full screen, live",
                 "  sotto chat bob\n  sotto chat '#Team'\n\n"
                 "Enter sends, Alt-Enter breaks the line, Page Up and Page Down scroll, Ctrl-C leaves.\n"
                 "Behind your messages: … waits, ✓ the server has it, ✓✓ opened on the other side, ✓✓ read.\n"},
                [name](const GlobalOptions& global, Console& console) {
                  return with_client(global.client_options(), console,
                                     [&](LocalClient& client) { return chat_with(*name, client, console); });
                });
  command.add_option("NAME", *name, "The other account, or '#' and a group's name")->required();
}

}  // namespace sotto::cli
