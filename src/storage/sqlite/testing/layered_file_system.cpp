#include "storage/sqlite/testing/layered_file_system.h"

#include <new>
#include <sqlite3.h>

#include "base/invariant.h"

namespace sotto::storage::sqlite::testing {

namespace {

/// What SQLite allocates for a file: ours, and behind it the real file.
struct LayeredFile {
  sqlite3_file base;
  FileCalls* calls;
  /// Points into the path that SQLite keeps for as long as the file is open.
  const char* name;
  /// Like SQLite's own VFS for Unix: the first sync of a new log or journal syncs its directory too.
  FileCalls::Directory directory;
};

LayeredFile& layered(sqlite3_file* file) { return *reinterpret_cast<LayeredFile*>(file); }

sqlite3_file* real_file(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(&layered(file) + 1); }

const sqlite3_io_methods* real(sqlite3_file* file) { return real_file(file)->pMethods; }

const char* without_folder(const char* path) {
  if (path == nullptr) return "";
  const std::string_view text(path);
  const std::size_t slash = text.rfind('/');
  return slash == std::string_view::npos ? path : path + slash + 1;
}

int close_file(sqlite3_file* file) { return real(file)->xClose(real_file(file)); }

int read_file(sqlite3_file* file, void* memory, int size, sqlite3_int64 offset) {
  if (const auto code = layered(file).calls->read(layered(file).name)) return *code;
  return real(file)->xRead(real_file(file), memory, size, offset);
}

int write_file(sqlite3_file* file, const void* memory, int size, sqlite3_int64 offset) {
  const ByteView octets(static_cast<const std::uint8_t*>(memory), static_cast<std::size_t>(size));
  const auto code = layered(file).calls->write(
      {.file = layered(file).name, .offset = static_cast<std::uint64_t>(offset), .octets = octets});
  return code ? *code : real(file)->xWrite(real_file(file), memory, size, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (const auto code = layered(file).calls->truncate(layered(file).name, static_cast<std::uint64_t>(size))) {
    return *code;
  }
  return real(file)->xTruncate(real_file(file), size);
}

int sync_file(sqlite3_file* file, int flags) {
  const auto code = layered(file).calls->sync({.file = layered(file).name, .number = file}, layered(file).directory);
  const int result = code ? *code : real(file)->xSync(real_file(file), flags);
  if (result == SQLITE_OK) layered(file).directory = FileCalls::Directory::as_it_is;
  return result;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) { return real(file)->xFileSize(real_file(file), size); }
int lock_file(sqlite3_file* file, int level) { return real(file)->xLock(real_file(file), level); }
int unlock_file(sqlite3_file* file, int level) { return real(file)->xUnlock(real_file(file), level); }
int check_reserved(sqlite3_file* file, int* result) { return real(file)->xCheckReservedLock(real_file(file), result); }

int file_control(sqlite3_file* file, int operation, void* argument) {
  if (operation == SQLITE_FCNTL_PRAGMA) {
    auto* const texts = static_cast<char**>(argument);
    if (texts[1] != nullptr && texts[2] != nullptr) {
      if (const auto code = layered(file).calls->pragma(texts[1], texts[2])) return *code;
    }
  }
  return real(file)->xFileControl(real_file(file), operation, argument);
}

int sector_size(sqlite3_file* file) { return real(file)->xSectorSize(real_file(file)); }
int characteristics(sqlite3_file* file) { return real(file)->xDeviceCharacteristics(real_file(file)); }

int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  if (extend != 0) {
    if (const auto code = layered(file).calls->share_memory(layered(file).name)) return *code;
  }
  return real(file)->xShmMap(real_file(file), page, size, extend, memory);
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->xShmLock(real_file(file), offset, count, flags);
}
void barrier_shared(sqlite3_file* file) { real(file)->xShmBarrier(real_file(file)); }
int unmap_shared(sqlite3_file* file, int remove) { return real(file)->xShmUnmap(real_file(file), remove); }

constexpr sqlite3_io_methods layered_methods = {.iVersion = 2,
                                                .xClose = close_file,
                                                .xRead = read_file,
                                                .xWrite = write_file,
                                                .xTruncate = truncate_file,
                                                .xSync = sync_file,
                                                .xFileSize = file_size,
                                                .xLock = lock_file,
                                                .xUnlock = unlock_file,
                                                .xCheckReservedLock = check_reserved,
                                                .xFileControl = file_control,
                                                .xSectorSize = sector_size,
                                                .xDeviceCharacteristics = characteristics,
                                                .xShmMap = map_shared,
                                                .xShmLock = lock_shared,
                                                .xShmBarrier = barrier_shared,
                                                .xShmUnmap = unmap_shared,
                                                .xFetch = nullptr,
                                                .xUnfetch = nullptr};

sqlite3_vfs* real_files() { return sqlite3_vfs_find("unix"); }

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  constexpr int logs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
  const bool is_new_log = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & logs) != 0;
  new (file) LayeredFile{.base = {.pMethods = nullptr},
                         .calls = static_cast<FileCalls*>(vfs->pAppData),
                         .name = without_folder(path),
                         .directory = is_new_log ? FileCalls::Directory::synced : FileCalls::Directory::as_it_is};
  if (const auto code = layered(file).calls->open({.file = layered(file).name, .number = file})) return *code;
  const int code = real_files()->xOpen(real_files(), path, real_file(file), flags, out_flags);
  if (code == SQLITE_OK) file->pMethods = &layered_methods;
  return code;
}

int remove_file(sqlite3_vfs* vfs, const char* path, int sync_directory) {
  const auto directory = sync_directory != 0 ? FileCalls::Directory::synced : FileCalls::Directory::as_it_is;
  if (const auto code = static_cast<FileCalls*>(vfs->pAppData)->remove(without_folder(path), directory)) return *code;
  return real_files()->xDelete(real_files(), path, sync_directory);
}

}  // namespace

LayeredFileSystem::LayeredFileSystem(std::string name, FileCalls& calls) : name_(std::move(name)) {
  sqlite3_initialize();
  invariant(sqlite3_vfs_find(name_.c_str()) == nullptr);
  // Everything else is done by the real one's functions, which find their data in what is copied.
  vfs_ = std::make_unique<sqlite3_vfs>(*real_files());
  vfs_->zName = name_.c_str();
  vfs_->szOsFile = real_files()->szOsFile + static_cast<int>(sizeof(LayeredFile));
  vfs_->xOpen = open_file;
  vfs_->xDelete = remove_file;
  vfs_->pAppData = &calls;
  vfs_->pNext = nullptr;
  sqlite3_vfs_register(vfs_.get(), 0);
}

LayeredFileSystem::~LayeredFileSystem() { sqlite3_vfs_unregister(vfs_.get()); }

}  // namespace sotto::storage::sqlite::testing
