// avstand serve: the program as a server, for the browser and for other programs.
#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "fetch/fetch.h"
#include "reader/locate.h"
#include "serve/open_files.h"
#include "serve/server.h"
#include "serve/service.h"
#include "serve/token.h"

namespace avstand::cli {
namespace {

struct ServeOptions {
  Directories dirs;
  serve::ServerOptions server;
  serve::ArchiveOptions archive;
  std::string token_file;
  size_t max_articles = serve::ServiceOptions{}.max_articles;
  bool quiet = false, allow_fetch = false;
};

constexpr const char* kFooter =
    "Examples:\n"
    "  avstand serve\n"
    "  avstand serve --archive news.db --token-file token.txt\n"
    "  avstand serve --port 0 --quiet\n"
    "  curl --data-binary @article.txt 'http://127.0.0.1:8700/api/read?outlet=Fjordposten'\n"
    "  avstand serve --bind 0.0.0.0 --host avstand.example.org   # behind a proxy that does TLS\n"
    "\n"
    "The page is at /, the description for programs at /api/openapi.json, /healthz and /metrics "
    "are\n"
    "for whoever runs it. One line of JSON for each request goes to standard error; it holds no "
    "text\n"
    "and no query. Nothing is fetched from anywhere without --allow-fetch, and nothing is kept "
    "but\n"
    "corrections. Ctrl-C ends it: what is under way is finished first.";

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

Status check(const ServeOptions& options) {
  if (is_loopback(options.server.address) || !options.server.hosts.empty()) return Unit{};
  return Error{.code = ErrorCode::kUsage,
               .message = "on " + options.server.address + " other machines can reach the server",
               .hint = "say by which name they may: --host NAME"};
}

/// The token from a file, else from the environment, else none.
Result<serve::ArchiveOptions> with_token(const ServeOptions& options) {
  serve::ArchiveOptions out = options.archive;
  if (!options.token_file.empty()) {
    AVSTAND_TRY(token, serve::read_token(options.token_file));
    out.token = std::move(token);
  } else if (const char* token = std::getenv("AVSTAND_TOKEN"); token != nullptr) {
    AVSTAND_CHECK(serve::check_token(token, "AVSTAND_TOKEN"));
    out.token = token;
  }
  if (!out.token.empty() && out.path.empty() && !options.token_file.empty())
    return Error{.code = ErrorCode::kUsage,
                 .message = "--token-file is for corrections, which an archive keeps",
                 .hint = "give --archive FILE too"};
  return out;
}

double tenths(double value) { return static_cast<double>(static_cast<int64_t>(value * 10)) / 10; }

std::string log_line(const serve::Access& access) {
  const nlohmann::ordered_json line = {{"remote", access.remote},
                                       {"method", access.method},
                                       {"path", access.path},
                                       {"status", access.status},
                                       {"bytes", access.body_bytes},
                                       {"ms", tenths(access.milliseconds)},
                                       {"waited_ms", tenths(access.work.waited_ms)},
                                       {"worked_ms", tenths(access.work.worked_ms)},
                                       {"processor_ms", tenths(access.work.processor_ms)}};
  return line.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string web_address(const std::string& address, uint16_t port) {
  const bool v6 = address.find(':') != std::string::npos;
  return fmt::format(fmt::runtime(v6 ? "http://[{}]:{}/" : "http://{}:{}/"), address, port);
}

Status try_serve(const ServeOptions& options, Console& console) {
  AVSTAND_CHECK(check(options));
  AVSTAND_TRY(archive, with_token(options));
  AVSTAND_TRY(dirs, locate(options.dirs));
  serve::Fetcher fetcher;
  if (options.allow_fetch) {
    fetcher = [most = options.server.max_body_bytes](const std::string& url) {
      return fetch::get(url, {.max_bytes = most, .may_connect = fetch::is_public_web});
    };
  }
  AVSTAND_TRY(service, serve::Service::open({.data_dir = dirs.data,
                                             .model_dir = dirs.models,
                                             .max_article_bytes = options.server.max_body_bytes,
                                             .max_articles = options.max_articles,
                                             .fetch = std::move(fetcher),
                                             .archive = std::move(archive)}));
  const auto log = [&](const serve::Access& access) {
    service.metrics().count_request(access);
    if (!options.quiet) std::fputs(log_line(access).c_str(), stderr);
  };
  const auto handler = [&](const serve::Request& request) { return service.handle(request); };
  serve::ServerOptions limits = options.server;
  limits.waits_outside = serve::waits_outside;
  limits.explain = [&](const serve::Request& head, serve::Response refusal) {
    return service.explain(head, std::move(refusal));
  };
  limits.max_connections = serve::allow_connections(limits.max_connections);
  if (limits.max_connections < options.server.max_connections)
    console.note(
        fmt::format("{} connections at a time, not {}: the system allows no more open "
                    "files (ulimit -n)",
                    limits.max_connections, options.server.max_connections));
  AVSTAND_TRY(server, serve::Server::listen(limits, handler, log));
  std::printf("%s\n", web_address(options.server.address, server.port()).c_str());
  std::fflush(stdout);
  console.note("serving; Ctrl-C ends it");
  server.run();
  return Unit{};
}

void add_limits(CLI::App& command, serve::ServerOptions& server, size_t& max_articles) {
  const auto number = [&](const char* name, size_t& value, const char* help, size_t most) {
    command.add_option(name, value, help)
        ->type_name("N")
        ->check(CLI::Range(size_t{1}, most))
        ->capture_default_str()
        ->group("Limits");
  };
  number("--max-bytes", server.max_body_bytes, "Largest request, and longest article",
         1'000'000'000);
  number("--max-articles", max_articles, "Articles of one request", 1'000'000);
  number("--max-connections", server.max_connections, "Connections at a time", 100'000);
  number("--max-waiting", server.max_waiting, "Requests at work or waiting", 100'000);
  command
      .add_option_function<unsigned>(
          "--timeout",
          [&server](unsigned seconds) { server.request_timeout = std::chrono::seconds(seconds); },
          "Seconds for a request to arrive [30]")
      ->type_name("S")
      ->check(CLI::Range(1U, 3600U))
      ->group("Limits");
}

}  // namespace

void add_serve(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("serve", "Serve the page and the API on this machine");
  auto options = std::make_shared<ServeOptions>();
  command
      ->add_option("--archive", options->archive.path,
                   "Show this archive too: stories, search, sources, articles")
      ->type_name("FILE");
  command
      ->add_option("--token-file", options->token_file,
                   "Take corrections into the archive from those who know the token in this file "
                   "(or in AVSTAND_TOKEN)")
      ->type_name("FILE");
  command->add_option("--bind", options->server.address, "Address to listen on")
      ->type_name("ADDRESS")
      ->capture_default_str();
  command->add_option("--port", options->server.port, "Port to listen on; 0 takes one that is free")
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--host", options->server.hosts,
                   "Name by which the server may be asked, besides localhost; may be repeated")
      ->type_name("NAME");
  command
      ->add_option("--threads", options->server.workers,
                   "Long requests read at a time; 0 is one for each core")
      ->type_name("N")
      ->check(CLI::Range(size_t{0}, size_t{1024}))
      ->capture_default_str();
  command->add_flag("--allow-fetch", options->allow_fetch,
                    "Read pages by their address too; only the public web, ports 80 and 443");
  command->add_flag("--quiet", options->quiet, "No line for each request");
  add_limits(*command, options->server, options->max_articles);
  command
      ->add_option("--story-articles", options->archive.story_articles,
                   "Articles that stories are made of, the newest")
      ->type_name("N")
      ->check(CLI::Range(1U, 1'000'000U))
      ->capture_default_str()
      ->group("Limits");
  add_directory_options(*command, options->dirs);
  command->footer(kFooter);
  command->callback([options, &console, &exit_code] {
    const Status status = try_serve(*options, console);
    if (!status) console.problem(status.error());
    exit_code = status ? kOk : kFailed;
  });
}

}  // namespace avstand::cli
