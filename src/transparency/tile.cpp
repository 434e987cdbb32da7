#include "transparency/tile.h"

#include <algorithm>
#include <charconv>

#include "base/invariant.h"

namespace sotto::transparency {
namespace {

constexpr std::string_view hashes_prefix = "tile/";
constexpr std::string_view entries_prefix = "tile/entries/";
constexpr std::string_view partial_mark = ".p/";
constexpr std::uint32_t max_level = 7;
/// 2^63 leaves.
constexpr std::uint32_t max_tree_level = 63;

std::string three_digits(std::uint64_t number) {
  std::string digits = std::to_string(number);
  return std::string(3 - digits.size(), '0') + digits;
}

/// 1234067 is "x001/x234/067".
std::string print_index(std::uint64_t index) {
  std::string text = three_digits(index % 1'000);
  for (index /= 1'000; index > 0; index /= 1'000) text = "x" + three_digits(index % 1'000) + "/" + text;
  return text;
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> parse_index(std::string_view text) {
  std::string digits;
  for (char character : text) {
    if (character >= '0' && character <= '9') digits += character;
  }
  return digits.size() > 19 ? std::nullopt : parse_decimal(digits);
}

/// The numbers that `text` may name; whether it names them in the one right form is for the caller to compare.
std::optional<TilePath> read_numbers(std::string_view text) {
  TilePath path;
  if (const std::size_t mark = text.find(partial_mark); mark != std::string_view::npos) {
    const auto width = parse_decimal(text.substr(mark + partial_mark.size()));
    if (!width || *width == 0 || *width >= tile_width) return std::nullopt;
    path.width = *width;
    text = text.substr(0, mark);
  }
  if (text.starts_with(entries_prefix)) {
    text.remove_prefix(entries_prefix.size());
  } else if (text.starts_with(hashes_prefix)) {
    text.remove_prefix(hashes_prefix.size());
    const auto level = parse_decimal(text.substr(0, text.find('/')));
    if (!level || *level > max_level) return std::nullopt;
    path.level = static_cast<std::uint32_t>(*level);
    text.remove_prefix(std::min(text.size(), text.find('/')));
  } else {
    return std::nullopt;
  }
  const auto index = parse_index(text);
  if (!index) return std::nullopt;
  path.index = *index;
  return path;
}

}  // namespace

std::string print_tile_path(const TilePath& path) {
  std::string text(path.level ? hashes_prefix : entries_prefix);
  if (path.level) text += std::to_string(*path.level) + "/";
  text += print_index(path.index);
  if (path.width != tile_width) text += std::string(partial_mark) + std::to_string(path.width);
  return text;
}

std::optional<TilePath> parse_tile_path(std::string_view text) {
  if (text.size() > 64) return std::nullopt;
  const std::optional<TilePath> path = read_numbers(text);
  if (!path || print_tile_path(*path) != text) return std::nullopt;
  const std::uint32_t level = tile_height * path->level.value_or(0);
  const std::uint64_t most_tiles = (std::uint64_t{1} << (max_tree_level - level)) / tile_width;
  if (path->index >= std::max<std::uint64_t>(most_tiles, 1)) return std::nullopt;
  return path;
}

TileNodes tile_nodes(const TilePath& path) {
  return {{tile_height * path.level.value_or(0), path.index * tile_width}, path.width};
}

bool tile_exists(const TilePath& path, std::uint64_t tree_size) {
  const TileNodes nodes = tile_nodes(path);
  return nodes.count > 0 && nodes.first.index + nodes.count <= (tree_size >> nodes.first.level);
}

void append_to_bundle(Bytes& bundle, ByteView entry) {
  invariant(entry.size() <= 0xffff);
  bundle.push_back(static_cast<std::uint8_t>(entry.size() >> 8));
  bundle.push_back(static_cast<std::uint8_t>(entry.size() & 0xff));
  bundle.insert(bundle.end(), entry.begin(), entry.end());
}

std::optional<std::vector<Bytes>> split_bundle(ByteView bundle) {
  std::vector<Bytes> entries;
  while (!bundle.empty()) {
    if (bundle.size() < 2) return std::nullopt;
    const std::size_t size = (static_cast<std::size_t>(bundle[0]) << 8) | bundle[1];
    bundle = bundle.subspan(2);
    if (bundle.size() < size) return std::nullopt;
    entries.emplace_back(bundle.begin(), bundle.begin() + static_cast<std::ptrdiff_t>(size));
    bundle = bundle.subspan(size);
  }
  return entries;
}

}  // namespace sotto::transparency
