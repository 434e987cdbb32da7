// Property: whatever a server sends to a live client neither ends it nor harms what it holds: nothing of its timeline
// is lost, no text appears that nobody wrote, and it still answers commands.
//
// The first octet chooses: bit 0 puts the true conversation, sender and next place into a log entry or a mailbox item,
// so that the input reaches the code behind those checks; bit 1 sends the frame twice. The rest is one frame.

#include "base/invariant.h"
#include "simulation/world.h"

namespace sotto::simulation {
namespace {

/// Ada, who knows Bob and holds two messages; put back to that state before each input.
class Prepared {
 public:
  Prepared() {
    for (const std::size_t index : {ada_, bob_}) {
      world_.ask(index, client::RegisterAccount{.name = world_.host(index).name(), .password = "long enough"});
    }
    say(ada_, "bob");
    say(bob_, "ada");
    const client::Event self = world_.ask(ada_, client::WhoAmI{});
    const client::Event peer = world_.ask(bob_, client::WhoAmI{});
    self_ = std::get<client::Identity>(self);
    peer_ = std::get<client::Identity>(peer);
    conversation_ = history().at(0).conversation;
    world_.crash(bob_);
    world_.crash(ada_);
    world_.host(ada_).back_up();
  }

  void feed(ByteView input) {
    if (host().is_running()) host().crash();
    host().restore();
    host().start(world_.now());
    go_live();
    const std::uint8_t choice = input.empty() ? 0 : input[0];
    const ByteView octets = input.empty() ? input : input.subspan(1);
    Bytes frame(octets.begin(), octets.end());
    if ((choice & 1) != 0) frame = made_fitting(frame);
    for (int times = (choice & 2) != 0 ? 2 : 1; times > 0; --times) receive(frame);
    host().handle(client::Tick{}, world_.now());
    check();
  }

 private:
  ClientHost& host() { return world_.host(ada_); }

  void say(std::size_t from, const std::string& to) {
    client::SendText command;
    command.to = to;
    command.text = "written";
    world_.ask(from, command);
    world_.run_for(seconds(2));
  }

  std::vector<client::TimelineMessage> history() {
    client::ReadHistory command;
    command.with = "bob";
    command.limit = 200;
    const std::uint64_t id = host().command(command, world_.now());
    client::Event event = host().take_answer(id).value_or(client::Event{});
    auto* page = std::get_if<client::History>(&event);
    invariant(page != nullptr);
    return std::move(page->messages);
  }

  void receive(Bytes frame) {
    client::FramesReceived received;
    received.frames.push_back(std::move(frame));
    host().handle(std::move(received), world_.now());
  }

  void go_live() {
    host().handle(client::StreamOpened{}, world_.now());
    receive(wire::encode(wire::ServerFrame{
        .id = 1,
        .answer = wire::Authenticated{.account = self_.account, .device = self_.device, .server_time = world_.now()}}));
    wire::Resumed resumed;
    resumed.conversations.push_back({.conversation = conversation_,
                                     .epoch = 1,
                                     .head = 2,
                                     .members = {{.account = self_.account}, {.account = peer_.account}}});
    receive(wire::encode(wire::ServerFrame{.id = 2, .answer = resumed}));
  }

  Bytes made_fitting(const Bytes& octets) {
    auto frame = wire::decode<wire::ServerFrame>(octets);
    if (!frame) return octets;
    if (auto* entry = std::get_if<wire::LogEntry>(&frame->answer)) {
      frame->id = 0;
      entry->conversation = conversation_;
      entry->seq = 3;
      entry->sender = peer_.account;
      entry->sender_device = peer_.device;
    }
    if (auto* item = std::get_if<wire::MailboxItem>(&frame->answer)) {
      frame->id = 0;
      item->sender = peer_.account;
      item->sender_device = peer_.device;
    }
    return wire::encode(*frame);
  }

  void check() {
    const std::vector<client::TimelineMessage> lines = history();
    invariant(lines.size() >= 2);
    for (const client::TimelineMessage& line : lines) {
      const bool readable = line.cause == client::UndecryptableCause::none;
      invariant(readable ? line.text == "written" : line.text.empty() && !line.reason.empty());
    }
  }

  World world_{{}};
  std::size_t ada_ = world_.add_host("ada");
  std::size_t bob_ = world_.add_host("bob");
  client::Identity self_;
  client::Identity peer_;
  ConversationId conversation_;
};

}  // namespace
}  // namespace sotto::simulation

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static sotto::simulation::Prepared prepared;
  prepared.feed({data, size});
  return 0;
}
