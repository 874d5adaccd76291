// Addresses of the server's pages.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace avstand::report {

/// RFC 3986: everything but letters, digits and -._~ as %XX.
std::string percent_encode(std::string_view text);

class Links {
 public:
  using Query = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// `ui`: the interface language that was asked for, which every link keeps; empty: none was.
  explicit Links(std::string ui = {}) : ui_(std::move(ui)) {}

  /// For a page in a file: what stands in that page ("/article" of one of its articles) is linked
  /// to there, and nothing else is.
  static Links within_a_file();

  /// "/search?q=bro&ui=nb"; what is empty is left out. Empty: there is nothing to link to.
  std::string to(std::string_view path, Query query = {}) const;
  const std::string& ui() const { return ui_; }
  bool served() const { return served_; }

 private:
  std::string ui_;
  bool served_ = true;
};

}  // namespace avstand::report
