#include "server/web_folder.h"

#include <array>
#include <fstream>
#include <iterator>

#include "base/text_encoding.h"
#include "crypto/hash.h"

namespace sotto::server {
namespace {

namespace fs = std::filesystem;
using transport::SharedBytes;

struct MediaType {
  std::string_view extension;
  std::string_view type;
};

constexpr std::array media_types{
    MediaType{".css", "text/css; charset=utf-8"},
    MediaType{".html", "text/html; charset=utf-8"},
    MediaType{".ico", "image/x-icon"},
    MediaType{".jpg", "image/jpeg"},
    MediaType{".js", "text/javascript; charset=utf-8"},
    MediaType{".json", "application/json"},
    MediaType{".map", "application/json"},
    MediaType{".mjs", "text/javascript; charset=utf-8"},
    MediaType{".mp3", "audio/mpeg"},
    MediaType{".ogg", "audio/ogg"},
    MediaType{".png", "image/png"},
    MediaType{".svg", "image/svg+xml"},
    MediaType{".txt", "text/plain; charset=utf-8"},
    MediaType{".wasm", "application/wasm"},
    MediaType{".webmanifest", "application/manifest+json"},
    MediaType{".webp", "image/webp"},
    MediaType{".woff2", "font/woff2"},
};

/// The file's octets by its path below the folder.
using Contents = std::map<std::string, SharedBytes, std::less<>>;

bool is_hidden(const fs::path& path) {
  return std::ranges::any_of(path, [](const fs::path& part) { return part.native().starts_with('.'); });
}

std::expected<SharedBytes, std::string> read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  Bytes octets{std::istreambuf_iterator<char>(stream), {}};
  if (stream.bad() || !stream.is_open()) return std::unexpected(path.string() + " cannot be read");
  return std::make_shared<const Bytes>(std::move(octets));
}

std::expected<Contents, std::string> read_all(const fs::path& folder) {
  Contents contents;
  std::size_t octets = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const fs::path path = entry.path().lexically_relative(folder);
    // A link could lead anywhere, and what is reachable here is reachable by everyone.
    if (entry.is_symlink() || !entry.is_regular_file() || is_hidden(path)) continue;
    octets += entry.file_size();
    if (octets > max_web_octets || contents.size() == max_web_files) {
      return std::unexpected(folder.string() + " holds more than a web app (64 MiB, 2,000 files)");
    }
    auto read = read_file(entry.path());
    if (!read) return std::unexpected(read.error());
    contents.emplace("/" + path.generic_string(), std::move(*read));
  }
  return contents;
}

SharedBytes find_beside(const Contents& contents, const std::string& path) {
  const auto found = contents.find(path);
  return found == contents.end() ? nullptr : found->second;
}

/// Whether it is a compressed form of another file.
bool is_beside(const Contents& contents, std::string_view path) {
  for (const std::string_view ending : {".br", ".gz"}) {
    if (path.ends_with(ending) && contents.contains(path.substr(0, path.size() - ending.size()))) return true;
  }
  return false;
}

}  // namespace

std::string_view media_type(std::string_view name) {
  const std::string extension = fs::path(name).extension().string();
  const auto found = std::ranges::find(media_types, std::string_view(extension), &MediaType::extension);
  return found == media_types.end() ? "application/octet-stream" : found->type;
}

std::expected<gateway::WebFiles, std::string> read_web_folder(const fs::path& folder) {
  std::expected<Contents, std::string> contents;
  try {
    contents = read_all(folder);
  } catch (const fs::filesystem_error& error) {
    return std::unexpected(folder.string() + " cannot be read: " + error.code().message());
  }
  if (!contents) return std::unexpected(contents.error());
  if (!contents->contains("/index.html")) return std::unexpected(folder.string() + " holds no index.html");
  gateway::WebFiles files;
  for (const auto& [path, octets] : *contents) {
    if (is_beside(*contents, path)) continue;
    const std::string digest = to_hex(crypto::sha256(*octets).bytes);
    files.emplace(path, gateway::WebFile{.type = std::string(media_type(path)),
                                         .tag = digest.substr(0, 32),
                                         .identity = octets,
                                         .gzip = find_beside(*contents, path + ".gz"),
                                         .brotli = find_beside(*contents, path + ".br")});
  }
  return files;
}

fs::path installed_web_folder() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  if (failure) return {};
  fs::path folder = program.parent_path().parent_path() / "share" / "sotto" / "web";
  return fs::is_regular_file(folder / "index.html", failure) ? folder : fs::path();
}

}  // namespace sotto::server
