#pragma once

#include "wire/prekeys.h"

namespace sotto::wire {

/// Creates an account with its first device. Repeating it with the same account, device and password signs in.
struct Register {
  std::string name;
  std::string password;
  AccountId account;
  Ed25519PublicKey account_key;
  SignedDeviceList device_list;
  DeviceId device;
  PublishPrekeys prekeys;

  static constexpr auto describe() {
    return message("Register", "Creates an account with its first device and signs it in.",
                   field(1, "name", &Register::name, at_most(max_name_size),
                         "3 to 32 of a-z, 0-9, '.', '_' and '-', beginning with a letter; capitals are lowered."),
                   field(2, "password", &Register::password, at_most(max_password_size), "At least 8 characters."),
                   field(3, "account", &Register::account, "Random."),
                   field(4, "account_key", &Register::account_key, "Its public account key."),
                   field(5, "device_list", &Register::device_list, "Version 1, holding exactly `device`."),
                   field(6, "device", &Register::device, "Random."),
                   field(7, "prekeys", &Register::prekeys, "At least the signed and the last-resort prekey."));
  }
};

/// Opens a login for a device that is on the account's list.
struct SignIn {
  std::string name;
  std::string password;
  DeviceId device;

  static constexpr auto describe() {
    return message("SignIn", "Opens a login for a device of the account.",
                   field(1, "name", &SignIn::name, at_most(max_name_size), "The account's name."),
                   field(2, "password", &SignIn::password, at_most(max_password_size), "Its password."),
                   field(3, "device", &SignIn::device, "A device on its list."));
  }
};

/// Exchanges a refresh token, which is then used up. If the answer was lost the same token may be shown again, as
/// long as its successor was never used; a token shown after its successor was used ends the login.
struct Refresh {
  std::string refresh_token;

  static constexpr auto describe() {
    return message("Refresh", "Exchanges a refresh token for new tokens.",
                   field(1, "refresh_token", &Refresh::refresh_token, at_most(max_token_size), "The newest one."));
  }
};

struct Tokens {
  std::string access_token;
  std::string refresh_token;
  UnixMillis access_expires_at;

  static constexpr auto describe() {
    return message("Tokens", "Proof of a login.",
                   field(1, "access_token", &Tokens::access_token, at_most(max_token_size), "JWT, EdDSA, 10 minutes."),
                   field(2, "refresh_token", &Tokens::refresh_token, at_most(max_token_size), "Opaque, 30 idle days."),
                   field(3, "access_expires_at", &Tokens::access_expires_at, "By the server's clock."));
  }
};

struct SignedIn {
  AccountId account;
  DeviceId device;
  LoginId login;
  Tokens tokens;

  static constexpr auto describe() {
    return message("SignedIn", "A login was opened.", field(1, "account", &SignedIn::account, "Whose."),
                   field(2, "device", &SignedIn::device, "On which device."),
                   field(3, "login", &SignedIn::login, "The login's id."),
                   field(4, "tokens", &SignedIn::tokens, "Its first tokens."));
  }
};

/// Ties the connection to a login; first frame of a stream.
struct Authenticate {
  std::string access_token;

  static constexpr auto describe() {
    return message("Authenticate", "Ties the stream to a login.",
                   field(1, "access_token", &Authenticate::access_token, at_most(max_token_size), "A valid one."));
  }
};

struct Authenticated {
  AccountId account;
  DeviceId device;
  UnixMillis server_time;

  static constexpr auto describe() {
    return message("Authenticated", "The stream now acts for this device.",
                   field(1, "account", &Authenticated::account, "Whose."),
                   field(2, "device", &Authenticated::device, "Which device."),
                   field(3, "server_time", &Authenticated::server_time, "By the server's clock."));
  }
};

struct SignOut {
  static constexpr auto describe() {
    return message("SignOut", "Ends the caller's login; its tokens and streams die.");
  }
};

struct ListLogins {
  static constexpr auto describe() { return message("ListLogins", "Lists the account's open logins."); }
};

struct Login {
  LoginId login;
  DeviceId device;
  UnixMillis created_at;
  UnixMillis last_used_at;
  bool current = false;

  static constexpr auto describe() {
    return message("Login", "An open login.", field(1, "login", &Login::login, "Its id."),
                   field(2, "device", &Login::device, "On which device."),
                   field(3, "created_at", &Login::created_at, "When it was opened."),
                   field(4, "last_used_at", &Login::last_used_at, "When it was last refreshed."),
                   field(5, "current", &Login::current, "Whether it is the caller's own."));
  }
};

struct Logins {
  std::vector<Login> logins;

  static constexpr auto describe() {
    return message("Logins", "The account's open logins, newest first.",
                   field(1, "logins", &Logins::logins, at_most(1'000), "Every open login."));
  }
};

struct RevokeLogin {
  LoginId login;

  static constexpr auto describe() {
    return message("RevokeLogin", "Ends one of the account's logins; its tokens and streams die.",
                   field(1, "login", &RevokeLogin::login, "Which."));
  }
};

/// The answer where there is nothing to say but that it is done, durably.
struct Done {
  static constexpr auto describe() { return message("Done", "It is done, durably."); }
};

}  // namespace sotto::wire
