# Fuzz targets. Each is a source with `LLVMFuzzerTestOneInput` and a folder of seeds, test/fuzz/corpus/<name>.
#
# With SOTTO_FUZZ (clang only) everything is compiled for libFuzzer and the target fuzz/<name> searches. The test
# fuzz.<name>, in every build, runs the target once over every seed.

if(SOTTO_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "SOTTO_FUZZ needs clang; use the preset asan")
  endif()
  # An interface target's options reach the rooms that were added before this line too.
  target_compile_options(sotto_compile_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

set(SOTTO_FUZZ_FOLDER ${CMAKE_CURRENT_LIST_DIR}/../test/fuzz)

# sotto_fuzz(<name> SOURCES <file>... DEPENDS <target>...)
# The name ends in _fuzz.
function(sotto_fuzz name)
  cmake_parse_arguments(FUZZ "" "" "SOURCES;DEPENDS" ${ARGN})
  set(corpus ${SOTTO_FUZZ_FOLDER}/corpus/${name})
  if(NOT IS_DIRECTORY ${corpus})
    message(FATAL_ERROR "${name} has no seeds in ${corpus}")
  endif()
  if(SOTTO_FUZZ)
    add_executable(${name} ${FUZZ_SOURCES})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
    target_link_libraries(${name} PRIVATE sotto_compile_options ${FUZZ_DEPENDS})
    if(NOT TARGET fuzzers)
      add_custom_target(fuzzers COMMENT "All fuzz targets")
    endif()
    add_dependencies(fuzzers ${name})
    add_test(NAME fuzz.${name} COMMAND ${name} -runs=0 ${corpus})
  else()
    add_executable(${name}_replay ${FUZZ_SOURCES} ${SOTTO_FUZZ_FOLDER}/replay.cpp)
    target_link_libraries(${name}_replay PRIVATE sotto_compile_options ${FUZZ_DEPENDS})
    add_test(NAME fuzz.${name} COMMAND ${name}_replay ${corpus})
  endif()
  set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 300)
endfunction()
