#include "report/html.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/hash.h"
#include "report/html_parts.h"

namespace avstand::report {
namespace {

/// Ids must differ between articles and stay the same when an article is reported alone.
std::string id_prefix(const ledger::Ledger& ledger) {
  return fmt::format("a{:08x}-", static_cast<uint32_t>(xxh64(ledger.document.id)));
}

uint8_t hex_value(char c) { return static_cast<uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10); }

/// RFC 4648, of the bytes that the hex digits stand for.
std::string base64_of_hex(std::string_view hex) {
  static constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : hex) {
    bits = bits << 4 | hex_value(c);
    count += 4;
    if (count >= 6) {
      count -= 6;
      out += kLetters[bits >> count & 63];
    }
  }
  if (count > 0) out += kLetters[bits << (6 - count) & 63];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

void write_facts(Markup& m, const LedgerView& view) {
  const Article& d = view.ledger().document;
  m.open("p", {{"class", "meta"}});
  if (d.outlet) m.leaf("bdi", {{"class", "outlet"}}, *d.outlet).text(" · ");
  if (d.published)
    m.leaf("time", {{"class", "date"}, {"datetime", *d.published}}, view.say().when(*d.published))
        .text(" · ");
  m.text(view.say().language_name(d.language)).close();
}

void write_counts(Markup& m, const LedgerView& view) {
  const ledger::Summary& s = view.ledger().summary;
  m.open("p", {{"class", "counts"}}).text(view.say().count("count.statements", s.statements));
  m.text(" · ").text(view.say().count("count.origins", s.independent_origins));
  if (s.unverified > 0) m.text(" · ").text(view.say().count("count.unverified", s.unverified));
  m.close();
}

void write_about(Markup& m, const ArticlePage& page) {
  const ledger::Ledger& l = page.ledger();
  m.open("footer", {{"class", "about"}}).open("dl");
  const auto row = [&](std::string_view key, std::string_view value) {
    if (value.empty()) return;
    m.open("div").leaf("dt", page.say()(key)).open("dd").isolated(value).close().close();
  };
  if (l.document.id != "-") row("document.id", l.document.id);  // that is: from nowhere
  if (l.document.url) {
    const std::string& url = *l.document.url;
    m.open("div").leaf("dt", page.say()("document.url")).open("dd");
    if (is_web_address(url)) {
      m.leaf("a", {{"href", url}, {"rel", "noopener noreferrer nofollow"}}, url);
    } else {
      m.isolated(url);
    }
    m.close().close();
  }
  row("document.digest", l.digest);
  row("document.engine", l.engine.version.empty() ? "" : "Avstand " + l.engine.version);
  m.close().close().line();
}

std::string section(const ArticlePage& page) {
  Markup m;
  const std::string id = page.prefix + "top";
  const std::string title_id = page.prefix + "title";
  m.open("article", {{"class", "article"},
                     {"id", id},
                     {"lang", page.say().language().view()},
                     {"aria-labelledby", title_id}});
  m.line().open("header", {{"class", "top"}});
  write_facts(m, page.view);
  m.open("h2", {{"id", title_id}, {"dir", "auto"}}).text(page.view.title()).close();
  write_counts(m, page.view);
  m.close().line();
  write_overview(m, page);
  write_reading(m, page);
  write_entities(m, page);
  write_about(m, page);
  m.close().line();
  return std::move(m).take();
}

std::string entry(const ArticlePage& page) {
  Markup m;
  const auto& findings = page.ledger().findings;
  m.open("li", {{"lang", page.say().language().view()}});
  m.open("p", {{"class", "entry-title"}});
  m.open("a", {{"href", "#" + page.prefix + "top"}, {"dir", "auto"}});
  m.text(page.view.title()).close().close();
  write_facts(m, page.view);
  write_band(m, page.view);
  write_counts(m, page.view);
  if (!findings.empty()) {
    m.open("p", {{"class", "flags-short"}});
    m.text(page.say().count("count.findings", findings.size()));
    m.close();
  }
  m.close().line();
  return std::move(m).take();
}

std::string escaped(std::string_view text) {
  Markup m;
  m.text(text);
  return std::move(m).take();
}

std::string head(std::string_view title, LanguageCode language, const std::string& css,
                 const PagePowers& powers) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + escaped(language.view()) + "\">\n<head>\n";
  out += "<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         content_security_policy(css, powers) + "\"/>\n";
  out +=
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
      "<meta name=\"referrer\" content=\"no-referrer\"/>\n";
  out += "<title>" + escaped(title) + "</title>\n<style>" + css + "</style>\n";
  if (powers.forms || !powers.script.empty()) {
    out += "<link rel=\"icon\" href=\"data:,\"/>\n";  // else the browser asks for one
  }
  if (!powers.script.empty()) {
    out += "<script type=\"module\" src=\"" + escaped(powers.script) + "\"></script>\n";
  }
  out += "</head>\n";
  return out;
}

