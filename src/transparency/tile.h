#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "transparency/tree.h"

namespace sotto::transparency {

// The static resources of a log (C2SP tlog-tiles): tiles of 256 hashes, and bundles of 256 entries.

/// Levels of the tree from one tile to the next one above.
inline constexpr std::uint32_t tile_height = 8;
/// Hashes in a full tile, entries in a full bundle.
inline constexpr std::uint64_t tile_width = 256;

/// Names one resource: "tile/<L>/<N>[.p/<W>]", or "tile/entries/<N>[.p/<W>]" for a bundle of entries.
struct TilePath {
  /// 0 to 7, the levels that a tree of 2^64 leaves has; nothing for a bundle of entries, which belongs to level 0.
  std::optional<std::uint32_t> level;
  std::uint64_t index = 0;
  /// 1 to 256; 256 is a full one.
  std::uint64_t width = tile_width;

  friend bool operator==(const TilePath&, const TilePath&) = default;
};

/// As it stands in an address, without a leading slash.
[[nodiscard]] std::string print_tile_path(const TilePath& path);

/// Takes exactly what `print_tile_path` prints; nothing for all else, and for resources that lie outside a tree of 2^63
/// leaves.
[[nodiscard]] std::optional<TilePath> parse_tile_path(std::string_view text);

/// The first node of a tile and how many nodes follow one another.
struct TileNodes {
  NodePosition first;
  std::uint64_t count = 0;
};

/// The nodes that a tile is made of; for a bundle, the leaves that its entries hash to.
[[nodiscard]] TileNodes tile_nodes(const TilePath& path);

/// Whether a log of `tree_size` leaves has the resource: all its nodes are complete subtrees of the tree.
[[nodiscard]] bool tile_exists(const TilePath& path, std::uint64_t tree_size);

/// Appends an entry to a bundle: its size in two octets, big-endian, then the entry. `entry` has at most 65,535 octets.
void append_to_bundle(Bytes& bundle, ByteView entry);

/// The entries of a bundle; nothing if it is cut short.
[[nodiscard]] std::optional<std::vector<Bytes>> split_bundle(ByteView bundle);

}  // namespace sotto::transparency
