// Findings about pictures: who is credited, and whether captions and files say the same.
#include <algorithm>
#include <map>

#include "provenance/findings.h"
#include "text/utf8.h"

namespace avstand::provenance {
namespace {

constexpr int kLeastCaptionWords = 5;  // that make two captions one picture's
constexpr size_t kMostCompared = 500;  // pictures whose hashes are held against one another

/// "Kari Bø / NTB".
std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : " / ") + name;
  return out;
}

std::vector<std::string> names_of(const ledger::Picture& p) {
  std::vector<std::string> out;
  if (p.origin) out.push_back(p.origin->name);
  for (const ledger::Hop& hop : p.chain) out.push_back(hop.name);
  return out;
}

/// The words of a caption without kicker and credit, lower case and bare of marks.
std::string bare_caption(const Context& c, const ledger::Picture& p) {
  const Block& block = c.article.blocks[*p.block];
  const uint32_t begin = block.kicker ? block.kicker->end : block.span.begin;
  const WordRange words = words_of_block(c, *p.block);
  std::string out;
  for (WordId w = words.begin; w < words.end; ++w) {
    const Span span = c.analysis.words[w].span;
    if (span.begin < begin || c.analysis.words[w].upos == Upos::kPunct) continue;
    if (p.credit && span.end > p.credit->begin) break;
    out += lower_case(c.analysis.form(w)) + ' ';
  }
  return out;
}

/// Whether two credits have no name in common; "Kari Bø / NTB" and "NTB" have one.
bool credits_differ(const ledger::Picture& a, const ledger::Picture& b) {
  const auto names = [](const ledger::Picture& p) {
    std::vector<std::string> out{lower_case(p.origin->name)};
    for (const ledger::Hop& hop : p.chain) out.push_back(lower_case(hop.name));
    return out;
  };
  const auto all = names(b);
  for (const std::string& x : names(a))
    for (const std::string& y : all)
      if (x.find(y) != std::string::npos || y.find(x) != std::string::npos) return false;
  return true;
}

/// One picture twice, by its caption, with credits that name different people.
void find_conflicts_by_caption(Context& c) {
  std::map<std::string, const ledger::Picture*> seen;
  for (const ledger::Picture& p : c.ledger.pictures) {
    if (!p.credited || !p.origin || !p.credit || !p.block) continue;
    std::string caption = bare_caption(c, p);
    if (std::count(caption.begin(), caption.end(), ' ') < kLeastCaptionWords) continue;
    const auto [it, fresh] = seen.emplace(std::move(caption), &p);
    if (fresh || !credits_differ(*it->second, p)) continue;
    add_finding(c, "credit_conflict", {*it->second->credit, *p.credit},
                {it->second->origin->name, p.origin->name});
  }
}

/// The same by its file's perceptual hash.
void find_conflicts_by_hash(Context& c) {
  std::vector<const ledger::Picture*> seen;
  for (const ledger::Picture& p : c.ledger.pictures) {
    if (!p.file || !p.file->pdq || !p.credited || !p.credit || seen.size() >= kMostCompared)
      continue;
    for (const ledger::Picture* other : seen) {
      if (!same_picture(*other->file->pdq, *p.file->pdq) || !credits_differ(*other, p)) continue;
      add_finding(c, "credit_conflict", {*other->credit, *p.credit},
                  {other->origin->name, p.origin->name});
      break;
    }
    seen.push_back(&p);
  }
}

/// Names by what can be held against one another: a photographer and an agency are no conflict.
struct Named {
  bool person = false, body = false;
};

Named kinds_of(const Context& c, const std::vector<std::string>& names) {
  Named out;
  for (const std::string& name : names) {
    const bool known = c.knowledge.is_medium(name) ||
                       c.knowledge.profile_of_name(name).kind != ProfileKind::kUnknown;
    const bool person = !known && name.find(' ') != std::string::npos;
    (person ? out.person : out.body) = true;
  }
  return out;
}

/// The caption credits one, the metadata of the file another.
void find_conflict_with_file(Context& c, const ledger::Picture& p) {
  const FileCredit file = file_credit(p.file->metadata, c.rules.credit_words);
  const std::vector<std::string> text =
      names_of_credit(p.credit->in(c.article.text), c.rules.credit_words);
  if (text.empty() || file.hands.empty()) return;
  if (share_a_name(text, file.names, c.rules.credit_words)) return;
  const Named in_text = kinds_of(c, text), in_file = kinds_of(c, file.hands);
  if (!(in_text.person && in_file.person) && !(in_text.body && in_file.body)) return;
  add_finding(c, "credit_conflict", {*p.credit}, {joined(text), joined(file.hands)},
              "credit_conflict_file");
}

}  // namespace

void find_missing_credits(Context& c) {
  const bool others = std::any_of(c.ledger.pictures.begin(), c.ledger.pictures.end(),
                                  [](const ledger::Picture& p) { return p.credited; });
  for (const ledger::Picture& p : c.ledger.pictures) {
    if (p.credited || !p.block) continue;
    const std::vector<Span> caption{c.article.blocks[*p.block].span};
    if (p.origin)  // only its file says so
      add_finding(c, "missing_credit", caption, {joined(names_of(p))}, "missing_credit_file");
    else
      add_finding(c, "missing_credit", caption, {},
                  others ? "missing_credit_others" : "missing_credit");
  }
}

void find_unverified_pictures(Context& c) {
  for (const ledger::Picture& p : c.ledger.pictures) {
    const bool unverified =
        p.verification.status == "unverified" || p.verification.status == "no_access";
    if (!unverified || !p.origin || !p.handout.value_or(false)) continue;
    std::vector<Span> spans;
    if (p.verification.span) spans.push_back(*p.verification.span);
    add_finding(c, "unverified_picture", std::move(spans), {p.origin->name});
  }
}

void find_credit_conflicts(Context& c) {
  find_conflicts_by_caption(c);
  find_conflicts_by_hash(c);
  for (const ledger::Picture& p : c.ledger.pictures)
    if (p.file && p.credited && p.credit) find_conflict_with_file(c, p);
}

}  // namespace avstand::provenance
