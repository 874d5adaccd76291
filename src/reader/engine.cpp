// The public API (include/avstand/avstand.h) over Reader.
#include <mutex>

#include "avstand/avstand.h"
#include "ingest/ingest.h"
#include "ingest/patterns.h"
#include "reader/locate.h"
#include "reader/reader.h"

namespace avstand {

std::string_view version() { return AVSTAND_VERSION; }

struct ArticleReading::Impl {
  std::unique_ptr<Reading> reading;
};

ArticleReading::ArticleReading(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ArticleReading::ArticleReading(ArticleReading&&) noexcept = default;
ArticleReading& ArticleReading::operator=(ArticleReading&&) noexcept = default;
ArticleReading::~ArticleReading() = default;

std::string ArticleReading::to_json() const { return ledger::to_json(impl_->reading->ledger); }
std::string ArticleReading::to_pretty_json() const {
  return ledger::to_pretty_json(impl_->reading->ledger);
}
const std::string& ArticleReading::id() const { return impl_->reading->article.id; }
const std::string& ArticleReading::text() const { return impl_->reading->article.text; }
std::string ArticleReading::language() const {
  return std::string(impl_->reading->article.language.view());
}

std::vector<StatementSummary> ArticleReading::statements() const {
  const std::string& text = impl_->reading->article.text;
  const CodePointIndex index(text);
  const auto passages = [&](const std::vector<Span>& spans) {
    std::vector<Passage> out;
    out.reserve(spans.size());
    for (const Span s : spans)
      out.push_back(
          {index.to_code_point(s.begin), index.to_code_point(s.end), std::string(s.in(text))});
    return out;
  };
  std::vector<StatementSummary> out;
  for (const ledger::Statement& s : impl_->reading->ledger.statements) {
    StatementSummary summary{
        passages(s.content), passages(s.cue), passages(s.source),   s.quote, s.act,
        s.evidence,          s.commitment,    s.verification.status};
    for (const ledger::Hop& hop : s.chain) summary.chain.push_back(hop.name);
    summary.distance = s.distance;
    if (s.parent) summary.parent = *s.parent;
    out.push_back(std::move(summary));
  }
  return out;
}

/// Workspaces are costly to make (caches fill up), so they are handed around.
struct Engine::Impl {
  using Workspace = std::unique_ptr<Reader::Workspace, Reader::WorkspaceDeleter>;

  std::unique_ptr<Reader> reader;
  ingest::Patterns patterns;
  std::vector<SupportedLanguage> languages;
  std::mutex mutex;
  std::vector<Workspace> idle;

  Workspace take() {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return reader->make_workspace();
    Workspace workspace = std::move(idle.back());
    idle.pop_back();
    return workspace;
  }
  void give_back(Workspace workspace) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(workspace));
  }
  std::unique_ptr<Reading> read(Article article) {
    Workspace workspace = take();
    auto reading = reader->read(std::move(article), *workspace);
    give_back(std::move(workspace));
    return reading;
  }
  Result<ingest::Options> ingest_options(const ReadOptions& options) const;
};

Result<ingest::Options> Engine::Impl::ingest_options(const ReadOptions& options) const {
  ingest::Options out;
  out.max_bytes = options.max_bytes;
  if (!options.outlet.empty()) out.outlet = options.outlet;
  if (!options.url.empty()) out.url = options.url;
  if (!options.published.empty()) {
    AVSTAND_CHECK(ingest::check_published(options.published));
    out.published = options.published;
  }
  if (!options.language.empty()) {
    AVSTAND_TRY(language, language_option(options.language, languages));
    out.language = language;
  }
  return out;
}

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::open(const EngineOptions& options) {
  AVSTAND_TRY(dirs, locate({options.data_dir, options.model_dir}));
  AVSTAND_TRY(languages, supported_languages(dirs.data));
  AVSTAND_TRY(patterns, ingest::Patterns::load(dirs.data));
  AVSTAND_TRY(reader, Reader::open({dirs.data, dirs.models}));
  return Engine(std::unique_ptr<Impl>(
      new Impl{std::move(reader), std::move(patterns), std::move(languages), {}, {}}));
}

Result<ArticleReading> Engine::read(std::string_view text, const ReadOptions& options) const {
  AVSTAND_TRY(settings, impl_->ingest_options(options));
  const std::string whole =
      options.title.empty() ? std::string(text) : options.title + "\n\n" + std::string(text);
  AVSTAND_TRY(article, ingest::read_plain_text(whole, options.id, settings, impl_->patterns));
  return ArticleReading(std::unique_ptr<ArticleReading::Impl>(
      new ArticleReading::Impl{impl_->read(std::move(article))}));
}

void Engine::read_file(const std::string& path, const ReadOptions& options,
                       const std::function<void(Result<ArticleReading>)>& each) const {
  const auto settings = impl_->ingest_options(options);
  if (!settings) return each(settings.error());
  ingest::Run run;
  ingest::read_input(path, *settings, impl_->patterns, run, [&](ingest::Item item) {
    if (!item.article) return each(std::move(*item.error));
    each(ArticleReading(std::unique_ptr<ArticleReading::Impl>(
        new ArticleReading::Impl{impl_->read(std::move(*item.article))})));
  });
}

}  // namespace avstand
