#include <__verbose_abort>
#include <cstdint>

// What the toolchain's libraries, which were compiled with stack protection, want from a program. In a wasm module a
// function's return address is out of reach of its memory; a value that is fixed catches an overflow all the same.
extern "C" {
extern const std::uintptr_t __stack_chk_guard;
const std::uintptr_t __stack_chk_guard = 0x0a0d00ff;
[[noreturn]] void __stack_chk_fail();
void __stack_chk_fail() { __builtin_trap(); }
// libc++abi would print on the standard error, which a host would have to have.
[[noreturn]] void abort_message(const char* format, ...);
void abort_message(const char*, ...) { __builtin_trap(); }
}

// libc++ likewise.
void std::__libcpp_verbose_abort(const char*, ...) { __builtin_trap(); }
