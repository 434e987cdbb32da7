// Writes the seeds of the wire targets into the folders corpus/wire_frame_fuzz and corpus/wire_json_fuzz under the
// folder named on the command line: a small frame for every request and answer.

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "crypto/testing/deterministic_random.h"
#include "wire/frame_codec.h"
#include "wire/random_message.h"

namespace sotto::wire {
namespace {

void write_file(const std::filesystem::path& path, std::string_view content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

/// Small enough for the folder to stay small, large enough to show every field.
constexpr std::size_t wanted_size = 500;

/// Whether a frame of size `candidate` shows more than one of size `kept`, within reason.
bool is_better(std::size_t candidate, std::size_t kept) {
  return kept > wanted_size ? candidate < kept : candidate > kept && candidate <= wanted_size;
}

/// Writes one of a few random frames for each choice.
template <DescribedMessage Frame>
void write_frames(const std::filesystem::path& corpus, std::string_view direction, auto Frame::* choice) {
  crypto::DeterministicRandom random(1);
  std::vector<std::optional<Frame>> chosen(std::variant_size_v<std::remove_cvref_t<decltype(Frame().*choice)>>);
  for (int made = 0; made < 1'000; ++made) {
    Frame frame = random_message<Frame>(random);
    auto& kept = chosen[(frame.*choice).index()];
    if (!kept || is_better(encoded_size(frame), encoded_size(*kept))) kept = std::move(frame);
  }
  for (std::size_t index = 0; index < chosen.size(); ++index) {
    if (!chosen[index]) continue;
    const std::string name = std::string(direction) + "_" + std::to_string(index);
    write_file(corpus / "wire_frame_fuzz" / name, as_text(encode(*chosen[index])));
    write_file(corpus / "wire_json_fuzz" / (name + ".json"), to_json(*chosen[index]));
  }
}

/// What the printer never writes but JSON allows, and some of what it forbids.
void write_texts(const std::filesystem::path& corpus) {
  const std::filesystem::path folder = corpus / "wire_json_fuzz";
  write_file(folder / "escapes.json", R"({"\u0069d":1,"find_account":{"name":"\"\\\/\b\f\n\r\t\u00e9\ud83c\udfad"}})");
  write_file(folder / "half_surrogate.json", R"({"id":1,"find_account":{"name":"\ud83c"}})");
  write_file(folder / "unknown.json",
             R"( { "x" : [ 1.5e-3 , -0 , { "y" : [ null , true , false , "" ] } ] , "id" : 7 } )");
  write_file(folder / "null.json", R"({"id":1,"publish_prekeys":{"signed_prekey":null,"kem_prekeys":[]}})");
  write_file(folder / "twice.json", R"({"id":1,"list_logins":{},"sign_out":{}})");
  write_file(folder / "large_number.json", R"({"id":9007199254740992})");
  write_file(folder / "deep.json", R"({"x":)" + std::string(40, '[') + std::string(40, ']') + "}");
}

}  // namespace
}  // namespace sotto::wire

int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    std::fputs("usage: wire_seeds <folder>\n", stderr);
    return 2;
  }
  const std::filesystem::path corpus = std::filesystem::path(arguments[1]) / "corpus";
  sotto::wire::write_frames<sotto::wire::ClientFrame>(corpus, "client", &sotto::wire::ClientFrame::request);
  sotto::wire::write_frames<sotto::wire::ServerFrame>(corpus, "server", &sotto::wire::ServerFrame::answer);
  sotto::wire::write_texts(corpus);
}
