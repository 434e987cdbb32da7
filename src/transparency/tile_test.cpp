// Property: paths and contents of tiles are those of C2SP tlog-tiles; every path has one form, and what a tree of a
// size has is exactly what the specification lists.

#include "transparency/tile.h"

#include <gtest/gtest.h>

namespace sotto::transparency {
namespace {

TEST(TilePath, IsPrintedAsTheSpecificationShows) {
  EXPECT_EQ(print_tile_path({.level = 0, .index = 1'234'067}), "tile/0/x001/x234/067");
  EXPECT_EQ(print_tile_path({.level = 1, .index = 0, .width = 17}), "tile/1/000.p/17");
  EXPECT_EQ(print_tile_path({.level = std::nullopt, .index = 273, .width = 112}), "tile/entries/273.p/112");
  EXPECT_EQ(print_tile_path({.level = std::nullopt, .index = 1'000}), "tile/entries/x001/000");
}

TEST(TilePath, IsReadAsItIsPrinted) {
  for (std::uint64_t index : {0ull, 1ull, 999ull, 1'000ull, 1'234'067ull, 999'999'999ull}) {
    for (std::optional<std::uint32_t> level : {std::optional<std::uint32_t>{}, {0}, {1}, {2}}) {
      for (std::uint64_t width : {1ull, 255ull, 256ull}) {
        const TilePath path{level, index, width};
        EXPECT_EQ(parse_tile_path(print_tile_path(path)), path) << print_tile_path(path);
      }
    }
  }
}

TEST(TilePath, HasOneForm) {
  for (const char* text : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "tile/0/0",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/00/000",
                           "tile/8/000",
                           "tile/-1/000",
                           "tile/0/x000/001",
                           "tile/0/001/002",
                           "tile/0/x001/x002",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/",
                           "tile/0/000.p",
                           "tile/0/000.p/1/",
                           "/tile/0/000",
                           "tile/0/../000",
                           "tile/entries",
                           "tile/entries/",
                           "tile/entries/0",
                           "tile/entries/000.p/300",
                           "tile/0/x999/x999/x999/x999/x999/999",
                           "tile/7/001",
                           "tile/data/000",
                           "tile/0/000 ",
                           "tile/0/+00"}) {
    EXPECT_FALSE(parse_tile_path(text)) << text;
  }
}

TEST(TilePath, ExistsAsTheSpecificationCounts) {
  constexpr std::uint64_t size = 70'000;
  EXPECT_TRUE(tile_exists({.level = 0, .index = 272}, size));
  EXPECT_FALSE(tile_exists({.level = 0, .index = 273}, size));
  EXPECT_TRUE(tile_exists({.level = 0, .index = 273, .width = 112}, size));
  EXPECT_FALSE(tile_exists({.level = 0, .index = 273, .width = 113}, size));
  EXPECT_TRUE(tile_exists({.level = 1, .index = 0}, size));
  EXPECT_TRUE(tile_exists({.level = 1, .index = 1, .width = 17}, size));
  EXPECT_FALSE(tile_exists({.level = 1, .index = 1, .width = 18}, size));
  EXPECT_TRUE(tile_exists({.level = 2, .index = 0, .width = 1}, size));
  EXPECT_FALSE(tile_exists({.level = 3, .index = 0, .width = 1}, size));
  EXPECT_TRUE(tile_exists({.level = 1, .index = 0, .width = 1}, 256));
  EXPECT_FALSE(tile_exists({.level = 0, .index = 0, .width = 1}, 0));
}

TEST(TilePath, NamesTheNodesOfItsLevel) {
  const TileNodes nodes = tile_nodes({.level = 1, .index = 3, .width = 9});
  EXPECT_EQ(nodes.first, (NodePosition{8, 768}));
  EXPECT_EQ(nodes.count, 9u);
}

TEST(Bundle, HoldsEntriesBehindTheirSizes) {
  Bytes bundle;
  append_to_bundle(bundle, as_bytes("abc"));
  append_to_bundle(bundle, {});
  append_to_bundle(bundle, Bytes(300, 7));
  EXPECT_EQ(bundle.size(), 2u + 3 + 2 + 2 + 300);
  EXPECT_EQ(Bytes(bundle.begin(), bundle.begin() + 5), (Bytes{0, 3, 'a', 'b', 'c'}));
  const auto entries = split_bundle(bundle);
  ASSERT_TRUE(entries && entries->size() == 3);
  EXPECT_EQ(entries->at(2), Bytes(300, 7));
  for (std::size_t size : {std::size_t{1}, std::size_t{4}, bundle.size() - 1}) {
    EXPECT_FALSE(split_bundle(ByteView(bundle).first(size))) << size;
  }
}

}  // namespace
}  // namespace sotto::transparency
