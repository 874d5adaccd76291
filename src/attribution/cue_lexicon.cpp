#include "attribution/cue_lexicon.h"

#include <array>
#include <filesystem>

#include "base/table.h"
#include "text/supported_languages.h"

namespace avstand {
namespace {

constexpr std::array<std::string_view, 19> kRoleNames = {
    "according", "agent",     "hearsay", "adverb",      "relative", "negation", "first",
    "generic",   "second",    "naming",  "showing",     "modal",    "neither",  "anaphor",
    "aside",     "from_what", "nobody",  "other_sense", "receiving"};

bool parse_role(std::string_view name, CueRole& out) {
  for (size_t i = 0; i < kRoleNames.size(); ++i)
    if (kRoleNames[i] == name) {
      out = static_cast<CueRole>(i);
      return true;
    }
  return false;
}

Status load_cues(const std::string& path, CueLexicon::Language& out) {
  AVSTAND_TRY(table, Table::load(path, {"lemma", "pos", "act", "commitment", "flags"}));
  for (const TableRow& row : table.rows()) {
    CueEntry entry;
    if (!parse_act(row.cells[2], entry.act))
      return table.error(row, "no such act: " + row.cells[2]);
    if (!parse_commitment(row.cells[3], entry.commitment))
      return table.error(row, "no such commitment: " + row.cells[3]);
    for (const std::string_view flag : split(row.cells[4], ',')) {
      if (flag == "quoted_subject")
        entry.quoted_subject = true;
      else if (flag == "citing")
        entry.citing = true;
      else if (flag == "citing_to")
        entry.citing_to = true;
      else
        return table.error(row, "no such flag: " + std::string(flag));
    }
    Upos pos = Upos::kX;
    if (!parse_upos(row.cells[1], pos) ||
        (pos != Upos::kVerb && pos != Upos::kNoun && pos != Upos::kAdj))
      return table.error(row, "pos must be VERB, NOUN or ADJ");
    auto& words = pos == Upos::kVerb ? out.verbs : pos == Upos::kNoun ? out.nouns : out.adjectives;
    if (!words.emplace(row.cells[0], entry).second)
      return table.error(row, "twice: " + row.cells[0]);
  }
  return Unit{};
}

Status load_words(const std::string& path, CueLexicon::Language& out) {
  AVSTAND_TRY(table, Table::load(path, {"lemma", "role"}));
  for (const TableRow& row : table.rows()) {
    CueRole role = CueRole::kAccording;
    if (!parse_role(row.cells[1], role)) return table.error(row, "no such role: " + row.cells[1]);
    out.words.emplace(row.cells[0], role);
  }
  return Unit{};
}

}  // namespace

struct CueLexicon::Impl {
  std::map<LanguageCode, Language> languages;
};

CueLexicon::CueLexicon() : impl_(std::make_unique<Impl>()) {}
CueLexicon::CueLexicon(CueLexicon&&) noexcept = default;
CueLexicon& CueLexicon::operator=(CueLexicon&&) noexcept = default;
CueLexicon::~CueLexicon() = default;

Result<CueLexicon> CueLexicon::load(const std::string& data_dir, const std::string& model_dir) {
  AVSTAND_TRY(languages, supported_languages(data_dir));
  CueLexicon lexicon;
  std::map<std::string, std::shared_ptr<const RoleWeights>> roles;  // by model
  for (const SupportedLanguage& supported : languages) {
    Language& language = lexicon.impl_->languages[supported.code];
    language.code = supported.code;
    const LanguageFiles files = supported.files(data_dir);
    AVSTAND_CHECK(load_cues(files.path("cues.tsv"), language));
    AVSTAND_CHECK(load_words(files.path("cue_words.tsv"), language));
    const std::string model = supported.model.substr(0, supported.model.find('.'));
    const std::string path = model_dir + "/" + model + ".roles";
    if (!supported.base.empty() && !std::filesystem::exists(path)) continue;
    if (!roles.contains(model)) {
      AVSTAND_TRY(weights, RoleWeights::open(path));
      roles[model] = std::move(weights);
    }
    language.roles = roles[model];
  }
  return lexicon;
}

const CueLexicon::Language* CueLexicon::find(LanguageCode code) const {
  const auto it = impl_->languages.find(code);
  return it == impl_->languages.end() ? nullptr : &it->second;
}

bool CueLexicon::Language::is(std::string_view word, CueRole role) const {
  for (auto [it, end] = words.equal_range(word); it != end; ++it)
    if (it->second == role) return true;
  return false;
}

const CueEntry* CueLexicon::Language::find(Upos upos, std::string_view lemma) const {
  const auto& table = upos == Upos::kNoun || upos == Upos::kPropn ? nouns
                      : upos == Upos::kAdj                        ? adjectives
                                                                  : verbs;
  const auto it = table.find(lemma);
  return it == table.end() ? nullptr : &it->second;
}

}  // namespace avstand
