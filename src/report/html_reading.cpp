// The article as its reader knows it, with a note beside each block for every statement in it.
#include <fmt/format.h>

#include <set>

#include "report/html_parts.h"
#include "report/picture_words.h"

namespace avstand::report {
namespace {

/// The element that a block's text stands in.
struct BlockForm {
  std::string_view tag;
  std::string_view style;
};

BlockForm form(BlockKind kind) {
  switch (kind) {
    case BlockKind::kHeadline:
      return {"h4", "text headline"};
    case BlockKind::kLede:
      return {"p", "text lede"};
    case BlockKind::kSubheading:
      return {"h5", "text subheading"};
    case BlockKind::kCaption:
      return {"p", "text caption"};
    case BlockKind::kByline:
      return {"p", "text byline"};
    case BlockKind::kDateline:
      return {"p", "text dateline"};
    case BlockKind::kCredit:
      return {"p", "text credit"};
    case BlockKind::kList:
      return {"p", "text list"};
    case BlockKind::kQuote:
      return {"p", "text quote"};
    case BlockKind::kParagraph:
      break;
  }
  return {"p", "text"};
}

void write_text(Markup& m, const ArticlePage& page, size_t index) {
  const Article& d = page.ledger().document;
  const Block& block = d.blocks[index];
  const BlockForm f = form(block.kind);
  const LanguageCode language = block.language;
  // An empty lang says that the language is unknown; the same language need not be said again.
  if (language == page.say().language()) {
    m.open(f.tag, {{"class", f.style}, {"dir", "auto"}});
  } else {
    m.open(f.tag, {{"class", f.style},
                   {"dir", "auto"},
                   {"lang", language.known() ? language.view() : std::string_view()}});
  }
  write_marked(m, d.text, block.span, page.marks.of_block(index));
  m.close();
}

void write_row(Markup& m, std::string_view term, std::string_view value) {
  m.open("div").leaf("dt", term).open("dd").isolated(value).close().close();
}
/// The same for words of ours, which need no isolation: there are many of them.
void write_label(Markup& m, std::string_view term, std::string_view value) {
  m.open("div").leaf("dt", term).leaf("dd", value).close();
}

void write_verification(Markup& m, const ArticlePage& page, const ledger::Verification& v) {
  m.open("div").leaf("dt", page.say()("note.verification")).open("dd");
  m.text(page.say().label("verification", v.status));
  if (v.by) m.text(", ").isolated(page.view.name(v.by));
  if (v.span) {
    m.text(": ");
    write_words_link(m, page, *v.span);
  }
  m.close().close();
}

void write_picture(Markup& m, const ArticlePage& page, const ledger::Picture& p) {
  const Phrases& say = page.say();
  m.open("dl", {{"class", "picture-facts"}});
  m.open("div").leaf("dt", say("picture.origin")).open("dd");
  if (p.origin && !p.chain.empty()) {
    write_chain(m, page.view, p.chain, p.verification.status);
  } else {
    m.isolated(p.origin ? page.view.name(*p.origin) : std::string(say("picture.none")));
  }
  m.close().close();
  const std::string_view handout = !p.handout   ? "picture.handout.unknown"
                                   : *p.handout ? "picture.handout.yes"
                                                : "picture.handout.no";
  write_label(m, say("picture.handout"), say(handout));
  write_verification(m, page, p.verification);
  for (const PictureFact& fact : picture_facts(p, say)) write_row(m, fact.term, fact.value);
  m.close();
}

void write_figure(Markup& m, const ArticlePage& page, size_t index) {
  m.open("figure", {{"class", "picture"}});
  m.open("div", {{"class", "frame"}, {"aria-hidden", "true"}}).close();
  m.open("figcaption");
  write_text(m, page, index);
  for (const ledger::Picture& p : page.ledger().pictures)
    if (p.block == index) write_picture(m, page, p);
  m.close().close();
}

/// A picture that no caption stands under.
void write_bare_figure(Markup& m, const ArticlePage& page, const ledger::Picture& p) {
  m.open("figure", {{"class", "picture"}});
  m.open("div", {{"class", "frame"}, {"aria-hidden", "true"}}).close();
  m.open("figcaption").open("p", {{"class", "text caption"}}).isolated(p.file_name).close();
  write_picture(m, page, p);
  m.close().close();
}

void write_block(Markup& m, const ArticlePage& page, size_t index) {
  const auto& statements = page.marks.statements_of_block(index);
  m.open("div", {{"class", "block"}});
  if (page.ledger().document.blocks[index].kind == BlockKind::kCaption) {
    write_figure(m, page, index);
  } else {
    write_text(m, page, index);
  }
  if (!statements.empty()) {
    m.line().open("ol", {{"class", "notes"}, {"aria-label", page.say()("section.statements")}});
    for (const size_t s : statements) write_note(m, page, s);
    m.close();
  }
  m.close().line();
}

/// Only the lines that this article has.
void write_legend(Markup& m, const ArticlePage& page) {
  std::set<uint32_t> distances;
  bool scare = false;
  for (const ledger::Statement& s : page.ledger().statements) {
    scare = scare || s.quote == "scare";
    if (s.quote != "scare") distances.insert(s.distance);
  }
  m.open("div", {{"class", "legend"}});
  m.leaf("p", {{"class", "legend-title"}}, page.say()("legend.heading")).open("ul");
  for (const uint32_t d : distances) {
    m.open("li").leaf("span", {{"class", "said in0 " + distance_class(d)}}, page.say().distance(d));
    m.close();
  }
  if (scare)
    m.open("li").leaf("span", {{"class", "said in0 scare"}}, page.say()("distance.scare")).close();
  m.close().leaf("p", page.say()("legend.numbers")).close().line();
}

/// Each hand with the words that name it.
void write_hops(Markup& m, const ArticlePage& page, const ledger::Statement& s) {
  for (const ledger::Hop& hop : s.chain) {
    if (!hop.span) continue;
    m.open("div").leaf("dt", page.say()(hop.relay ? "hop.relay" : "hop.origin")).open("dd");
    m.isolated(page.view.name(hop)).text(": ");
    write_words_link(m, page, *hop.span);
    m.close().close();
  }
}

/// What the words rest on, label by label; facts that are not there are left out.
void write_details(Markup& m, const ArticlePage& page, const ledger::Statement& s) {
  const Phrases& say = page.say();
  m.open("dl");
  if (s.speaker) write_row(m, say("note.speaker"), page.view.name(s.speaker));
  for (const Span span : s.source) {
    m.open("div").leaf("dt", say("note.source")).open("dd");
    write_words_link(m, page, span);
    m.close().close();
  }
  write_hops(m, page, s);
  write_label(m, say("note.act"), say.label("act", s.act));
  write_label(m, say("note.quote"), say.label("quote", s.quote));
  write_label(m, say("note.evidence"), say.label("evidence", s.evidence));
  write_label(m, say("note.commitment"), say.label("commitment", s.commitment));
  write_verification(m, page, s.verification);
  if (s.interested) write_label(m, say("note.interested"), say("note.interested.yes"));
  const auto& all = page.ledger().statements;
  if (s.parent && *s.parent < all.size() && is_attribution(all[*s.parent])) {
    const std::string number = fmt::format("{}", page.view.number(*s.parent));
    m.open("div").leaf("dt", say("note.parent")).open("dd");
    m.leaf("a", {{"href", "#" + page.marks.statement_id(*s.parent)}},
           say.fill("note.statement", {{"n", number}}));
    m.close().close();
  }
  write_label(m, say("note.confidence"), fmt::format("{:.2f}", s.confidence));
  m.close();
}

void write_reasons(Markup& m, const ArticlePage& page, const ledger::Statement& s) {
  if (s.why.empty()) return;
  m.leaf("p", {{"class", "reasons-title"}}, page.say()("note.words"));
  m.open("ul", {{"class", "reasons"}});
  for (const ledger::Why& why : s.why) {
    m.open("li");
    write_words_link(m, page, why.span);
    m.text(" ").leaf("code", why.rule).close();
  }
  m.close();
}

}  // namespace

void write_note(Markup& m, const ArticlePage& page, size_t statement) {
  const ledger::Statement& s = page.ledger().statements[statement];
  const std::string number = fmt::format("{}", page.view.number(statement));
  m.open("li", {{"class", "note"}, {"id", page.marks.statement_id(statement)}});
  const auto words = page.marks.words_id(statement);
  m.open(words ? "a" : "span",
         {{"class", "number"},
          {"href", words ? "#" + *words : std::string()},
          {"aria-label", page.say().fill("note.statement", {{"n", number}})}});
  m.text(number).close();
  if (is_bare_scare(s)) {
    m.leaf("p", {{"class", "who"}}, page.say()("distance.scare"));
  } else {
    write_chain(m, page.view, s.chain, s.verification.status);
    if (const auto speaker = page.view.speaker(s)) {
      m.open("p", {{"class", "who"}}).text(page.say()("note.speaker")).text(": ");
      m.isolated(*speaker).close();
    }
  }
  m.open("p", {{"class", "facts"}});
  bool first = true;
  for (const std::string& fact : page.view.facts(s)) {
    if (!first) m.text(" · ");
    first = false;
    m.text(fact);
  }
  m.close().open("details").leaf("summary", page.say()("note.why"));
  write_details(m, page, s);
  write_reasons(m, page, s);
  m.close().close().line();
}

void write_reading(Markup& m, const ArticlePage& page) {
  const std::string id = page.prefix + "article";
  m.open("section", {{"class", "reading"}, {"aria-labelledby", id}});
  m.leaf("h3", {{"id", id}}, page.say()("section.article")).line();
  write_legend(m, page);
  for (size_t i = 0; i < page.ledger().document.blocks.size(); ++i) write_block(m, page, i);
  for (const ledger::Picture& p : page.ledger().pictures)
    if (!p.block) write_bare_figure(m, page, p);
  m.close().line();
}

}  // namespace avstand::report
