# Bakes the code version, the compiler and library versions into one source file of the program.
#
# Included from a CMakeLists.txt it defines chaosense_build_info(TARGET); run as a script (cmake -P) at every build it
# asks git again and rewrites the file only if something changed, so that one small file and the program are rebuilt
# after a commit and nothing else.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  function(chaosense_build_info target)
    set(output "${CMAKE_CURRENT_BINARY_DIR}/build_info.cc")
    string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
    get_target_property(options chaosense_flags INTERFACE_COMPILE_OPTIONS)
    list(FILTER options EXCLUDE REGEX "-W|\\$<")
    list(JOIN options " " options)
    add_custom_target(${target}_build_info
      COMMAND ${CMAKE_COMMAND}
        -DSOURCE_DIR=${CMAKE_SOURCE_DIR} -DOUTPUT=${output}
        "-DVERSION=${PROJECT_VERSION}"
        "-DBUILD_TYPE=${CMAKE_BUILD_TYPE}"
        "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
        "-DFLAGS=${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}} ${options} ${CHAOSENSE_SANITIZE}"
        "-DOPENCV=${OpenCV_VERSION}" "-DEIGEN=${Eigen3_VERSION}"
        -P ${CMAKE_SOURCE_DIR}/cmake/BuildInfo.cmake
      BYPRODUCTS ${output}
      COMMENT "Looking up the code version"
      VERBATIM)
    target_sources(${target} PRIVATE ${output})
    add_dependencies(${target} ${target}_build_info)
  endfunction()
  return()
endif()

function(git_output variable)
  execute_process(COMMAND git -C ${SOURCE_DIR} ${ARGN}
    OUTPUT_VARIABLE output ERROR_QUIET RESULT_VARIABLE failed OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(failed)
    set(output "")
  endif()
  set(${variable} "${output}" PARENT_SCOPE)
endfunction()

git_output(commit rev-parse HEAD)
git_output(changes status --porcelain --untracked-files=no)
set(dirty false)
if(NOT changes STREQUAL "")
  set(dirty true)
endif()
string(STRIP "${FLAGS}" FLAGS)
string(REGEX REPLACE " +" " " FLAGS "${FLAGS}")

set(content "// Written by cmake/BuildInfo.cmake.
#include \"experiments/cli/build_info.h\"

namespace chaosense {

const BuildInfo& GetBuildInfo() {
  static const BuildInfo info = {\"${VERSION}\", \"${commit}\", ${dirty}, \"${BUILD_TYPE}\", \"${COMPILER}\",
                                 R\"(${FLAGS})\", \"${OPENCV}\", \"${EIGEN}\"};
  return info;
}

}  // namespace chaosense
")
set(old "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" old)
endif()
if(NOT old STREQUAL content)
  file(WRITE "${OUTPUT}" "${content}")
endif()
