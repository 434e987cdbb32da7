#pragma once

#include "service/context.h"
#include "transparency/checkpoint.h"
#include "transparency/tile.h"
#include "wire/transparency.h"

namespace sotto::service {

// The transparency log of device lists: which lists this server ever showed, in an order that it cannot change unseen
// (docs/protocol.md). Entries are made in the unit of work that stores a list, so a list that was acknowledged is in
// the log.

/// A device list that becomes an account's newest.
struct ListToLog {
  AccountId account;
  std::uint64_t version = 0;
  /// Canonical encoding of the list.
  ByteView list;
};

/// Appends an entry. To be called in the writing unit that stores the list. Refused (`internal`) only if the stored log
/// is damaged; the unit must not be kept then. Makes the log's key if there is none yet.
[[nodiscard]] std::expected<void, Refusal> log_device_list(UnitOfWork& unit, const ListToLog& list,
                                                           const Moment& moment);

enum class LogPreparation : std::uint8_t {
  /// The key and the name are there.
  ready,
  /// As `ready`, but the log has had another name since its first start, and keeps it.
  named_otherwise,
  /// What is stored as the key is not one.
  damaged,
};

/// Makes the log's key and stores its name at the first start. `origin` is a key name (`transparency::is_key_name`).
/// Run it in a writing unit.
[[nodiscard]] LogPreparation prepare_transparency_log(UnitOfWork& unit, std::string_view origin, Random& random);

/// Enters accounts that are older than the log, at most so many in one unit; returns how many. Nothing if the stored
/// log is damaged; the unit must not be kept then.
[[nodiscard]] std::optional<std::size_t> log_earlier_accounts(UnitOfWork& unit, std::size_t limit,
                                                              const Moment& moment);

/// The operations of the log, for those who are signed in.
class TransparencyLog {
 public:
  /// `not_found` if there is no such account. A `known_size` beyond the log is answered without a consistency proof:
  /// the caller then sees for itself that the log is smaller than it was.
  [[nodiscard]] Outcome<wire::Proof> prove(UnitOfWork& unit, const Caller& caller, const wire::GetProof& request,
                                           const Moment& moment) const;
  [[nodiscard]] Outcome<wire::TransparencyPage> read(UnitOfWork& unit, const Caller& caller,
                                                     const wire::ReadTransparency& request, const Moment& moment) const;
};

/// What anybody may fetch without a login.
enum class LogResource : std::uint8_t {
  /// The signed note over the whole log as it is.
  checkpoint,
  /// The verifier key in its text form.
  key,
  /// A tile of hashes or a bundle of entries.
  tile,
};

/// Which resource; `path` counts for `tile` only.
struct LogAddress {
  LogResource resource = LogResource::checkpoint;
  transparency::TilePath path;
};

/// The octets of a resource; nothing if there is no such one. Run it in a reading unit.
[[nodiscard]] std::optional<std::string> read_log_resource(UnitOfWork& unit, const LogAddress& address);

}  // namespace sotto::service
