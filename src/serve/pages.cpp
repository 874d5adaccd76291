#include "serve/pages.h"

#include <algorithm>

#include "report/links.h"
#include "report/markup.h"

namespace avstand::serve {
namespace {

using report::Markup;
using report::Phrases;

void write_problems(Markup& m, const Phrases& say, const std::vector<std::string>& problems) {
  if (problems.empty()) return;
  m.open("section", {{"class", "problems"}, {"aria-labelledby", "problems"}});
  m.leaf("h2", {{"id", "problems"}}, say("serve.problem.heading")).open("ul");
  for (const std::string& problem : problems) m.open("li").isolated(problem).close();
  m.close().close().line();
}

/// A label, what is expected in small letters, and an input.
void write_input(Markup& m, const Phrases& say, std::string_view name, std::string_view type) {
  const std::string key = "serve.field." + std::string(name);
  m.open("p", {{"class", "field"}}).leaf("label", {{"for", name}}, say(key));
  m.empty("input", {{"id", name}, {"name", name}, {"type", type}}).close().line();
}

void write_languages(Markup& m, const Phrases& say) {
  m.open("p", {{"class", "field"}});
  m.leaf("label", {{"for", "language"}}, say("serve.field.language"));
  m.open("select", {{"id", "language"}, {"name", "language"}});
  m.leaf("option", {{"value", "auto"}, {"selected", "selected"}}, say("serve.language.identify"));
  for (const LanguageCode code : say.strings().languages()) {
    m.leaf("option", {{"value", code.view()}}, say.language_name(code));
  }
  m.close().close().line();
}

void write_form(Markup& m, const Phrases& say) {
  const std::string action = "/read?ui=" + std::string(say.language().view());
  m.open("form", {{"method", "post"},
                  {"action", action},
                  {"enctype", "multipart/form-data"},
                  {"accept-charset", "utf-8"},
                  {"class", "ask"}});
  m.open("p", {{"class", "field"}}).open("label", {{"for", "text"}});
  m.text(say("serve.field.text")).text(" ");
  m.leaf("small", say("serve.field.text.form")).close();
  m.leaf("textarea", {{"id", "text"}, {"name", "text"}, {"rows", "14"}}, "").close().line();
  m.open("p", {{"class", "field"}}).leaf("label", {{"for", "file"}}, say("serve.field.file"));
  m.empty("input", {{"id", "file"}, {"name", "file"}, {"type", "file"}, {"multiple", "multiple"}});
  m.close().line();
  m.leaf("p", {{"class", "meta drop"}, {"hidden", "hidden"}}, say("serve.drop")).line();
  m.open("fieldset").leaf("legend", say("serve.known"));
  write_input(m, say, "outlet", "text");
  write_input(m, say, "published", "date");
  write_input(m, say, "url", "url");
  write_languages(m, say);
  m.close().line();
  m.open("p").leaf("button", {{"type", "submit"}}, say("serve.button")).close();
  m.leaf("p", {{"class", "meta"}}, say("serve.privacy"));
  m.close().line();
}

/// One field for an address, in a form of its own: what it sends is fetched.
void write_fetch_form(Markup& m, const Phrases& say) {
  const std::string action = "/fetch?ui=" + std::string(say.language().view());
  m.open("form", {{"method", "post"}, {"action", action}, {"class", "ask"}});
  m.leaf("h3", say("serve.fetch.heading"));
  m.open("p", {{"class", "field"}}).leaf("label", {{"for", "address"}}, say("serve.fetch.field"));
  m.empty("input", {{"id", "address"},
                    {"name", "address"},
                    {"type", "url"},
                    {"required", "required"},
                    {"maxlength", "2000"}});
  m.close().line();
  m.open("p").leaf("button", {{"type", "submit"}}, say("serve.fetch.button")).close();
  m.leaf("p", {{"class", "meta"}}, say("serve.fetch.note")).close().line();
}

/// The primary tag of one entry of Accept-Language: "nn" of "nn-NO;q=0.8".
LanguageCode primary_tag(std::string_view entry) {
  const size_t begin = entry.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  entry.remove_prefix(begin);
  const std::string_view tag = entry.substr(0, entry.find_first_of("-; \t"));
  return LanguageCode(tag == "no" ? "nb" : tag);
}

}  // namespace

LanguageCode interface_language(const Request& request, const report::ReportStrings& strings) {
  if (const std::string* wish = find(request.query, "ui")) return strings.pick(LanguageCode(*wish));
  std::string_view rest = request.header("accept-language");
  while (!rest.empty()) {
    const size_t comma = std::min(rest.find(','), rest.size());
    const LanguageCode code = primary_tag(rest.substr(0, comma));
    if (strings.pick(code) == code) return code;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return strings.pick({});
}

std::string address_but_language(const Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return {};
  if (request.path.starts_with("//")) return {};  // that would be another server
  std::string out;
  for (const char c : request.path)
    out += c == '/' ? std::string(1, c) : report::percent_encode({&c, 1});
  char before = '?';
  for (const auto& [name, value] : request.query) {
    if (name == "ui" || value.empty()) continue;
    out += before + report::percent_encode(name) + "=" + report::percent_encode(value);
    before = '&';
  }
  return out;
}

Response html_response(std::string document, const std::string& css,
                       const report::PagePowers& powers, unsigned status) {
  return {.status = status,
          .type = "text/html; charset=utf-8",
          .body = std::move(document),
          .headers = {{"Content-Security-Policy",
                       report::content_security_policy(css, powers) + "; frame-ancestors 'none'"}}};
}

report::HtmlArticle live_article(const ledger::Ledger& ledger, const Phrases& say,
                                 std::string_view corrections) {
  report::HtmlArticle article = report::html_article(ledger, say.strings(), say.language());
  std::string whole = ledger::to_json(ledger);
  if (!corrections.empty()) {
    whole.pop_back();  // the closing brace
    whole += ",\"corrections\":" + std::string(corrections) + "}";
  }
  // In JSON "<" stands only in strings, where it can be written so that no tag can begin.
  std::string json;
  json.reserve(whole.size() + whole.size() / 64);
  for (size_t begin = 0; begin < whole.size();) {
    const size_t end = std::min(whole.find('<', begin), whole.size());
    json.append(whole, begin, end - begin);
    if (end < whole.size()) json += "\\u003c";
    begin = end + 1;
  }
  // What is read stands before what is run: a browser paints the one while the other comes.
  article.section = "<avstand-article ui=\"" + std::string(say.language().view()) + "\">\n" +
                    article.section + "<script type=\"application/json\">" + json +
                    "</script>\n</avstand-article>\n";
  return article;
}

Response article_page_begin(const FormPage& page, const Article& article) {
  const report::PagePowers powers{.script = page.scripts.element.address()};
  const report::Around around{.navigation = page.navigation, .css = page.css};
  return html_response(report::html_begin(article, page.say, powers, around), page.css, powers);
}

std::string article_page_rest(const report::HtmlArticle& article, const Phrases& say) {
  return article.section + report::html_end(say);
}

std::string article_page_rest(const std::string& problem, const Phrases& say) {
  Markup m;
  write_problems(m, say, {problem});
  return std::move(m).take() + report::html_end(say);
}

Response articles_page(const FormPage& page, const std::vector<report::HtmlArticle>& articles,
                       const std::vector<std::string>& problems) {
  Markup m;
  write_problems(m, page.say, problems);
  const report::PagePowers powers{.script = page.scripts.element.address()};
  const report::Around around{page.navigation, std::move(m).take(), page.css};
  return html_response(report::html_document(articles, page.say.strings(), powers, around),
                       page.css, powers);
}

Response form_page(const FormPage& page, const std::vector<std::string>& problems,
                   unsigned status) {
  const Phrases& say = page.say;
  Markup m;
  write_problems(m, say, problems);
  m.open("article", {{"class", "article"}, {"aria-labelledby", "ask"}});
  m.leaf("h2", {{"id", "ask"}}, say("serve.heading"));
  m.leaf("p", say("serve.intro")).line();
  write_form(m, say);
  if (page.may_fetch) write_fetch_form(m, say);
  m.close().line();
  const report::PagePowers powers{.forms = true, .script = page.scripts.drop.address()};
  return html_response(
      report::html_page("Avstand", std::move(m).take(), say, page.css, powers, page.navigation),
      page.css, powers, status);
}

}  // namespace avstand::serve
