#include "story/origins.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "story/lexicon.h"

namespace avstand::story {
namespace {

constexpr size_t kLongestChain = 12;  // hands; a ring of outlets would never end

const Passage& passage_of(const Story& story, const Mention& m) {
  return story.articles[m.article]->passages[m.passage];
}

bool same_outlet(std::string_view a, std::string_view b) {
  return a == b || plain_name(a) == plain_name(b);
}

/// The outlets that articles of the story are from, as plain names; not parties that print their
/// own.
std::set<std::string> media_of(const Story& story) {
  std::set<std::string> out;
  for (const StoryArticle* a : story.articles)
    if (!a->release && a->outlet_kind != "state_media") out.insert(plain_name(a->outlet));
  for (const StoryArticle* a : story.articles)
    for (const Source& s : a->sources)
      if (s.kind == "state_media") out.erase(plain_name(s.name));
  return out;
}

/// One in a chain, with the party that the story knows him or her as.
struct Hand : Source {
  std::string party;

  std::string shown() const { return unnamed ? "unnamed" : party; }
};

Hand relay(const std::string& name) {
  return {{.name = name, .kind = "news_agency", .medium = true}, name};
}

const Hand kNobody{{.name = "unnamed", .unnamed = true}, ""};

/// Whether the passage says whose it is, or is the outlet's own. A source taken over from elsewhere
/// in the article never makes a claim one origin richer.
bool is_told(const Story& story, const Mention& m) {
  const Passage& p = passage_of(story, m);
  if (p.chain.empty() && p.negated) return false;  // most often says what is not known
  if (p.refers_back) return false;                 // what it refers to has the same source
  return p.chain_told || p.chain.empty();
}

/// Chains of one claim, completed by what the other articles of the claim tell.
class Resolver {
 public:
  /// `outlets`: plain names of the story's media (media_of).
  Resolver(const Story& story, const Names& names, const std::set<std::string>& outlets,
           Claim& claim)
      : story_(story), names_(names), outlets_(outlets), claim_(claim) {}

  void run() {
    // earlier articles first: they are what later ones rest on
    for (Mention& m : claim_.mentions) {
      std::vector<Hand> chain = told_chain(m);
      for (const Hand& h : chain) m.chain.push_back(h.shown());
      const bool by_media = through_media(m, chain), by_copy = through_copy(m, chain);
      if ((by_media || by_copy) && chain.size() <= kLongestChain)
        for (const Hand& h : chain) m.resolved.push_back(h.shown());
      resolved_.push_back(chain);
      set_origin(m, chain);
      take_origin_of_original(m);
    }
  }

 private:
  bool is_medium(const Source& s) const {
    if (s.medium) return true;
    if (s.person && s.kind != "unknown" && !s.body.empty()) return false;
    return outlets_.contains(plain_name(s.name));
  }

  /// The chain as the article tells it, with what only the story shows of the names in it: which of
  /// them are outlets.
  std::vector<Hand> told_chain(const Mention& m) const {
    const StoryArticle& article = *story_.articles[m.article];
    const Passage& p = passage_of(story_, m);
    std::vector<Hand> chain;
    const auto add = [&](const Source& s) {
      chain.push_back(
          {s, is_medium(s) ? names_.shown(s, m.article) : names_.canonical(s, m.article)});
      chain.back().medium = is_medium(s);
    };
    for (const Source& s : p.chain) add(s);
    const auto has = [&chain](const std::string& name) {
      return std::any_of(chain.begin(), chain.end(),
                         [&](const Hand& h) { return same_outlet(h.name, name); });
    };
    for (const Source& s : p.around)
      if (is_medium(s) && !has(s.name) && !same_outlet(s.name, article.outlet)) {
        add(s);
        chain.back().medium = true;
      }
    for (const std::string& credit : article.credits)
      if (!has(credit)) chain.push_back(relay(credit));
    // "the news agency NTB reported" of what is said to be told to NTB
    const auto again = std::unique(chain.begin(), chain.end(), [](const Hand& a, const Hand& b) {
      return a.medium && b.medium && !a.unnamed && a.party == b.party;
    });
    chain.erase(again, chain.end());
    std::erase_if(chain, [&](const Source& s) { return same_outlet(s.name, article.outlet); });
    if (!chain.empty() && chain[0].medium && p.chain.size() > 0 && m.stance == Stance::kAsserts)
      chain.insert(chain.begin(), kNobody);
    return chain;
  }

