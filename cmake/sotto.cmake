if(SOTTO_TESTS AND NOT SOTTO_WASM)
  include(GoogleTest)
endif()

# Folders to configure; empty means all. Lets a person who works in one room build that room alone.
set(SOTTO_ONLY "" CACHE STRING "Folders of src/ and apps/ to build, as a list; empty builds all")

# What every target of the project is compiled with.
add_library(sotto_compile_options INTERFACE)
target_compile_features(sotto_compile_options INTERFACE cxx_std_23)
target_include_directories(sotto_compile_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(
  sotto_compile_options
  INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
            $<$<BOOL:${SOTTO_WARNINGS_AS_ERRORS}>:-Werror>)
if(NOT SOTTO_WASM)
  # A wasm module's return addresses are out of reach of its memory, and it has no other place to be.
  target_compile_options(sotto_compile_options INTERFACE -fstack-protector-strong -fstack-clash-protection -fPIE)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|amd64")
    # Marks where jumps may lead. Whether the processor holds to that is for the system's libraries to say, too.
    target_compile_options(sotto_compile_options INTERFACE -fcf-protection=full)
  endif()
  target_link_options(sotto_compile_options INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code)
endif()
target_compile_definitions(sotto_compile_options INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=3>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees overflows in std::string's own code when it inlines it (GCC bug 105651). What else it concludes after
  # inlining is often wrong too: shown, but no error.
  target_compile_options(sotto_compile_options INTERFACE $<$<CONFIG:Release>:-Wno-array-bounds;-Wno-restrict;-Wno-stringop-overflow;-Wno-error=maybe-uninitialized;-Wno-error=dangling-pointer;-Wno-error=stringop-overread;-Wno-error=free-nonheap-object;-Wno-error=use-after-free>)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  # libstdc++ 12's std::stable_sort calls what C++17 deprecates.
  target_compile_options(sotto_compile_options INTERFACE -Wno-deprecated-declarations)
endif()
if(SOTTO_SANITIZE)
  # GCC's analysis of uninitialized values does not see through what the sanitizers insert.
  target_compile_options(
    sotto_compile_options
    INTERFACE -fsanitize=${SOTTO_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
              $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(sotto_compile_options INTERFACE -fsanitize=${SOTTO_SANITIZE})
endif()

# What nearly every source includes, read once for each larger target. Only speed: a build without it must work too,
# and the lint build is such.
option(SOTTO_PRECOMPILED_HEADERS "Precompile the headers that nearly every source includes" OFF)
set(SOTTO_PRECOMPILED_STANDARD <algorithm> <array> <cstdint> <expected> <functional> <memory> <optional> <span> <string>
                               <string_view> <variant> <vector>)

# sotto_precompile(<target> [<header>...])
# The headers named, from src/, beside those that every source includes.
function(sotto_precompile target)
  get_target_property(sources ${target} SOURCES)
  list(LENGTH sources count)
  if(NOT SOTTO_PRECOMPILED_HEADERS OR count LESS 4)
    return()
  endif()
  set(headers ${SOTTO_PRECOMPILED_STANDARD})
  if(NOT target MATCHES "sotto_(base|crypto)|base_test|crypto_test")
    list(APPEND headers ${CMAKE_SOURCE_DIR}/src/wire/frame.h ${CMAKE_SOURCE_DIR}/src/wire/binary.h)
  endif()
  foreach(header ${ARGN})
    list(APPEND headers ${CMAKE_SOURCE_DIR}/src/${header})
  endforeach()
  if(target MATCHES "_test$")
    list(APPEND headers <gmock/gmock.h> <gtest/gtest.h>)
  endif()
  target_precompile_headers(${target} PRIVATE ${headers})
endfunction()

set(SOTTO_WITHOUT_EXCEPTIONS base wire crypto transparency membership session client_search client wasm)

# sotto_library(<room> SOURCES <file>... DEPENDS <target>... [PRECOMPILE <header>...])
# One static library per room, named sotto_<room>.
function(sotto_library room)
  cmake_parse_arguments(LIBRARY "" "" "SOURCES;DEPENDS;PRECOMPILE" ${ARGN})
  add_library(sotto_${room} STATIC ${LIBRARY_SOURCES})
  target_link_libraries(sotto_${room} PUBLIC sotto_compile_options ${LIBRARY_DEPENDS})
  if(room IN_LIST SOTTO_WITHOUT_EXCEPTIONS)
    # The engine is also compiled to wasm, where exceptions do not link.
    target_compile_options(sotto_${room} PRIVATE -fno-exceptions)
  endif()
  if(SOTTO_SANITIZE)
    target_compile_options(sotto_${room} PRIVATE -O1)
  endif()
  list(LENGTH LIBRARY_SOURCES count)
  if(count EQUAL 1)
    # Read by way of another file, it would be warned of what it keeps to itself.
    set_target_properties(sotto_${room} PROPERTIES UNITY_BUILD OFF)
  endif()
  sotto_precompile(sotto_${room} ${LIBRARY_PRECOMPILE})
endfunction()

# sotto_test(<name> SOURCES <file>... DEPENDS <target>... [PRECOMPILE <header>...])
# One test program per room, named <name>_test; each of its tests is known to ctest.
function(sotto_test name)
  if(NOT SOTTO_TESTS)
    return()
  endif()
  cmake_parse_arguments(TEST "" "" "SOURCES;DEPENDS;PRECOMPILE" ${ARGN})
  if(SOTTO_WASM)
    sotto_wasm_test(${name} SOURCES ${TEST_SOURCES} DEPENDS ${TEST_DEPENDS})
    return()
  endif()
  add_executable(${name}_test ${TEST_SOURCES})
  target_link_libraries(${name}_test PRIVATE sotto_compile_options ${TEST_DEPENDS} GTest::gmock GTest::gtest_main)
  # Tests hold the libraries, which are optimised; optimising the tests themselves only costs time.
  target_compile_options(${name}_test PRIVATE $<$<CONFIG:Release>:-O0;-U_FORTIFY_SOURCE>)
  sotto_precompile(${name}_test ${TEST_PRECOMPILE})
  gtest_discover_tests(${name}_test TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600)
endfunction()

# sotto_program(<output name> SOURCES <file>... DEPENDS <target>...)
# A program in bin/.
function(sotto_program output)
  cmake_parse_arguments(PROGRAM "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${output} ${PROGRAM_SOURCES})
  target_link_libraries(${output} PRIVATE sotto_compile_options ${PROGRAM_DEPENDS})
  set_target_properties(${output} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endfunction()

# sotto_benchmark(<name> SOURCES <file>... DEPENDS <target>...)
# A program bin/<name>_benchmark over Google Benchmark, for `./dev bench`.
function(sotto_benchmark name)
  if(NOT SOTTO_TESTS OR SOTTO_WASM)
    return()
  endif()
  cmake_parse_arguments(BENCHMARK "" "" "SOURCES;DEPENDS" ${ARGN})
  sotto_program(${name}_benchmark SOURCES ${BENCHMARK_SOURCES} DEPENDS ${BENCHMARK_DEPENDS} benchmark::benchmark)
endfunction()

# sotto_room(<folder>)
# Adds the folder unless SOTTO_ONLY leaves it out.
function(sotto_room folder)
  get_filename_component(name ${folder} NAME)
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/${folder}/CMakeLists.txt)
    message(FATAL_ERROR "${folder} has no CMakeLists.txt")
  endif()
  if(NOT SOTTO_ONLY OR name IN_LIST SOTTO_ONLY)
    add_subdirectory(${folder})
  endif()
endfunction()
