#include "cli/host/local_client.h"

#include "cli/home/private_file.h"
#include "cli/storage_key/desktop_keyring.h"
#include "cli/terminal/secret_prompt.h"
#include "storage/client/sqlite_database.h"

namespace sotto::cli {
namespace {

Failure no_account_failure() {
  return {ExitCode::not_signed_in, "not_registered",
          "There is no account here yet. Begin with: sotto --server URL register NAME"};
}

Failure home_failure(const std::filesystem::path& directory, FileError error) {
  if (error == FileError::open_to_others) {
    return {ExitCode::failed, "home_open",
            "The home " + directory.string() +
                " is open to other users, or belongs to one. Close it (chmod 700) or choose another."};
  }
  return {ExitCode::failed, "home_failed", "The home " + directory.string() + " could not be created or read."};
}

Failure key_failure(StorageKeyError error) {
  if (error == StorageKeyError::not_created) return no_account_failure();
  const bool is_security = error == StorageKeyError::wrong_passphrase || error == StorageKeyError::open_to_others ||
                           error == StorageKeyError::record_damaged || error == StorageKeyError::key_file_damaged;
  const bool is_usage = error == StorageKeyError::passphrase_missing || error == StorageKeyError::passphrase_too_short;
  const ExitCode exit = is_security ? ExitCode::refused_for_security : is_usage ? ExitCode::usage : ExitCode::failed;
  return {exit, error == StorageKeyError::wrong_passphrase ? "wrong_passphrase" : "storage_key",
          std::string(describe_error(error))};
}

Failure open_failure(client::OpenError error) {
  const bool is_security = error == client::OpenError::wrong_key || error == client::OpenError::damaged;
  return {is_security ? ExitCode::refused_for_security : ExitCode::failed,
          is_security ? "home_damaged" : "storage_failed", std::string(client::explain(error))};
}

/// Fetches the key of a home, or makes one where that is allowed. `home` is a private directory.
std::expected<StorageKey, Failure> take_key(const ClientOptions& options, Random& random, Console& console) {
  DesktopKeyring keyring;
  const auto from_anywhere = [](auto asking, std::string_view question) -> AskPassphrase {
    return [asking, question] {
      auto passphrase = secret_from_environment("SOTTO_PASSPHRASE");
      return passphrase ? std::move(passphrase) : asking(question);
    };
  };
  std::optional<HomeLock> lock;
  if (!has_storage_key(options.home)) {
    // Two processes that begin a home at once must end with one key.
    lock = HomeLock::take(options.home);
    if (!lock) return std::unexpected(home_failure(options.home, FileError::failed));
  }
  if (has_storage_key(options.home)) {
    auto key = open_storage_key(options.home, keyring, from_anywhere(ask_secret, "Passphrase of this home: "));
    if (!key) return std::unexpected(key_failure(key.error()));
    return std::move(*key);
  }
  if (options.missing_home == MissingHome::is_an_error) return std::unexpected(no_account_failure());
  auto created = create_storage_key(options.home, options.key_preference, keyring,
                                    from_anywhere(ask_new_secret, "Choose a passphrase for this home: "), random);
  if (!created) return std::unexpected(key_failure(created.error()));
  const std::string text = "This home's messages are sealed under a key that is kept in " +
                           std::string(describe_source(created->source)) + ".";
  console.notice({.code = "storage_key_created", .text = text});
  return std::move(created->key);
}

}  // namespace

std::expected<std::unique_ptr<LocalClient>, Failure> LocalClient::open(const ClientOptions& options, Console& console) {
  if (options.missing_home == MissingHome::is_created) {
    if (const auto made = make_private_directory(options.home); !made) {
      return std::unexpected(home_failure(options.home, made.error()));
    }
  } else if (!has_storage_key(options.home)) {
    return std::unexpected(no_account_failure());
  }
  const Home home(options.home);
  std::unique_ptr<LocalClient> client(
      new LocalClient(home, options.server.empty() ? home.remembered_server().value_or("") : options.server));
  auto key = take_key(options, client->random_, console);
  if (!key) return std::unexpected(key.error());
  auto database = storage::SqliteDatabase::open(home.database().string());
  if (!database) return std::unexpected(open_failure(client::OpenError::damaged));
  client->database_ = std::move(*database);
  auto engine = client::Engine::open(*client->database_, std::move(*key), client->random_, SystemClock().now());
  if (!engine) return std::unexpected(open_failure(engine.error()));
  client->engine_ = std::move(*engine);
  Host::Server server{.url = options.network == Network::used ? client->server_ : "", .options = {}};
  server.options.authorities_file = options.authorities_file;
  server.options.plain = options.plain;
  client->host_ = std::make_unique<Host>(client->context_, *client->engine_, std::move(server));
  return client;
}

LocalClient::~LocalClient() {
  if (host_) host_->drain(std::chrono::milliseconds(200));
}

}  // namespace sotto::cli