  /// Where in the chain the outlet stands that the article has it from, without knowing from whom
  /// that one has it: behind a source without a name, or in front where it is a state's medium.
  static std::optional<size_t> place_of_relay(const std::vector<Hand>& chain) {
    if (chain.size() > 1 && chain[0].unnamed && chain[1].medium) return 1;
    if (!chain.empty() && !chain[0].unnamed && chain[0].kind == "state_media") return 0;
    return std::nullopt;
  }

  /// Whether the outlet's own articles keep somebody unnamed who has the claim.
  bool keeps_unnamed(const std::string& outlet) const {
    for (size_t i = 0; i < resolved_.size(); ++i)
      if (same_outlet(story_.articles[claim_.mentions[i].article]->outlet, outlet) &&
          !resolved_[i].empty() && resolved_[i][0].unnamed)
        return true;
    return false;
  }

  /// What the outlet M had told before, where this article has it from M and knows no more.
  bool through_media(const Mention& m, std::vector<Hand>& chain) const {
    const auto place = place_of_relay(chain);
    if (!place) return false;
    // whom M names, another may call "a nurse"; whom M keeps unnamed is nobody else that it names
    const bool secret =
        chain[0].anonymous && (chain[0].several || keeps_unnamed(chain[*place].name));
    const std::vector<Hand>* best = nullptr;
    std::pair<bool, bool> most;
    for (size_t i = 0; i < resolved_.size(); ++i) {
      const Mention& other = claim_.mentions[i];
      if (other.article == m.article || other.stance != Stance::kAsserts) continue;
      if (!same_outlet(story_.articles[other.article]->outlet, chain[*place].name)) continue;
      const bool known =
          resolved_[i].empty() || !resolved_[i][0].unnamed || resolved_[i][0].anonymous;
      const bool named = !resolved_[i].empty() && !resolved_[i][0].unnamed;
      if (chain[0].anonymous && (resolved_[i].empty() || (named && secret))) continue;
      if (chain[0].anonymous && named && !is_told(story_, other)) continue;
      // what a state's medium says itself, or without saying from whom, is its own
      if (*place == 0 && (!named || !is_told(story_, other))) continue;
      // what says itself whose it is, before what takes that from elsewhere in the article
      const std::pair sure{known, is_told(story_, other)};
      if (best != nullptr && sure < most) continue;
      best = &resolved_[i];
      most = sure;
    }
    if (best == nullptr) return false;
    std::vector<Hand> whole = *best;
    whole.insert(whole.end(), chain.begin() + static_cast<std::ptrdiff_t>(*place), chain.end());
    chain = std::move(whole);
    return true;
  }

  /// A copy that does not say so came through the hands of the original.
  bool through_copy(const Mention& m, std::vector<Hand>& chain) const {
    for (const Copy& c : story_.copies) {
      if (c.article != m.article || c.credited) continue;
      const StoryArticle& original = *story_.articles[c.of];
      if (!original.agency) continue;
      const bool there = std::any_of(chain.begin(), chain.end(), [&](const Source& s) {
        return same_outlet(s.name, original.outlet);
      });
      if (there) continue;
      chain.push_back(relay(original.outlet));
      return true;
    }
    return false;
  }

