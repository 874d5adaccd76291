#include "story/pictures.h"

#include <algorithm>

#include "story/lexicon.h"
#include "story/similarity.h"

namespace avstand::story {
namespace {

constexpr float kSameCaption = 0.6F;  // dice of two captions of one picture
constexpr float kLightest = 1.2F;     // a caption of less says too little

struct Print {
  uint32_t article = 0;
  const std::vector<Term>* terms = nullptr;
  const PrintedPicture* picture = nullptr;  ///< null: a passage that reads like a caption
  std::string_view words;                   ///< of such a passage
};

/// "in this picture released by KCNA": a passage that names whose picture it is credits it.
bool is_credited(const Print& print, std::string_view origin) {
  if (print.picture != nullptr) return print.picture->credited;
  return print.words.find(origin) != std::string_view::npos;
}

float weight(const std::vector<Term>& terms) {
  float sum = 0;
  for (const Term& t : terms) sum += t.weight;
  return sum;
}

/// All pictures, and passages that may be captions nobody marked as such.
std::vector<Print> prints_of(const std::vector<const StoryArticle*>& articles) {
  std::vector<Print> out;
  for (uint32_t a = 0; a < articles.size(); ++a) {
    for (const PrintedPicture& p : articles[a]->pictures) out.push_back({a, &p.terms, &p, {}});
    for (const Passage& p : articles[a]->passages) {
      const bool pictured =
          std::any_of(articles[a]->pictures.begin(), articles[a]->pictures.end(),
                      [&](const PrintedPicture& made) { return made.caption.overlaps(p.span); });
      if (!pictured && p.kind != PassageKind::kHeadline)
        out.push_back({a, &p.terms, nullptr, p.span.in(articles[a]->text)});
    }
  }
  return out;
}

/// Whether the story knows the name as a body that is no medium: what such a one supplies is a
/// handout.
bool is_party(const std::vector<const StoryArticle*>& articles, std::string_view origin) {
  const std::string plain = plain_name(origin);
  bool body = false;
  for (const StoryArticle* a : articles) {
    const bool own = plain_name(a->outlet) == plain;
    if (own && !a->release && a->outlet_kind != "state_media") return false;
    body = body || own;
    for (const Source& s : a->sources) {
      const bool same = plain_name(s.name) == plain;
      if (same && s.medium) return false;
      // one article may take for a person what another knows as a body, or as whom somebody is of
      body = body || (same && !s.person) || plain_name(s.body) == plain;
    }
  }
  return body;
}

}  // namespace

std::vector<SharedPicture> find_pictures(const std::vector<const StoryArticle*>& articles) {
  const std::vector<Print> prints = prints_of(articles);
  std::vector<bool> used(prints.size(), false);
  std::vector<SharedPicture> out;
  for (size_t i = 0; i < prints.size(); ++i) {
    const PrintedPicture* known = prints[i].picture;
    if (used[i] || known == nullptr || known->origin.empty()) continue;
    SharedPicture shared{.articles = {prints[i].article}, .origin = known->origin};
    shared.handout = known->handout == 1 || is_party(articles, known->origin);
    used[i] = true;
    for (size_t j = 0; j < prints.size(); ++j) {
      if (used[j] || prints[j].article == prints[i].article) continue;
      if (std::min(weight(*prints[i].terms), weight(*prints[j].terms)) < kLightest) continue;
      if (likeness(*prints[i].terms, *prints[j].terms).dice < kSameCaption) continue;
      used[j] = true;
      shared.articles.push_back(prints[j].article);
      const PrintedPicture* other = prints[j].picture;
      if (other != nullptr && other->handout == 1) shared.handout = true;
      if (!is_credited(prints[j], known->origin)) shared.uncredited_in.push_back(prints[j].article);
    }
    std::sort(shared.articles.begin(), shared.articles.end());
    std::sort(shared.uncredited_in.begin(), shared.uncredited_in.end());
    out.push_back(std::move(shared));
  }
  return out;
}

}  // namespace avstand::story
