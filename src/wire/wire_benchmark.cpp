// What a frame costs to write and to read, with the body that the delivery benchmarks use.

#include <benchmark/benchmark.h>

#include "wire/frame_codec.h"

namespace sotto::wire {
namespace {

constexpr std::size_t body_size = 400;

template <class Id>
Id id(std::uint8_t octet) {
  Id value;
  value.bytes.fill(octet);
  return value;
}

ClientFrame send_frame() {
  ClientFrame frame;
  frame.id = 1'000;
  Send& send = frame.request.emplace<Send>();
  send.conversation = id<ConversationId>(1);
  send.epoch = 3;
  send.message = id<MessageId>(2);
  send.body = Bytes(body_size, 0xa5);
  return frame;
}

ServerFrame log_entry_frame() {
  ServerFrame frame;
  LogEntry& entry = frame.answer.emplace<LogEntry>();
  entry.conversation = id<ConversationId>(1);
  entry.seq = 100'000;
  entry.sender = id<AccountId>(3);
  entry.sender_device = id<DeviceId>(4);
  entry.message = id<MessageId>(2);
  entry.sent_at = {1'700'000'000'000};
  entry.body = Bytes(body_size, 0xa5);
  return frame;
}

ClientFrame example(std::type_identity<ClientFrame>) { return send_frame(); }
ServerFrame example(std::type_identity<ServerFrame>) { return log_entry_frame(); }

template <class Frame>
void encode_binary(benchmark::State& state) {
  const Frame frame = example(std::type_identity<Frame>{});
  Bytes out;
  for (auto _ : state) {
    out.clear();
    encode_to(frame, out);
    benchmark::DoNotOptimize(out.data());
  }
}

template <class Frame>
void decode_binary(benchmark::State& state) {
  const Bytes octets = encode(example(std::type_identity<Frame>{}));
  for (auto _ : state) {
    auto frame = decode<Frame>(octets);
    benchmark::DoNotOptimize(frame);
  }
}

template <class Frame>
void print_json(benchmark::State& state) {
  const Frame frame = example(std::type_identity<Frame>{});
  for (auto _ : state) {
    auto text = to_json(frame);
    benchmark::DoNotOptimize(text);
  }
}

template <class Frame>
void read_json_text(benchmark::State& state) {
  const std::string text = to_json(example(std::type_identity<Frame>{}));
  for (auto _ : state) {
    auto frame = from_json<Frame>(text);
    benchmark::DoNotOptimize(frame);
  }
}

BENCHMARK(encode_binary<ClientFrame>)->Name("wire/encode/send");
BENCHMARK(decode_binary<ClientFrame>)->Name("wire/decode/send");
BENCHMARK(encode_binary<ServerFrame>)->Name("wire/encode/log_entry");
BENCHMARK(decode_binary<ServerFrame>)->Name("wire/decode/log_entry");
BENCHMARK(print_json<ClientFrame>)->Name("wire/to_json/send");
BENCHMARK(read_json_text<ClientFrame>)->Name("wire/from_json/send");
BENCHMARK(print_json<ServerFrame>)->Name("wire/to_json/log_entry");
BENCHMARK(read_json_text<ServerFrame>)->Name("wire/from_json/log_entry");

}  // namespace
}  // namespace sotto::wire

BENCHMARK_MAIN();