  void set_origin(Mention& m, const std::vector<Hand>& chain) const {
    if (m.stance != Stance::kAsserts) return;
    const StoryArticle& article = *story_.articles[m.article];
    if (chain.empty()) {
      m.origin =
          article.self.name.empty() ? outlet_or_id(article) : names_.shown(article.self, m.article);
    } else if (!chain[0].unnamed) {
      m.origin = chain[0].party;
    } else if (chain[0].anonymous) {
      m.unknown = true;
      m.origin = "unnamed (" + (chain.size() > 1 ? chain[1].name : outlet_or_id(article)) + ")";
    }
  }

  /// A passage that repeats one of the original has its origin, whatever the copy makes of it.
  void take_origin_of_original(Mention& m) const {
    if (m.stance != Stance::kAsserts) return;
    for (const Copy& c : story_.copies) {
      if (c.article != m.article) continue;
      for (const AlignedPassage& pair : c.passages) {
        if (pair.copy != passage_of(story_, m).span) continue;
        for (const Mention& other : claim_.mentions)
          if (&other < &m && other.article == c.of && !other.origin.empty() &&
              passage_of(story_, other).span == pair.original) {
            m.origin = other.origin;
            m.unknown = other.unknown;
          }
      }
    }
  }

  const Story& story_;
  const Names& names_;
  const std::set<std::string>& outlets_;
  Claim& claim_;
  std::vector<std::vector<Hand>> resolved_;  // by mention
};

/// Of mentions that take their source from elsewhere, one with the origin that most of them have.
const Mention* likeliest(const Claim& claim) {
  std::map<std::string, uint32_t> votes;
  for (const Mention& m : claim.mentions)
    if (!m.origin.empty()) ++votes[m.origin];
  const Mention* best = nullptr;
  for (const Mention& m : claim.mentions)
    if (!m.origin.empty() && (best == nullptr || votes[m.origin] > votes[best->origin])) best = &m;
  return best;
}

/// Who denies a claim says in the same breath what he or she holds for true: that is no origin.
void drop_deniers(const Story& story, const Names& names, Claim& claim) {
  std::set<std::pair<uint32_t, std::string>> deniers;  // by article
  for (const Mention& m : claim.mentions) {
    const Passage& p = passage_of(story, m);
    if (m.stance == Stance::kDenies && !p.chain.empty() && !p.chain[0].unnamed)
      deniers.emplace(m.article, names.canonical(p.chain[0], m.article));
  }
  const auto denies = [&](const Mention& m) {
    return !m.unknown && m.stance == Stance::kAsserts && deniers.contains({m.article, m.origin});
  };
  const bool others =
      std::any_of(claim.mentions.begin(), claim.mentions.end(),
                  [&](const Mention& m) { return !m.origin.empty() && !denies(m); });
  if (!others) return;
  for (Mention& m : claim.mentions) {
    if (!denies(m)) continue;
    m.stance = Stance::kDenies;
    m.origin.clear();
  }
}

/// "The ministry is aware of the case. We cannot confirm it": who takes no position on a claim is
/// no origin of it, whatever is said beside that, where somebody else stands for it.
void drop_undecided(const Story& story, const Names& names, Claim& claim) {
  std::set<std::pair<uint32_t, std::string>> undecided;  // by article
  for (const Mention& m : claim.mentions) {
    const Passage& p = passage_of(story, m);
    if (m.stance == Stance::kOpen && !p.chain.empty() && !p.chain[0].unnamed)
      undecided.emplace(m.article, names.canonical(p.chain[0], m.article));
  }
  const auto is_undecided = [&](const Mention& m) {
    return !m.unknown && undecided.contains({m.article, m.origin});
  };
  const bool others =
      std::any_of(claim.mentions.begin(), claim.mentions.end(),
                  [&](const Mention& m) { return !m.origin.empty() && !is_undecided(m); });
  if (!others) return;
  for (Mention& m : claim.mentions)
    if (is_undecided(m)) m.origin.clear();
}

/// Who takes a claim back stands for no part of it, whatever its correction tells again.
void drop_retractors(const Story& story, Claim& claim) {
  std::set<uint32_t> articles;
  for (const Mention& m : claim.mentions)
    if (m.stance == Stance::kRetracts && passage_of(story, m).chain.empty())
      articles.insert(m.article);
  for (Mention& m : claim.mentions)
    if (articles.contains(m.article) && passage_of(story, m).chain.empty()) m.origin.clear();
}

void count(const Story& story, Claim& claim) {
  std::set<std::string> known, unknown, outlets, families;
  std::set<uint32_t> articles;
  for (const Mention& m : claim.mentions) {
    const StoryArticle& a = *story.articles[m.article];
    articles.insert(m.article);
    outlets.insert(outlet_or_id(a));
    families.insert(a.family.empty() ? a.id : a.family);
    if (!m.origin.empty() && is_told(story, m)) (m.unknown ? unknown : known).insert(m.origin);
  }
  if (known.empty() && unknown.empty())
    if (const Mention* m = likeliest(claim)) (m->unknown ? unknown : known).insert(m->origin);
  claim.articles = static_cast<uint32_t>(articles.size());
  claim.outlets = static_cast<uint32_t>(outlets.size());
  claim.families = static_cast<uint32_t>(families.size());
  claim.independent_origins = static_cast<uint32_t>(known.size());
  claim.unknown_origins = static_cast<uint32_t>(unknown.size());
  claim.origins.assign(known.begin(), known.end());
  claim.origins.insert(claim.origins.end(), unknown.begin(), unknown.end());
}

/// The latest article before `article` from the outlet that also has the claim.
std::optional<uint32_t> rests_on(const Story& story, const Claim& claim, uint32_t article,
                                 const std::string& outlet) {
  std::optional<uint32_t> found;
  for (const Mention& m : claim.mentions)
    if (m.article < article && m.stance == Stance::kAsserts &&
        same_outlet(story.articles[m.article]->outlet, outlet))
      found = m.article;
  return found;
}

/// The articles that an article's claim goes back to, until an outlet comes again.
std::vector<uint32_t> ring_from(const Story& story, const Claim& claim, uint32_t start) {
  std::vector<uint32_t> path{start};
  const std::string& home = story.articles[start]->outlet;
  while (path.size() < kLongestChain) {
    std::optional<uint32_t> next;
    for (const Mention& m : claim.mentions) {
      if (m.article != path.back() || m.stance != Stance::kAsserts) continue;
      for (const auto* hands : {&passage_of(story, m).chain, &passage_of(story, m).around})
        for (const Source& s : *hands)
          if (const auto found = rests_on(story, claim, m.article, s.name))
            next = next ? std::max(*next, *found) : *found;
    }
    if (!next) return {};
    path.push_back(*next);
    if (same_outlet(story.articles[*next]->outlet, home) && path.size() > 2) return path;
  }
  return {};
}

}  // namespace

void resolve_origins(Story& story, const Names& names) {
  const std::set<std::string> outlets = media_of(story);
  for (Claim& claim : story.claims) {
    Resolver(story, names, outlets, claim).run();
    drop_deniers(story, names, claim);
    drop_undecided(story, names, claim);
    drop_retractors(story, claim);
    count(story, claim);
  }
}

std::vector<std::vector<uint32_t>> find_circles(const Story& story) {
  std::set<std::vector<uint32_t>> rings;
  for (const Claim& claim : story.claims)
    for (size_t i = 0; i < claim.mentions.size(); ++i) {
      const uint32_t article = claim.mentions[i].article;
      if (i > 0 && article == claim.mentions[i - 1].article) continue;
      std::vector<uint32_t> ring = ring_from(story, claim, article);
      std::sort(ring.begin(), ring.end());
      if (!ring.empty()) rings.insert(std::move(ring));
    }
  return {rings.begin(), rings.end()};
}

}  // namespace avstand::story
