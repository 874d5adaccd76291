#include "reader/reader.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <vector>

#include "attribution/attribute.h"
#include "base/file.h"
#include "base/hash.h"
#include "entity/resolve.h"
#include "ingest/identify_blocks.h"
#include "language/model.h"
#include "provenance/conclude.h"
#include "reader/locate.h"
#include "text/identify.h"
#include "text/segment.h"

namespace avstand {
namespace {

constexpr size_t kMaxDataFileBytes = 64u << 20;

/// One digest over all data files: their names and contents in the order of their names, so that
/// a ledger says which lexicons it was made with.
Result<std::string> digest_of_data(const std::string& dir) {
  namespace fs = std::filesystem;
  std::set<std::string> paths;
  std::error_code failed;
  for (fs::recursive_directory_iterator it(dir, failed), end; !failed && it != end;
       it.increment(failed))
    if (it->is_regular_file()) paths.insert(it->path().string());
  if (failed)
    return Error{.code = ErrorCode::kData, .message = "cannot list the data files", .file = dir};
  std::string digests;
  for (const std::string& path : paths) {
    AVSTAND_TRY(bytes, read_file(path, kMaxDataFileBytes));
    digests += path.substr(dir.size()) + '\n' + sha256(bytes) + '\n';
  }
  return sha256(digests);
}

}  // namespace

struct Reader::Impl {
  Impl(LanguageIdentifier i, TextRules t, Knowledge k, CueLexicon c, ProvenanceRules p)
      : identifier(std::move(i)),
        text_rules(std::move(t)),
        knowledge(std::move(k)),
        cues(std::move(c)),
        provenance_rules(std::move(p)) {}

  LanguageIdentifier identifier;
  TextRules text_rules;
  Knowledge knowledge;
  CueLexicon cues;
  ProvenanceRules provenance_rules;
  std::map<std::string, std::unique_ptr<language::Model>> models;  // by file name
  std::map<LanguageCode, const language::Model*> model_of;
  ledger::Engine engine;
};

/// One scratch space for each model, so that their caches stay warm.
class Reader::Workspace {
 public:
  language::Workspace& of(const language::Model* model) { return spaces_[model]; }

 private:
  std::map<const language::Model*, language::Workspace> spaces_;
};

void Reader::WorkspaceDeleter::operator()(Workspace* workspace) const { delete workspace; }

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::~Reader() = default;

Result<std::unique_ptr<Reader>> Reader::open(const Options& options) {
  AVSTAND_TRY(identifier, LanguageIdentifier::load(options.data_dir));
  AVSTAND_TRY(text_rules, TextRules::load(options.data_dir));
  AVSTAND_TRY(knowledge, Knowledge::load(options.data_dir));
  AVSTAND_TRY(cues, CueLexicon::load(options.data_dir));
  AVSTAND_TRY(rules, ProvenanceRules::load(options.data_dir));
  auto impl = std::make_unique<Impl>(std::move(identifier), std::move(text_rules),
                                     std::move(knowledge), std::move(cues), std::move(rules));
  AVSTAND_TRY(languages, supported_languages(options.data_dir));
  for (const SupportedLanguage& language : languages) {
    auto& model = impl->models[language.model];
    if (model == nullptr) {
      AVSTAND_TRY(opened, language::Model::open(options.model_dir + "/" + language.model));
      model = std::move(opened);
    }
    impl->model_of[language.code] = model.get();
    impl->engine.models[std::string(language.code.view())] = model->digest();
  }
  AVSTAND_TRY(digest, digest_of_data(options.data_dir));
  impl->engine.data = std::move(digest);
  impl->engine.version = AVSTAND_VERSION;
  return std::unique_ptr<Reader>(new Reader(std::move(impl)));
}

std::unique_ptr<Reader::Workspace, Reader::WorkspaceDeleter> Reader::make_workspace() const {
  return std::unique_ptr<Workspace, WorkspaceDeleter>(new Workspace);
}

namespace {

/// Sentences by the model that reads them; sentences in other languages are in none.
std::map<const language::Model*, std::vector<uint32_t>> by_model(
    const Analysis& analysis, const std::map<LanguageCode, const language::Model*>& model_of) {
  std::map<const language::Model*, std::vector<uint32_t>> out;
  for (uint32_t s = 0; s < analysis.sentences.size(); ++s)
    if (const auto it = model_of.find(analysis.sentences[s].language); it != model_of.end())
      out[it->second].push_back(s);
  return out;
}

}  // namespace

std::unique_ptr<Reading> Reader::read(Article article, Workspace& workspace, Stage until) const {
  auto reading = std::make_unique<Reading>();
  reading->article = std::move(article);
  ingest::identify_languages(reading->article, impl_->identifier);
  Analysis& analysis = reading->analysis;
  segment(reading->article, impl_->text_rules, analysis);
  if (until == Stage::kSentences) return reading;
  for (const auto& [model, sentences] : by_model(analysis, impl_->model_of))
    model->annotate(analysis, sentences, workspace.of(model));
  std::sort(analysis.names.begin(), analysis.names.end(),
            [](const NameSpan& a, const NameSpan& b) { return a.words < b.words; });
  if (until == Stage::kParse) return reading;
  const Tree tree(analysis);
  reading->entities = resolve_entities(reading->article, analysis, tree, impl_->knowledge);
  if (until == Stage::kEntities) return reading;
  reading->attributions =
      attribute(reading->article, analysis, tree, reading->entities, impl_->cues);
  if (until == Stage::kAttributions) return reading;
  reading->ledger = conclude(reading->article, analysis, tree, reading->entities,
                             reading->attributions, impl_->knowledge, impl_->provenance_rules);
  reading->ledger.engine = impl_->engine;
  return reading;
}

}  // namespace avstand
