// Padding is undone exactly, has one form for each content, and hides all but the size's magnitude.

#include "session/padding.h"

#include <gmock/gmock.h>
#include <set>

#include "base/bytes.h"

namespace sotto::session {
namespace {

TEST(Padding, ReturnsWhatWasPadded) {
  for (const std::size_t size : {0u, 1u, 254u, 255u, 256u, 257u, 1'000u, 16'500u}) {
    const Bytes content(size, 0);
    const SecretBuffer padded = pad(content);
    EXPECT_EQ(padded.size(), padded_size(size));
    const auto back = unpad(padded.reveal());
    ASSERT_TRUE(back.has_value()) << size;
    EXPECT_EQ(back->size(), size);
  }
}

TEST(Padding, CostsAtMostTwelvePercentAndLeavesFewSizes) {
  std::set<std::size_t> sizes;
  std::size_t before = 0;
  for (std::size_t size = 0; size < 20'000; ++size) {
    const std::size_t padded = padded_size(size);
    EXPECT_GE(padded, before);
    EXPECT_GT(padded, size);
    if (size >= smallest_padded_size) {
      EXPECT_LE(padded * 100, (size + 1) * 112) << size;
    }
    before = padded;
    sizes.insert(padded);
  }
  EXPECT_EQ(padded_size(0), smallest_padded_size);
  EXPECT_EQ(padded_size(255), smallest_padded_size);
  EXPECT_LE(sizes.size(), 7u * 16u);  // Sixteen sizes for each doubling.
}

TEST(Padding, RefusesAnyOtherForm) {
  const Bytes content(300, 7);
  const SecretBuffer padded = pad(content);
  const ByteView good = padded.reveal();
  EXPECT_FALSE(unpad(good.first(good.size() - 1)).has_value());
  EXPECT_FALSE(unpad({}).has_value());
  EXPECT_FALSE(unpad(Bytes(256, 0)).has_value());
  Bytes longer(good.begin(), good.end());
  longer.push_back(0);
  EXPECT_FALSE(unpad(longer).has_value());
  Bytes marked(good.begin(), good.end());
  marked.back() = 1;
  EXPECT_FALSE(unpad(marked).has_value());
}

}  // namespace
}  // namespace sotto::session
