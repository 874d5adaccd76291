// The pages around the reports: where an article is put in, and what is told when it cannot be
// read. Everything can be read without scripts. The Content Security Policy allows one style sheet,
// by its hash, and what each page needs: the form, or the one script.
#pragma once

#include <string>
#include <vector>

#include "report/html.h"
#include "report/strings.h"
#include "serve/http.h"
#include "serve/scripts.h"

namespace avstand::serve {

/// The language of the interface: ?ui=nb, or the first of Accept-Language that we have.
LanguageCode interface_language(const Request& request, const report::ReportStrings& strings);

/// Where this page is asked for, but for the language: "/search?q=bro". Empty where a link cannot
/// ask for it again.
std::string address_but_language(const Request& request);

/// What the pages about articles that are put in have in common.
struct FormPage {
  const report::Phrases& say;
  const std::string& css;
  const Scripts& scripts;
  std::string navigation;  ///< finished markup; empty: there are no other pages
  bool may_fetch = false;  ///< an address will do too
};
/// The page with the form; `problems` stand on top of it.
Response form_page(const FormPage& page, const std::vector<std::string>& problems = {},
                   unsigned status = 200);

/// A finished HTML document, whose only style is `css`.
Response html_response(std::string document, const std::string& css,
                       const report::PagePowers& powers = {}, unsigned status = 200);

/// The report of one article in the language of `say`, alive where scripts run: <avstand-article>
/// around it and its ledger, to which `corrections` (a JSON list, may be empty) are added.
report::HtmlArticle live_article(const ledger::Ledger& ledger, const report::Phrases& say,
                                 std::string_view corrections = {});
/// The page of one article that is still to be read: what stands before it. What stands there in
/// the end is the same as articles_page() gives, but a browser can begin while the article is read.
Response article_page_begin(const FormPage& page, const Article& article);
std::string article_page_rest(const report::HtmlArticle& article, const report::Phrases& say);
/// Likewise, where it could not be read after all.
std::string article_page_rest(const std::string& problem, const report::Phrases& say);

/// The page of articles that were put in; what could not be read stands on top.
Response articles_page(const FormPage& page, const std::vector<report::HtmlArticle>& articles,
                       const std::vector<std::string>& problems);
}  // namespace avstand::serve
