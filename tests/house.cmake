# Tests that are no unit tests: the built program from outside, text cases, golden ledgers, and the
# checks of the house itself. Included by tests/CMakeLists.txt.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

set(program $<TARGET_FILE:avstand_cli>)

# The program from outside: bad input, options, determinism. One ctest test for each class.
# What compares whole runs, kills them, or starts the program over and over for what unit tests go through as well tells
# nothing more when it is four times as slow under sanitizers.
set(classes Help Usage Desk BadInput Formats Metadata StrangeText Streams)
if(NOT AVSTAND_SANITIZE)
  list(APPEND classes Layers Determinism Variants)
endif()
foreach(class ${classes})
  add_test(NAME cli.${class}
           COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/cli/cli_test.py -q ${class})
  set_tests_properties(cli.${class} PROPERTIES TIMEOUT 600 ENVIRONMENT "AVSTAND_PROGRAM=${program}")
endforeach()

# Exports, from outside and by the formats' own tools (skipped where those are missing); why a statement was found.
if(NOT AVSTAND_SANITIZE)
  add_test(NAME exports COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/cli/exports_test.py -q)
  add_test(NAME exports.tools COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/check_exports.py
                                      --program ${program})
  add_test(NAME cli.Explain COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/cli/explain_test.py -q)
  set_tests_properties(exports cli.Explain PROPERTIES TIMEOUT 600 ENVIRONMENT "AVSTAND_PROGRAM=${program}")
  set_tests_properties(exports.tools PROPERTIES TIMEOUT 600 SKIP_RETURN_CODE 77)
endif()

# Web archives, NewsML-G2, limits on what is read, and runs that are killed and gone on with.
set(classes Archives NewsML Limits)
if(NOT AVSTAND_SANITIZE)
  list(APPEND classes Resume)
endif()
foreach(class ${classes})
  add_test(NAME cli.${class}
           COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/cli/archives_test.py -q ${class})
  set_tests_properties(cli.${class} PROPERTIES TIMEOUT 600 ENVIRONMENT "AVSTAND_PROGRAM=${program}")
endforeach()

# Many articles: stories, copies, origins.
add_test(NAME cli.Stories COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/cli/stories_test.py -q)
set_tests_properties(cli.Stories PROPERTIES TIMEOUT 600 ENVIRONMENT "AVSTAND_PROGRAM=${program}")

# Archives: commands, and kills, full disks and second programs.
set(classes Archive)
if(NOT AVSTAND_SANITIZE)
  list(APPEND classes Survival)
endif()
foreach(class ${classes})
  add_test(NAME cli.${class}
           COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/cli/archive_test.py -q ${class})
  set_tests_properties(cli.${class} PROPERTIES TIMEOUT 900 ENVIRONMENT "AVSTAND_PROGRAM=${program}")
endforeach()

# The server from outside.
add_test(NAME serve COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/serve/serve_test.py -q)
set_tests_properties(serve PROPERTIES TIMEOUT 600 ENVIRONMENT "AVSTAND_PROGRAM=${program}")

add_test(NAME serve.hostile COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/serve/hostile_test.py -q)
add_test(NAME serve.limits COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/serve/limits_test.py -q)
# A few seconds of what ./dev soak does for minutes: every kind of client at once, a writer beside.
add_test(NAME serve.soak COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/serve_soak.py --program ${program}
                                 --seconds 4)
set_tests_properties(serve.hostile serve.limits serve.soak PROPERTIES TIMEOUT 300 ENVIRONMENT "AVSTAND_PROGRAM=${program}")

# The page in a browser, and the committed bundle against a new build: where Node and web/node_modules are.
find_program(NODE node)
set(web ${CMAKE_SOURCE_DIR}/web)
if(NODE AND EXISTS ${web}/node_modules AND NOT AVSTAND_SANITIZE)
  add_test(NAME web.page COMMAND ${NODE} --test test/graph.test.mjs test/page.test.mjs test/archive.test.mjs WORKING_DIRECTORY ${web})
  set_tests_properties(web.page PROPERTIES TIMEOUT 600 ENVIRONMENT "AVSTAND_PROGRAM=${program}")
  add_test(NAME web.types COMMAND ${NODE} node_modules/typescript/bin/tsc --noEmit WORKING_DIRECTORY ${web})
  add_test(NAME web.bundle COMMAND ${NODE} build.mjs --check WORKING_DIRECTORY ${web})
elseif(NOT AVSTAND_SANITIZE)
  message(STATUS "the tests of web/ are left out: they need Node.js and 'npm ci' in web/")
endif()

# The public API: the example program is built, run, and gives what the program gives.
add_executable(api_example api/example.cpp)
target_link_libraries(api_example PRIVATE avstand avstand_flags)
add_test(NAME api.example
         COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/api/same_as_program.py
                 $<TARGET_FILE:api_example> ${program})

# The installed library is enough to build and run that example.
if(NOT AVSTAND_SANITIZE)
  add_test(NAME api.installed COMMAND ${CMAKE_SOURCE_DIR}/tests/api/installed.sh ${CMAKE_BINARY_DIR}
                                      ${CMAKE_CXX_COMPILER})
  set_tests_properties(api.installed PROPERTIES TIMEOUT 300)
endif()

# Each public header compiles alone, without the engine's own folders.
add_executable(api_headers api/headers.cpp)
target_include_directories(api_headers PRIVATE ${CMAKE_SOURCE_DIR}/include)

if(NOT AVSTAND_SANITIZE)
  add_test(NAME cases COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/run_cases.py
                              --program ${program})
  add_test(NAME golden COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/golden.py
                               --program ${program})
  # Whole articles with whole answers: no figure under its floor.
  add_test(NAME acceptance COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/score_articles.py
                                   --program ${program}
                                   --floors ${CMAKE_SOURCE_DIR}/tests/acceptance/floors.json)
  add_test(NAME story.gold_form COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/check_story_gold.py
                                        ${CMAKE_SOURCE_DIR}/tests/story/gold)
  # Floors a little under what is reached: a change that loses more has to say why.
  add_test(NAME story.gold COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/score_story_gold.py
    $<TARGET_FILE:avstand_cli> ${CMAKE_SOURCE_DIR}/tests/story/gold
    stories=95 copies=90 mentions=90 claims=76 counts=70 origins=81 chains=79 relations=45 rings=60)
  add_test(NAME house.rooms COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/check_rooms.py
                                    ${CMAKE_SOURCE_DIR})
  add_test(NAME house.data COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/check_data.py
                                   ${CMAKE_SOURCE_DIR})
  add_test(NAME house.tools COMMAND Python3::Interpreter -m unittest discover
                                    -s ${CMAKE_SOURCE_DIR}/tests/tools -p "*_test.py")
  add_test(NAME house.format COMMAND ${CMAKE_SOURCE_DIR}/tools/check_format.sh)
endif()

# The longest first, so that no core waits for another at the end. Seconds under sanitizers.
foreach(test cli.Survival:74 cli.Archive:38 cli.Variants:37 exports:30 serve:26 cli.Determinism:20 cli.Resume:18)
  string(REPLACE ":" ";" pair ${test})
  list(GET pair 0 name)
  list(GET pair 1 cost)
  if(TEST ${name})
    set_tests_properties(${name} PROPERTIES COST ${cost})
  endif()
endforeach()
