# The engine's test programs as wasm modules: what holds natively must hold over the host's libraries too. They are no
# part of the default build: `ninja -C build/wasm wasm_tests` builds them, and packages/client/test runs them.

# The rooms whose tests are worth it: those that compute with what the host's libraries give.
set(SOTTO_WASM_TESTS crypto vectors membership transparency session)

set(SOTTO_GOOGLETEST /usr/src/googletest CACHE PATH "The sources of GoogleTest")
if(NOT EXISTS ${SOTTO_GOOGLETEST}/googletest/src/gtest-all.cc)
  message(STATUS "No sources of GoogleTest: no tests for the wasm module")
  set(SOTTO_TESTS OFF)
endif()
if(NOT SOTTO_TESTS)
  return()
endif()

add_custom_target(wasm_tests)
add_library(sotto_wasm_googletest STATIC EXCLUDE_FROM_ALL
            ${SOTTO_GOOGLETEST}/googletest/src/gtest-all.cc ${SOTTO_GOOGLETEST}/googlemock/src/gmock-all.cc
            ${SOTTO_GOOGLETEST}/googlemock/src/gmock_main.cc)
target_include_directories(
  sotto_wasm_googletest SYSTEM PUBLIC ${SOTTO_GOOGLETEST}/googletest/include ${SOTTO_GOOGLETEST}/googlemock/include
  PRIVATE ${SOTTO_GOOGLETEST}/googletest ${SOTTO_GOOGLETEST}/googlemock)
target_compile_definitions(sotto_wasm_googletest PUBLIC GTEST_HAS_PTHREAD=0 GTEST_HAS_STREAM_REDIRECTION=0 GTEST_HAS_EXCEPTIONS=0)
target_compile_options(sotto_wasm_googletest PRIVATE -w)
set_target_properties(sotto_wasm_googletest PROPERTIES UNITY_BUILD OFF)

# sotto_wasm_test(<name> SOURCES <file>... DEPENDS <target>...)
# A command for the WebAssembly System Interface that also has the imports of sotto.wasm: wasm_tests/<name>_test.wasm.
function(sotto_wasm_test name)
  if(NOT name IN_LIST SOTTO_WASM_TESTS)
    return()
  endif()
  cmake_parse_arguments(TEST "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name}_test EXCLUDE_FROM_ALL ${TEST_SOURCES} ${CMAKE_SOURCE_DIR}/src/bindings/wasm/runtime.cpp)
  target_link_libraries(${name}_test PRIVATE sotto_compile_options ${TEST_DEPENDS} sotto_wasm_googletest)
  target_include_directories(${name}_test BEFORE PRIVATE ${CMAKE_SOURCE_DIR}/test/wasm/include)
  target_compile_options(${name}_test PRIVATE -fno-exceptions -O1)
  target_link_options(${name}_test PRIVATE -Wl,-z,stack-size=1048576)
  set_target_properties(${name}_test PROPERTIES SUFFIX .wasm RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/wasm_tests)
  add_dependencies(wasm_tests ${name}_test)
endfunction()
