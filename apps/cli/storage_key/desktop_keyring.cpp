#include "cli/storage_key/desktop_keyring.h"

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <libsecret/secret.h>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/text_encoding.h"

namespace sotto::cli {
namespace {

template <class Object>
struct Unreference {
  void operator()(Object* object) const { g_object_unref(object); }
};
template <class Object>
using Reference = std::unique_ptr<Object, Unreference<Object>>;

/// Cancels the calls that are handed `cancellable()` when time is up.
class TimeLimit {
 public:
  explicit TimeLimit(std::chrono::seconds span)
      : cancellable_(g_cancellable_new()), watcher_([this, span] { watch(span); }) {}
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;
  ~TimeLimit() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_one();
    watcher_.join();
  }
  [[nodiscard]] GCancellable* cancellable() const { return cancellable_.get(); }

 private:
  void watch(std::chrono::seconds span) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, span, [this] { return done_; })) g_cancellable_cancel(cancellable_.get());
  }

  Reference<GCancellable> cancellable_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread watcher_;
};

constexpr std::chrono::seconds patience{5};

const SecretSchema& schema() {
  static const SecretSchema value = {
      "org.sotto.StorageKey",
      SECRET_SCHEMA_NONE,
      {{"entry", SECRET_SCHEMA_ATTRIBUTE_STRING}, {nullptr, SecretSchemaAttributeType{}}},
      0,
      nullptr,
      nullptr,
      nullptr,
      nullptr,
      nullptr,
      nullptr,
      nullptr};
  return value;
}

/// Without an address GLib would try to launch a bus, which may take long and leaves a process behind.
bool session_bus_is_there() {
  if (const char* address = std::getenv("DBUS_SESSION_BUS_ADDRESS"); address != nullptr && *address != '\0')
    return true;
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  std::error_code failure;
  return runtime != nullptr && std::filesystem::exists(std::filesystem::path(runtime) / "bus", failure);
}

bool default_collection_is_unlocked(const TimeLimit& limit) {
  const Reference<SecretService> service(secret_service_get_sync(SECRET_SERVICE_NONE, limit.cancellable(), nullptr));
  if (!service) return false;
  const Reference<SecretCollection> collection(secret_collection_for_alias_sync(
      service.get(), SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, limit.cancellable(), nullptr));
  return collection && secret_collection_get_locked(collection.get()) == FALSE;
}

/// A secret as the service hands it out: text, wiped when freed.
struct FreePassword {
  void operator()(gchar* text) const { secret_password_free(text); }
};

std::expected<StorageKey, KeyringError> look_up(std::string_view entry, const TimeLimit& limit) {
  GError* failure = nullptr;
  const std::unique_ptr<gchar, FreePassword> text(secret_password_lookup_sync(
      &schema(), limit.cancellable(), &failure, "entry", std::string(entry).c_str(), nullptr));
  if (failure != nullptr) {
    g_error_free(failure);
    return std::unexpected(KeyringError::unavailable);
  }
  if (!text) return std::unexpected(KeyringError::no_entry);
  auto octets = from_hex(text.get());
  if (!octets || octets->size() != StorageKey::size) return std::unexpected(KeyringError::no_entry);
  StorageKey key{std::span<const std::uint8_t, StorageKey::size>(*octets)};
  wipe(*octets);
  return key;
}

}  // namespace

std::expected<void, KeyringError> DesktopKeyring::store(std::string_view entry, const StorageKey& key) {
  if (!session_bus_is_there()) return std::unexpected(KeyringError::unavailable);
  const TimeLimit limit(patience);
  if (!default_collection_is_unlocked(limit)) return std::unexpected(KeyringError::unavailable);
  std::string text = to_hex(key.reveal());
  const gboolean stored = secret_password_store_sync(
      &schema(), SECRET_COLLECTION_DEFAULT, "Sotto: key of the message database", text.c_str(), limit.cancellable(),
      nullptr, "entry", std::string(entry).c_str(), nullptr);
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  if (stored == FALSE) return std::unexpected(KeyringError::unavailable);
  const auto read_back = look_up(entry, limit);
  if (!read_back || !(*read_back == key)) return std::unexpected(KeyringError::unavailable);
  return {};
}

std::expected<StorageKey, KeyringError> DesktopKeyring::fetch(std::string_view entry) {
  if (!session_bus_is_there()) return std::unexpected(KeyringError::unavailable);
  const TimeLimit limit(patience);
  if (!default_collection_is_unlocked(limit)) return std::unexpected(KeyringError::unavailable);
  return look_up(entry, limit);
}

}  // namespace sotto::cli
