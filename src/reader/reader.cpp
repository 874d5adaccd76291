#include "reader/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <span>
#include <vector>

#include "attribution/attribute.h"
#include "attribution/cue_lexicon.h"
#include "base/deadline.h"
#include "base/file.h"
#include "base/hash.h"
#include "document/segment.h"
#include "entity/resolve.h"
#include "event/find_events.h"
#include "ingest/identify_blocks.h"
#include "language/model.h"
#include "provenance/conclude.h"
#include "reader/locate.h"
#include "text/identify.h"

namespace avstand {
namespace {

namespace fs = std::filesystem;

constexpr size_t kWordsAStep = 8'192;  // between two looks at the time: a third of a second
constexpr size_t kMaxDataFileBytes = 64u << 20;

/// One digest over all data files: names and contents, in order of their names, so that a ledger
/// tells which lexicons and rules it rests on.
Result<std::string> digest_of_folder(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::recursive_directory_iterator file(folder, failed), end; !failed && file != end;
       file.increment(failed))
    if (file->is_regular_file()) names.push_back(fs::relative(file->path(), folder).string());
  if (failed) return Error{.code = ErrorCode::kData, .message = failed.message(), .file = folder};
  std::sort(names.begin(), names.end());
  std::string list;
  for (const std::string& name : names) {
    AVSTAND_TRY(bytes, read_file(folder + "/" + name, kMaxDataFileBytes));
    list += name + '\0' + sha256(bytes) + '\n';
  }
  return sha256(list);
}

/// A model and the languages it serves here.
struct LoadedModel {
  std::string file;
  std::unique_ptr<language::Model> model;
  std::vector<LanguageCode> languages;

  bool serves(LanguageCode code) const {
    return std::find(languages.begin(), languages.end(), code) != languages.end();
  }
};

Result<std::vector<LoadedModel>> load_models(const Reader::Options& options) {
  AVSTAND_TRY(supported, supported_languages(options.data_dir));
  std::vector<LoadedModel> out;
  for (const SupportedLanguage& language : supported) {
    const auto same = [&](const LoadedModel& m) { return m.file == language.model; };
    auto at = std::find_if(out.begin(), out.end(), same);
    if (at == out.end()) {
      AVSTAND_TRY(model, language::Model::open(options.model_dir + "/" + language.model));
      at = out.insert(out.end(), LoadedModel{language.model, std::move(model), {}});
    }
    const std::vector<LanguageCode>& known = at->model->languages();
    if (std::find(known.begin(), known.end(), language.code) == known.end())
      return Error{.code = ErrorCode::kModel,
                   .message = fmt::format("{} was not trained on '{}'", language.model,
                                          language.code.view()),
                   .file = options.data_dir + "/languages.tsv",
                   .hint = "the code must be one that training/train.py was given"};
    at->languages.push_back(language.code);
  }
  return out;
}

/// Role models look at the states of the model they were trained over, and no other.
Status check_roles(const std::vector<LoadedModel>& models, const CueLexicon& cues,
                   const std::string& dir) {
  for (const LoadedModel& loaded : models)
    for (const LanguageCode code : loaded.languages) {
      const CueLexicon::Language* language = cues.find(code);
      if (language->roles != nullptr &&
          language->roles->state_width() != loaded.model->state_width())
        return Error{.code = ErrorCode::kModel,
                     .message = "the role model does not belong to " + loaded.file,
                     .file = dir + "/" + loaded.file,
                     .hint = "train the role models again, or restore both files"};
    }
  return Unit{};
}

}  // namespace

class Reader::Workspace {
 public:
  explicit Workspace(size_t workers) : language(workers) {}
  language::Workspace language;  ///< one for all models: its cache tells them apart
  RoleBuffers roles;
};

void Reader::WorkspaceDeleter::operator()(Workspace* workspace) const { delete workspace; }

struct Reader::Impl {
  std::vector<LoadedModel> models;
  LanguageIdentifier identifier;
  TextRules text_rules;
  Knowledge knowledge;
  CueLexicon cues;
  EventRules events;
  ProvenanceRules provenance;
  ledger::Engine engine;

  void parse(Analysis& analysis, Workspace& workspace, const Deadline& deadline) const;
};