std::string masthead(const Phrases& say) {
  Markup m;
  m.leaf("a", {{"class", "skip"}, {"href", "#main"}}, say("site.skip")).line();
  m.open("header", {{"class", "mast"}}).leaf("h1", "Avstand");
  m.leaf("p", say("site.tagline")).close().line();
  return std::move(m).take();
}

std::string page_title(const std::string& article) { return article + " – Avstand"; }

std::string until_main(std::string_view title, const Phrases& say, const std::string& css,
                       const PagePowers& powers, std::string_view navigation) {
  std::string out = head(title, say.language(), css, powers);
  out += "<body>\n" + masthead(say);
  out += navigation;
  return out + "<main id=\"main\">\n";
}

std::string index(const std::vector<HtmlArticle>& articles, const Phrases& say) {
  Markup m;
  m.open("nav", {{"class", "index"}, {"aria-labelledby", "index"}});
  m.leaf("h2", {{"id", "index"}}, say("index.heading"));
  m.leaf("p", {{"class", "meta"}}, say.count("count.articles", articles.size())).line();
  std::string out = std::move(m.close()).take();
  // The entries are finished markup of their own; they go in before the closing tag.
  std::string list = "<ol class=\"entries\">\n";
  for (const HtmlArticle& a : articles) list += a.entry;
  list += "</ol>\n";
  out.insert(out.rfind("</nav>"), list);
  return out + "\n";
}

}  // namespace

std::string content_security_policy(std::string_view css, const PagePowers& powers) {
  const std::string digest = sha256(css);
  std::string policy = fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; img-src data:; base-uri 'none'; "
      "form-action '{}'",
      base64_of_hex(std::string_view(digest).substr(digest.find(':') + 1)),
      powers.forms ? "self" : "none");
  if (!powers.script.empty()) policy += "; script-src 'self'";
  return policy;
}

std::string html_page(std::string_view title, std::string_view main, const Phrases& say,
                      const std::string& css, const PagePowers& powers,
                      std::string_view navigation) {
  std::string out = until_main(title, say, css, powers, navigation);
  out += main;
  return out + html_end(say);
}

std::string html_end(const Phrases& say) {
  return "</main>\n<footer class=\"colophon\"><p>" + escaped(say("site.colophon")) +
         "</p></footer>\n</body>\n</html>\n";
}

std::string html_begin(const Article& article, const Phrases& say, const PagePowers& powers,
                       const Around& around) {
  return until_main(page_title(title_of(article, say)), say,
                    around.css.empty() ? say.strings().css() : around.css, powers,
                    around.navigation) +
         around.above;
}

HtmlArticle html_article(const ledger::Ledger& ledger, const ReportStrings& strings,
                         LanguageCode ui) {
  const LedgerView view(ledger, strings, ui);
  const std::string prefix = id_prefix(ledger);
  const ArticleMarks marks(view, prefix);
  const ArticlePage page{view, marks, prefix};
  return {view.say().language(), view.title(), section(page), entry(page)};
}

std::string html_document(const std::vector<HtmlArticle>& articles, const ReportStrings& strings,
                          const PagePowers& powers, const Around& around) {
  const Phrases say(strings, articles.empty() ? LanguageCode() : articles.front().language);
  std::string title = "Avstand";
  if (articles.size() == 1) title = page_title(articles.front().title);
  if (articles.size() > 1) title = page_title(say.count("count.articles", articles.size()));
  std::string main = around.above;
  if (articles.size() > 1) main += index(articles, say);
  for (const HtmlArticle& a : articles) main += a.section;
  return html_page(title, main, say, around.css.empty() ? strings.css() : around.css, powers,
                   around.navigation);
}

std::string html_report(const std::vector<ledger::Ledger>& ledgers, const ReportStrings& strings) {
  std::vector<HtmlArticle> articles;
  articles.reserve(ledgers.size());
  for (const ledger::Ledger& ledger : ledgers) articles.push_back(html_article(ledger, strings));
  return html_document(articles, strings);
}

}  // namespace avstand::report
