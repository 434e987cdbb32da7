#include "bindings/wasm/door.h"

#include <bit>
#include <cstring>
#include <optional>

#include "base/invariant.h"
#include "bindings/wasm/host_database.h"
#include "client/engine.h"
#include "wire/json.h"

namespace sotto::bindings {
namespace {

static_assert(std::endian::native == std::endian::little);

extern "C" __attribute__((import_module("sodium"), import_name("randombytes_buf"))) void host_random(void* memory,
                                                                                                     std::size_t size);

/// The host's generator of randomness for keys.
class HostRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> memory) override {
    if (!memory.empty()) host_random(memory.data(), memory.size());
  }
};

struct Instance {
  HostDatabase database;
  HostRandom random;
  std::unique_ptr<client::Engine> engine;
};

std::optional<Instance>& instance() {
  static std::optional<Instance> only;
  return only;
}

SecretBuffer& result() {
  static SecretBuffer last;
  return last;
}

UnixMillis time_of(double now) { return {now > 0 ? static_cast<std::uint64_t>(now) : 0}; }

void set_result(std::string_view text) { result() = SecretBuffer(as_bytes(text)); }

/// Writes what is at most as long as the memory it was given.
class Writer {
 public:
  explicit Writer(std::span<std::uint8_t> memory) : at_(memory.data()) {}
  template <class Number>
  void number(Number value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }
  void octets(ByteView value) {
    if (!value.empty()) std::memcpy(at_, value.data(), value.size());
    at_ += value.size();
  }

 private:
  std::uint8_t* at_;
};

std::string events_as_json(const std::vector<client::EventFrame>& events) {
  std::string text = "[";
  for (const client::EventFrame& event : events) {
    if (text.size() > 1) text += ',';
    text += wire::to_json(event);
  }
  return text + "]";
}

int give(const client::Effects& effects) {
  std::string events = events_as_json(effects.events);
  std::size_t size = 4 * sizeof(std::uint32_t) + sizeof(double) + events.size();
  for (const Bytes& frame : effects.frames) size += sizeof(std::uint32_t) + frame.size();
  result() = SecretBuffer(size);
  Writer writer(result().writable());
  writer.number(std::uint32_t{effects.stream == client::StreamWish::open ? 1U : 0U});
  writer.number(std::uint32_t{effects.wake_at ? 1U : 0U});
  writer.number(effects.wake_at ? static_cast<double>(effects.wake_at->value) : 0.0);
  writer.number(static_cast<std::uint32_t>(effects.frames.size()));
  for (const Bytes& frame : effects.frames) {
    writer.number(static_cast<std::uint32_t>(frame.size()));
    writer.octets(frame);
  }
  writer.number(static_cast<std::uint32_t>(events.size()));
  writer.octets(as_bytes(events));
  wipe({reinterpret_cast<std::uint8_t*>(events.data()), events.size()});
  return 0;
}

int handle(client::Input input, double now) {
  invariant(instance().has_value());
  return give(instance()->engine->handle(std::move(input), time_of(now)));
}

/// Nothing if the sizes do not fit.
std::optional<client::FramesReceived> frames_of(ByteView batch) {
  client::FramesReceived received;
  while (!batch.empty()) {
    std::uint32_t size = 0;
    if (batch.size() < sizeof size) return std::nullopt;
    std::memcpy(&size, batch.data(), sizeof size);
    batch = batch.subspan(sizeof size);
    if (batch.size() < size) return std::nullopt;
    const ByteView frame = batch.first(size);
    received.frames.emplace_back(frame.begin(), frame.end());
    batch = batch.subspan(size);
  }
  return received;
}

client::StreamClosed::Reason reason_of(std::uint32_t number) {
  using Reason = client::StreamClosed::Reason;
  return number <= std::to_underlying(Reason::closed_here) ? static_cast<Reason>(number) : Reason::lost;
}

}  // namespace
}  // namespace sotto::bindings

using sotto::bindings::handle;
using sotto::bindings::instance;
using sotto::bindings::result;

std::uint8_t* sotto_allocate(std::size_t size) { return new std::uint8_t[size]; }

void sotto_free(std::uint8_t* memory, std::size_t size) {
  sotto::wipe({memory, size});
  delete[] memory;
}

int sotto_open(std::uint8_t* key, double now) {
  using namespace sotto;
  const std::span<std::uint8_t, 32> octets(key, 32);
  client::StorageKey storage_key{std::span<const std::uint8_t, 32>(octets)};
  wipe(octets);
  auto& opened = instance().emplace();
  auto engine = client::Engine::open(opened.database, std::move(storage_key), opened.random, bindings::time_of(now));
  if (!engine) {
    instance().reset();
    bindings::set_result(client::explain(engine.error()));
    return 1 + static_cast<int>(engine.error());
  }
  opened.engine = std::move(*engine);
  return 0;
}

void sotto_close() {
  result() = {};
  instance().reset();
}

int sotto_command(const std::uint8_t* json, std::size_t size, double now) {
  using namespace sotto;
  auto frame = wire::from_json<client::CommandFrame>(std::string_view(reinterpret_cast<const char*>(json), size));
  if (frame) return handle(std::move(*frame), now);
  std::string reason(wire::explain(frame.error().fault));
  if (!frame.error().path.empty()) reason += " (" + frame.error().path + ")";
  bindings::set_result(reason);
  return 1;
}

int sotto_frames(const std::uint8_t* batch, std::size_t size, double now) {
  auto received = sotto::bindings::frames_of({batch, size});
  return received ? handle(std::move(*received), now) : 1;
}

int sotto_stream_opened(double now) { return handle(sotto::client::StreamOpened{}, now); }

int sotto_stream_closed(std::uint32_t reason, double now) {
  return handle(sotto::client::StreamClosed{.reason = sotto::bindings::reason_of(reason)}, now);
}

int sotto_tick(double now) { return handle(sotto::client::Tick{}, now); }

const std::uint8_t* sotto_result() { return result().reveal().data(); }

std::size_t sotto_result_size() { return result().size(); }

void sotto_release_result() { result() = {}; }
