# What every target of the project shares: the language, the warnings, the sanitizers, and one function a kind of target.
# A folder is a target: its sources are all the .cc files that lie in it, so adding a file needs no list.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(chamber_options INTERFACE)
target_include_directories(chamber_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/sdk/include)
target_compile_options(chamber_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  # Designated initialisers leave members at their defaults on purpose.
  -Wno-missing-field-initializers)
# g++ 12 at -O2 sees reads out of bounds and of nothing in std::string and std::optional that are
# not there (GCC bugs 105329, 105651, 105562); the unoptimised builds are checked with all warnings.
target_compile_options(chamber_options INTERFACE
  "$<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>>:-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-restrict;-Wno-maybe-uninitialized>")
if(CHAMBER_STRICT)
  target_compile_options(chamber_options INTERFACE -Werror)
endif()
if(CHAMBER_SANITIZE)
  target_compile_options(chamber_options INTERFACE -fsanitize=${CHAMBER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(chamber_options INTERFACE -fsanitize=${CHAMBER_SANITIZE})
endif()

if(CHAMBER_FUZZERS)
  target_compile_options(chamber_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# lld links several times faster than the default linker, and there is much to link.
find_program(CHAMBER_LLD NAMES ld.lld ld.lld-14)
if(CHAMBER_LLD)
  target_link_options(chamber_options INTERFACE -fuse-ld=lld)
endif()

# The Json type, instantiated once, with what most files include, compiled once: see cmake/precompiled/library.h.
find_package(nlohmann_json REQUIRED)
if(CHAMBER_PRECOMPILED)
  add_library(chamber_json STATIC ${PROJECT_SOURCE_DIR}/cmake/precompiled/json.cc)
  target_link_libraries(chamber_json PUBLIC chamber_options nlohmann_json::nlohmann_json)
  target_precompile_headers(chamber_json PRIVATE ${PROJECT_SOURCE_DIR}/cmake/precompiled/library.h)
endif()
function(chamber_precompile name owner)
  if(CHAMBER_PRECOMPILED)
    target_precompile_headers(${name} REUSE_FROM ${owner})
    target_link_libraries(${name} PRIVATE chamber_json)
  endif()
endfunction()

# chamber_library(NAME deps...): the library of the current folder. `deps` are its arrows.
function(chamber_library name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC chamber_options ${ARGN})
    chamber_precompile(${name} chamber_json)
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE chamber_options ${ARGN})
  endif()
endfunction()

# chamber_test(NAME deps...): one test program of the *_test.cc files of the current folder.
function(chamber_test name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE chamber_options ${ARGN} GTest::gmock GTest::gtest GTest::gtest_main)
  chamber_precompile(${name} chamber_test_precompiled)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
endfunction()

# add_folders(): every folder below the current one that has a CMakeLists.txt.
function(add_folders)
  file(GLOB lists CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*/CMakeLists.txt)
  foreach(list ${lists})
    get_filename_component(folder ${list} DIRECTORY)
    add_subdirectory(${folder})
  endforeach()
endfunction()

# What chamber_test needs, once GoogleTest is found.
function(chamber_prepare_tests)
  if(CHAMBER_PRECOMPILED)
    add_library(chamber_test_precompiled OBJECT ${PROJECT_SOURCE_DIR}/cmake/precompiled/test.cc)
    target_link_libraries(chamber_test_precompiled PRIVATE chamber_options nlohmann_json::nlohmann_json GTest::gmock GTest::gtest)
    target_precompile_headers(chamber_test_precompiled PRIVATE ${PROJECT_SOURCE_DIR}/cmake/precompiled/test.h)
  endif()
endfunction()
