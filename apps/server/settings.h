#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sotto::server {

/// What the operator chooses, section by section, with the defaults. What each means is told in `settings_table.cpp`.
struct Settings {
  struct {
    std::string listen = "127.0.0.1:7380";
    std::string data = "sotto-data";
    std::string public_url;
    std::vector<std::string> allowed_origins;
    std::vector<std::string> trusted_proxies;
  } server;

  struct {
    std::string certificate;
    std::string private_key;
  } tls;

  struct {
    std::string listen = "127.0.0.1:7381";
  } admin;

  struct {
    std::string registration = "open";
    std::int64_t password_memory_kib = 64 * 1024;
    std::int64_t password_passes = 3;
    std::int64_t password_threads = 0;
    std::int64_t password_queue = 64;
  } accounts;

  struct {
    bool enabled = true;
    std::int64_t connections = 18'000;
    std::int64_t connections_per_address = 200;
    std::int64_t authentication_seconds = 10;
    std::int64_t idle_seconds = 300;
  } limits;

  struct {
    std::string directory;
    std::int64_t interval_hours = 24;
    std::int64_t retention_days = 30;
  } backup;

  struct {
    std::string origin;
  } transparency;

  struct {
    std::string root;
  } web;

  struct {
    std::string level = "info";
    std::string format = "auto";
    bool addresses = false;
  } log;
};

}  // namespace sotto::server
