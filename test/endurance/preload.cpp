// Stands before the C library of one process and gives it the faults that a file names: eight octets each, in the
// machine's order, how far the clock is off in seconds, and whether syncs fail. The file is mapped, so that what is
// written into it holds at once. Only for tests.
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace {

struct Faults {
  volatile std::int64_t clock_offset_s;
  volatile std::int64_t syncs_fail;
};

const Faults* map_faults() {
  static const Faults none{};
  const char* const path = std::getenv("SOTTO_TEST_FAULTS");
  const int file = path == nullptr ? -1 : ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return &none;
  void* const memory = ::mmap(nullptr, sizeof(Faults), PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  return memory == MAP_FAILED ? &none : static_cast<const Faults*>(memory);
}

const Faults& faults() {
  static const Faults* const mapped = map_faults();
  return *mapped;
}

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

int sync_with(int (*sync)(int), int file) {
  if (faults().syncs_fail == 0) return sync(file);
  errno = EIO;
  return -1;
}

}  // namespace

extern "C" int fsync(int file) {
  static const auto sync = real<int(int)>("fsync");
  return sync_with(sync, file);
}

extern "C" int fdatasync(int file) {
  static const auto sync = real<int(int)>("fdatasync");
  return sync_with(sync, file);
}

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
  static const auto get = real<int(clockid_t, timespec*)>("clock_gettime");
  const int result = get(clock, time);
  if (result == 0 && clock == CLOCK_REALTIME) time->tv_sec += faults().clock_offset_s;
  return result;
}
