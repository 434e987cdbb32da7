#include "storage/sqlite/testing/faulty_file_system.h"

#include <sqlite3.h>

#include "base/invariant.h"

namespace sotto::storage::sqlite::testing {

namespace {

using Fault = FaultyFileSystem::Fault;

// SQLite calls back through plain functions, so what they need is here, for the one object at a time.
std::atomic<Fault> current_fault = Fault::none;
sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs faulty_vfs = {};
sqlite3_io_methods faulty_methods = {};

/// What SQLite allocates for a file: ours, and behind it the real file.
struct FaultyFile {
  sqlite3_file base;
};

sqlite3_file* real_file(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<FaultyFile*>(file) + 1);
}

const sqlite3_io_methods* real(sqlite3_file* file) { return real_file(file)->pMethods; }

int close_file(sqlite3_file* file) { return real(file)->xClose(real_file(file)); }
int read_file(sqlite3_file* file, void* memory, int size, sqlite3_int64 offset) {
  return real(file)->xRead(real_file(file), memory, size, offset);
}
int write_file(sqlite3_file* file, const void* memory, int size, sqlite3_int64 offset) {
  if (current_fault == Fault::full) return SQLITE_FULL;
  return real(file)->xWrite(real_file(file), memory, size, offset);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) { return real(file)->xTruncate(real_file(file), size); }
int sync_file(sqlite3_file* file, int flags) {
  if (current_fault == Fault::sync) return SQLITE_IOERR_FSYNC;
  return real(file)->xSync(real_file(file), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) { return real(file)->xFileSize(real_file(file), size); }
int lock_file(sqlite3_file* file, int level) { return real(file)->xLock(real_file(file), level); }
int unlock_file(sqlite3_file* file, int level) { return real(file)->xUnlock(real_file(file), level); }
int check_reserved(sqlite3_file* file, int* result) { return real(file)->xCheckReservedLock(real_file(file), result); }
int file_control(sqlite3_file* file, int operation, void* argument) {
  return real(file)->xFileControl(real_file(file), operation, argument);
}
int sector_size(sqlite3_file* file) { return real(file)->xSectorSize(real_file(file)); }
int characteristics(sqlite3_file* file) { return real(file)->xDeviceCharacteristics(real_file(file)); }
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return real(file)->xShmMap(real_file(file), page, size, extend, memory);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->xShmLock(real_file(file), offset, count, flags);
}
void barrier_shared(sqlite3_file* file) { real(file)->xShmBarrier(real_file(file)); }
int unmap_shared(sqlite3_file* file, int remove) { return real(file)->xShmUnmap(real_file(file), remove); }

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  const int code = real_vfs->xOpen(real_vfs, name, real_file(file), flags, out_flags);
  if (code == SQLITE_OK) file->pMethods = &faulty_methods;
  return code;
}

sqlite3_io_methods make_methods() {
  sqlite3_io_methods methods = {};
  methods.iVersion = 2;
  methods.xClose = close_file;
  methods.xRead = read_file;
  methods.xWrite = write_file;
  methods.xTruncate = truncate_file;
  methods.xSync = sync_file;
  methods.xFileSize = file_size;
  methods.xLock = lock_file;
  methods.xUnlock = unlock_file;
  methods.xCheckReservedLock = check_reserved;
  methods.xFileControl = file_control;
  methods.xSectorSize = sector_size;
  methods.xDeviceCharacteristics = characteristics;
  methods.xShmMap = map_shared;
  methods.xShmLock = lock_shared;
  methods.xShmBarrier = barrier_shared;
  methods.xShmUnmap = unmap_shared;
  return methods;
}

}  // namespace

FaultyFileSystem::FaultyFileSystem() {
  invariant(real_vfs == nullptr);
  sqlite3_initialize();
  real_vfs = sqlite3_vfs_find(nullptr);
  faulty_methods = make_methods();
  // Everything but opening is done by the real one's functions, which find their data in what was copied.
  faulty_vfs = *real_vfs;
  faulty_vfs.zName = "sotto-faulty";
  faulty_vfs.szOsFile = real_vfs->szOsFile + static_cast<int>(sizeof(FaultyFile));
  faulty_vfs.xOpen = open_file;
  faulty_vfs.pNext = nullptr;
  sqlite3_vfs_register(&faulty_vfs, 0);
}

FaultyFileSystem::~FaultyFileSystem() {
  sqlite3_vfs_unregister(&faulty_vfs);
  real_vfs = nullptr;
  set(Fault::none);
}

void FaultyFileSystem::set(Fault fault) { current_fault = fault; }

}  // namespace sotto::storage::sqlite::testing
