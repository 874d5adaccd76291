// Who is who among the sources of a story.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "story/stories.h"

namespace avstand::story {

/// Names of one story that mean the same party: a person and the body that he or she speaks for, a
/// surname and the whole name, one body in two languages.
class Names {
 public:
  explicit Names(const std::vector<const StoryArticle*>& articles);
  /// The name by which the story calls the party.
  std::string canonical(const Source& source) const;

 private:
  std::string find(const std::string& plain) const;
  void join(const std::string& a, const std::string& b);
  void add(const Source& source, uint32_t article);
  void join_alike();
  void choose_bodies();

  struct Entry {
    std::string shown;
    std::vector<Term> terms;
    bool person = false;
    bool medium = false;
  };
  std::map<std::string, Entry> entries_;       // by plain name
  std::map<std::string, std::string> parent_;  // plain name -> plain name of the party
  std::map<std::string, std::map<std::string, std::set<uint32_t>>>
      votes_;                                  // person -> body -> articles
  std::map<std::string, std::string> bodies_;  // person -> body
};

}  // namespace avstand::story
