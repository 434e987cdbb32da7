// The files of a web app are those below its directory and no others, with the right types; a directory that is none is
// refused with a reason.
#include "server/web_folder.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace sotto::server {
namespace {

using ::testing::HasSubstr;

class WebFolder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / ("sotto_web_folder_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_ / "web" / "assets");
    write("secret.txt", "not for the web");
    write("web/index.html", "<!doctype html>");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, std::string_view content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  [[nodiscard]] auto read() const { return read_web_folder(folder_ / "web"); }

  std::filesystem::path folder_;
};

TEST_F(WebFolder, EveryFileHasItsPathTypeAndCompressedForms) {
  write("web/assets/app.js", "code");
  write("web/assets/app.js.br", "brotli");
  write("web/assets/app.js.gz", "gzip");
  write("web/assets/logs.gz", "itself");
  const auto files = read();
  ASSERT_TRUE(files) << files.error();
  EXPECT_EQ(files->size(), 3u);
  const gateway::WebFile& code = files->at("/assets/app.js");
  EXPECT_EQ(as_text(*code.identity), "code");
  EXPECT_EQ(as_text(*code.brotli), "brotli");
  EXPECT_EQ(as_text(*code.gzip), "gzip");
  EXPECT_EQ(code.type, "text/javascript; charset=utf-8");
  EXPECT_EQ(code.tag.size(), 32u);
  EXPECT_EQ(as_text(*files->at("/assets/logs.gz").identity), "itself");
  EXPECT_EQ(files->at("/index.html").gzip, nullptr);
  EXPECT_NE(files->at("/index.html").tag, code.tag);
}

TEST_F(WebFolder, LinksAndHiddenFilesAreLeftOut) {
  std::filesystem::create_symlink(folder_ / "secret.txt", folder_ / "web" / "link.txt");
  std::filesystem::create_directory_symlink(folder_, folder_ / "web" / "outside");
  std::filesystem::create_directories(folder_ / "web" / ".vite");
  write("web/.vite/manifest.json", "{}");
  write("web/.hidden", "x");
  const auto files = read();
  ASSERT_TRUE(files) << files.error();
  EXPECT_EQ(files->size(), 1u);
}

TEST_F(WebFolder, WhatIsNoWebAppIsRefusedWithAReason) {
  EXPECT_THAT(read_web_folder(folder_ / "nowhere").error(), HasSubstr("cannot be read"));
  EXPECT_THAT(read_web_folder(folder_ / "web" / "assets").error(), HasSubstr("holds no index.html"));
}

TEST_F(WebFolder, MoreThanFitsIsRefusedBeforeItIsRead) {
  write("web/huge.bin", "");
  std::filesystem::resize_file(folder_ / "web" / "huge.bin", max_web_octets + 1);
  EXPECT_THAT(read().error(), HasSubstr("more than a web app"));
}

TEST(MediaType, IsKnownForWhatAWebAppHolds) {
  EXPECT_EQ(media_type("/assets/engine-1.wasm"), "application/wasm");
  EXPECT_EQ(media_type("/manifest.webmanifest"), "application/manifest+json");
  EXPECT_EQ(media_type("/a.b/icon.svg"), "image/svg+xml");
  EXPECT_EQ(media_type("/font.woff2"), "font/woff2");
  EXPECT_EQ(media_type("/unknown.xyz"), "application/octet-stream");
  EXPECT_EQ(media_type("/LICENSE"), "application/octet-stream");
}

}  // namespace
}  // namespace sotto::server
