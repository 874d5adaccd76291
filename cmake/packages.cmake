# What the library is linked with and pkg-config finds: for its own build, and for those who link it
# (avstandConfig.cmake).
pkg_check_modules(UTF8PROC REQUIRED QUIET IMPORTED_TARGET libutf8proc)
pkg_check_modules(XXHASH REQUIRED QUIET IMPORTED_TARGET libxxhash)
pkg_check_modules(GUMBO REQUIRED QUIET IMPORTED_TARGET gumbo)
pkg_check_modules(EXPAT REQUIRED QUIET IMPORTED_TARGET expat)
pkg_check_modules(ZLIB REQUIRED QUIET IMPORTED_TARGET zlib)
pkg_check_modules(ZSTD REQUIRED QUIET IMPORTED_TARGET libzstd)
pkg_check_modules(BROTLI REQUIRED QUIET IMPORTED_TARGET libbrotlidec)
pkg_check_modules(ZIP REQUIRED QUIET IMPORTED_TARGET libzip)
pkg_check_modules(JPEG REQUIRED QUIET IMPORTED_TARGET libjpeg)
pkg_check_modules(PNG REQUIRED QUIET IMPORTED_TARGET libpng)
pkg_check_modules(WEBP REQUIRED QUIET IMPORTED_TARGET libwebp)
pkg_check_modules(SQLITE REQUIRED QUIET IMPORTED_TARGET sqlite3>=3.40)
