#pragma once

#include "client/query.h"
#include "client/vault.h"
#include "wire/binary.h"

namespace sotto::client {

/// What the stores of one transition share.
struct StoreContext {
  Database& database;
  const Vault& vault;
  Random& random;
  /// Set when a sealed value did not open or decode: the transition must not commit.
  bool& damaged;

  /// The sealed octets of a column of this row; absent if NULL. A value that does not open counts as damage.
  [[nodiscard]] std::optional<SecretBuffer> open(SealedColumn column, ByteView row, ByteView sealed) const {
    auto opened = vault.open(column, row, sealed);
    if (!opened) damaged = true;
    return opened;
  }

  /// As `open`, decoded; a default-constructed value after damage, which the transition will not commit.
  template <wire::DescribedMessage T>
  [[nodiscard]] T open_as(SealedColumn column, ByteView row, ByteView sealed) const {
    const auto opened = open(column, row, sealed);
    if (!opened) return T{};
    auto decoded = wire::decode<T>(opened->reveal());
    if (!decoded) {
      damaged = true;
      return T{};
    }
    return std::move(*decoded);
  }

  template <wire::DescribedMessage T>
  [[nodiscard]] Bytes seal(SealedColumn column, ByteView row, const T& value) const {
    return vault.seal(column, row, wire::encode_secret(value).reveal(), random);
  }
};

}  // namespace sotto::client