/// The longest step by far, so the time is looked at within it too; once it is up, the rest stays
/// as it is.
void Reader::Impl::parse(Analysis& analysis, Workspace& workspace, const Deadline& deadline) const {
  std::vector<uint32_t> sentences;
  for (size_t m = 0; m < models.size(); ++m) {
    sentences.clear();
    for (uint32_t s = 0; s < analysis.sentences.size(); ++s)
      if (models[m].serves(analysis.sentences[s].language)) sentences.push_back(s);
    const std::span<const uint32_t> all(sentences);
    for (size_t from = 0, to = 0; from < all.size() && !deadline.passed(); from = to) {
      for (size_t words = 0; to < all.size() && words < kWordsAStep; ++to)
        words += analysis.sentences[all[to]].words.size();
      models[m].model->annotate(analysis, all.subspan(from, to - from), workspace.language);
    }
  }
  // Each model adds its names in text order; an article of two languages has them interleaved.
  std::sort(analysis.names.begin(), analysis.names.end(),
            [](const NameSpan& x, const NameSpan& y) { return x.words < y.words; });
}

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::~Reader() = default;

Result<std::unique_ptr<Reader>> Reader::open(const Options& options) {
  AVSTAND_TRY(models, load_models(options));
  AVSTAND_TRY(identifier, LanguageIdentifier::load(options.data_dir));
  AVSTAND_TRY(text_rules, TextRules::load(options.data_dir));
  AVSTAND_TRY(knowledge, Knowledge::load(options.data_dir));
  AVSTAND_TRY(cues, CueLexicon::load(options.data_dir, options.model_dir));
  AVSTAND_CHECK(check_roles(models, cues, options.model_dir));
  AVSTAND_TRY(events, EventRules::load(options.data_dir));
  AVSTAND_TRY(provenance, ProvenanceRules::load(options.data_dir));
  AVSTAND_TRY(data, digest_of_folder(options.data_dir));
  ledger::Engine engine{.version = AVSTAND_VERSION, .models = {}, .data = data};
  for (const LoadedModel& loaded : models)
    for (const LanguageCode language : loaded.languages) {
      const std::string code(language.view());
      engine.models[code] = loaded.model->digest();
      if (const auto& roles = cues.find(language)->roles; roles != nullptr)
        engine.models[code + ".roles"] = roles->digest();
    }
  auto impl = std::unique_ptr<Impl>(new Impl{
      std::move(models), std::move(identifier), std::move(text_rules), std::move(knowledge),
      std::move(cues), std::move(events), std::move(provenance), std::move(engine)});
  return std::unique_ptr<Reader>(new Reader(std::move(impl)));
}

const CueLexicon& Reader::cues() const { return impl_->cues; }

std::unique_ptr<Reader::Workspace, Reader::WorkspaceDeleter> Reader::make_workspace(
    size_t workers) const {
  return std::unique_ptr<Workspace, WorkspaceDeleter>(new Workspace(workers));
}

std::unique_ptr<Reading> Reader::read(Article article, Workspace& workspace, Stage until,
                                      const Deadline& deadline) const {
  auto reading = std::make_unique<Reading>();
  reading->article = std::move(article);
  Analysis& analysis = reading->analysis;
  ingest::identify_languages(reading->article, impl_->identifier);
  segment(reading->article, impl_->text_rules, analysis);
  /// Whether this is the end: all that is wanted is done, or there is no time for more.
  const auto over = [&](Stage next, std::string_view done) {
    if (until < next) return true;
    const Status status = deadline.check(done);
    if (!status) reading->given_up = status.error();
    return !status;
  };
  if (over(Stage::kParse, "segmenting")) return reading;
  impl_->parse(analysis, workspace, deadline);
  if (over(Stage::kEntities, "parsing")) return reading;
  const Tree tree(analysis);
  reading->entities = resolve_entities(reading->article, analysis, tree, impl_->knowledge);
  if (over(Stage::kEvents, "resolving entities")) return reading;
  reading->events = find_events(reading->article, analysis, tree, reading->entities, impl_->events);
  if (over(Stage::kAttributions, "finding events")) return reading;
  reading->attributions =
      attribute(analysis, tree, reading->entities, impl_->cues, workspace.roles, deadline);
  analysis.states = {};  // the largest layer, and nothing after this looks at it
  if (over(Stage::kLedger, "finding attributions")) return reading;
  // A copy of the article: the analysis goes on pointing into the one it was made of.
  reading->ledger =
      conclude(reading->article, analysis, tree, reading->entities, reading->attributions,
               reading->events, impl_->knowledge, impl_->provenance);
  reading->ledger.engine = impl_->engine;
  return reading;
}

}  // namespace avstand
