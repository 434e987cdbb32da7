-- Prosody as fast as its own settings make it, with an archive of every message in PostgreSQL: no limits, no TLS,
-- accounts in files of its own, with passwords as plain text so that a login costs no hashing, and no module that the
-- work does not need.
pidfile = "@FOLDER@/prosody.pid"
data_path = "@FOLDER@/prosody"
daemonize = false
log = { error = "*console" }

network_backend = "epoll"
network_settings = { tcp_backlog = 4096 }
interfaces = { "127.0.0.1" }
c2s_ports = { @PORT@ }
s2s_ports = {}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"

modules_enabled = { "roster", "saslauth", "disco", "register_ibr", "mam" }
modules_disabled = { "s2s", "tls", "offline", "limits" }
allow_registration = true

storage = { archive = "sql", muc_log = "sql" }
sql = { driver = "PostgreSQL", database = "postgres", username = "peers", password = "", host = "127.0.0.1",
  port = @DATABASE_PORT@ }
default_archive_policy = true
archive_expires_after = "never"
max_archive_query_results = 200

VirtualHost "localhost"

Component "rooms.localhost" "muc"
  modules_enabled = { "muc_mam" }
  muc_log_by_default = true
  muc_log_expires_after = "never"
  restrict_room_creation = false
  muc_room_default_history_length = 0
  muc_room_locking = false
