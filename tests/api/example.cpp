// The public API in use: reads the files named and prints their ledgers as JSON Lines.
#include <avstand/avstand.h>

#include <iostream>

int main(int argc, char** argv) {
  const auto engine = avstand::Engine::open();
  if (!engine) {
    std::cerr << engine.error().to_string() << '\n';
    return 1;
  }
  int code = 0;
  for (int i = 1; i < argc; ++i)
    engine->read_file(argv[i], {}, [&](avstand::Result<avstand::ArticleReading> reading) {
      if (reading)
        std::cout << reading->to_json() << '\n';
      else
        std::cerr << reading.error().to_string() << '\n', code = 2;
    });
  return code;
}
