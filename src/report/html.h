// Ledgers as one HTML file: self-contained (no request leaves it), without scripts, readable from
// 320 px to paper, light and dark. A strict Content Security Policy names the hash of the one style
// sheet; everything else is refused by the browser even if an escape were missing.
//
//   std::vector<HtmlArticle> articles;
//   for (const Ledger& l : ledgers) articles.push_back(html_article(l, strings));   // any thread
//   std::string page = html_document(articles, strings);
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "report/strings.h"

namespace avstand::report {

/// One article of a report. Ids in it are unique over all articles with different document ids.
struct HtmlArticle {
  LanguageCode language;  ///< of its interface words
  std::string title;      ///< plain text
  std::string section;    ///< <article>…</article>
  std::string entry;      ///< its <li> in the list of articles
};

/// Renders one article, with the words of the interface in `ui`, else in its own language. Pure:
/// may run on any thread.
HtmlArticle html_article(const ledger::Ledger& ledger, const ReportStrings& strings,
                         LanguageCode ui = {});

/// What a page may do besides being read. A report in a file: nothing.
struct PagePowers {
  bool forms = false;       ///< send a form to the server that it came from
  std::string script = {};  ///< run this module of that server ("/static/x.js")
};

/// What a page of articles has around them: finished markup, each may be empty.
struct Around {
  std::string navigation = {}, above = {};
  std::string css = {};  ///< instead of the strings' own
};

/// The page: with more than one article, a list of them on top, in the language of the first.
std::string html_document(const std::vector<HtmlArticle>& articles, const ReportStrings& strings,
                          const PagePowers& powers = {}, const Around& around = {});

/// Both in one.
std::string html_report(const std::vector<ledger::Ledger>& ledgers, const ReportStrings& strings);

/// The Content Security Policy of a page with this style sheet.
std::string content_security_policy(std::string_view css, const PagePowers& powers = {});

/// The same for one article that is not read yet: what stands before it. Its section comes after,
/// and then html_end(). `say` has the words of the interface.
std::string html_begin(const Article& article, const Phrases& say, const PagePowers& powers,
                       const Around& around);
std::string html_end(const Phrases& say);

/// A whole document around `main` (finished markup), with masthead and colophon; `navigation`
/// (likewise finished, may be empty) stands under the masthead.
std::string html_page(std::string_view title, std::string_view main, const Phrases& say,
                      const std::string& css, const PagePowers& powers = {},
                      std::string_view navigation = {});

}  // namespace avstand::report
