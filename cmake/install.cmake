# What `cmake --install` and `cpack -G DEB` leave on a machine. Included by CMakeLists.txt.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS avstand EXPORT avstandTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS avstand_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY include/avstand DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY data models DESTINATION ${CMAKE_INSTALL_DATADIR}/avstand)
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# For programs that link the library: find_package(avstand), or pkg-config.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/avstand)
install(EXPORT avstandTargets NAMESPACE avstand:: DESTINATION ${package_dir})
configure_package_config_file(cmake/avstandConfig.cmake.in ${CMAKE_BINARY_DIR}/avstandConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/avstandConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/avstandConfig.cmake ${CMAKE_BINARY_DIR}/avstandConfigVersion.cmake
              cmake/packages.cmake
        DESTINATION ${package_dir})
configure_file(cmake/avstand.pc.in ${CMAKE_BINARY_DIR}/avstand.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/avstand.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# The man page and the completions come from the definitions that --help comes from.
set(words ${CMAKE_BINARY_DIR}/interface)
add_custom_command(
  TARGET avstand_cli POST_BUILD
  COMMAND ${CMAKE_COMMAND} -E make_directory ${words}
  COMMAND $<TARGET_FILE:avstand_cli> manual > ${words}/avstand.1
  COMMAND $<TARGET_FILE:avstand_cli> completion bash > ${words}/avstand
  COMMAND $<TARGET_FILE:avstand_cli> completion zsh > ${words}/_avstand
  COMMAND $<TARGET_FILE:avstand_cli> completion fish > ${words}/avstand.fish
  VERBATIM)
install(FILES ${words}/avstand.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${words}/avstand DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${words}/_avstand DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${words}/avstand.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME avstand)
set(CPACK_PACKAGE_VENDOR "Avstand")
set(CPACK_PACKAGE_CONTACT "The Avstand team <avstand@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "read news with a source critic's eye")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # what the program is linked with, by dpkg-shlibdeps
include(CPack)
