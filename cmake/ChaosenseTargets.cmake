# Helpers that keep every folder's CMakeLists.txt to a list of sources and the folders below it.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers need time macros and pch defines relaxed for ccache to hit. With paths below the source tree made
  # relative, a copy of the tree elsewhere finds what this one compiled (tests/docs).
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE_PROGRAM})
endif()

# -O3 buys nothing measurable here and costs build time.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

# Flags of every target of ours. -ffp-contract=off holds everywhere: a fused multiply-add would
# change chaotic orbits and so the ciphertext (see core/chaos/README.md).
add_library(chaosense_flags INTERFACE)
target_compile_options(chaosense_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -ffp-contract=off
  -fno-fast-math $<$<BOOL:${CHAOSENSE_WERROR}>:-Werror>
  # GCC 12 sees false array bounds and uninitialised members inside nlohmann/json with JSON_DIAGNOSTICS.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict -Wno-maybe-uninitialized>)
target_compile_definitions(chaosense_flags INTERFACE JSON_DIAGNOSTICS=1)
target_include_directories(chaosense_flags INTERFACE ${CMAKE_SOURCE_DIR})
if(CHAOSENSE_SANITIZE)
  target_compile_options(chaosense_flags INTERFACE -fsanitize=${CHAOSENSE_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(chaosense_flags INTERFACE -fsanitize=${CHAOSENSE_SANITIZE})
endif()

# chaosense_folder(NAME SOURCES a.cc ... FOLDERS base image LIBRARIES fmt::fmt)
# One target per folder of the library. FOLDERS names the folders below it (includes point only there),
# LIBRARIES third-party targets.
function(chaosense_folder name)
  cmake_parse_arguments(ARG "" "" "SOURCES;FOLDERS;LIBRARIES" ${ARGN})
  set(target chaosense_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  list(TRANSFORM ARG_FOLDERS PREPEND chaosense_)
  target_link_libraries(${target} PUBLIC chaosense_flags ${ARG_FOLDERS} ${ARG_LIBRARIES})
endfunction()

# Whether a test's source, or a header of tests/ that it includes, mentions CHAOSENSE_SOURCE_DIR.
function(chaosense_mentions_source_dir source result)
  set(${result} FALSE PARENT_SCOPE)
  file(STRINGS ${source} lines REGEX "CHAOSENSE_SOURCE_DIR|#include \"tests/")
  foreach(line IN LISTS lines)
    if(line MATCHES "#include \"(tests/[^\"]+)\"")
      chaosense_mentions_source_dir(${CMAKE_SOURCE_DIR}/${CMAKE_MATCH_1} mentioned)
    else()
      set(mentioned TRUE)
    endif()
    if(mentioned)
      set(${result} TRUE PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# chaosense_test(NAME SOURCES ... FOLDERS ... PROPERTIES ...): a GoogleTest binary; its tests appear in CTest as
# NAME.Suite.Case, with the properties given.
function(chaosense_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;FOLDERS;LIBRARIES;PROPERTIES" ${ARGN})
  list(TRANSFORM ARG_FOLDERS PREPEND chaosense_)
  add_executable(${name}_test ${ARG_SOURCES})
  target_link_libraries(${name}_test PRIVATE chaosense_flags ${ARG_FOLDERS} ${ARG_LIBRARIES} GTest::gmock GTest::gtest_main)
  # Only where it is used: a copy of the tree elsewhere finds all other objects in ccache.
  foreach(source ${ARG_SOURCES})
    chaosense_mentions_source_dir(${CMAKE_CURRENT_SOURCE_DIR}/${source} mentioned)
    if(mentioned)
      set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS CHAOSENSE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    endif()
  endforeach()
  gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60
                       PROPERTIES TIMEOUT 300 ${ARG_PROPERTIES})
endfunction()
