// Who is who among the sources of a story.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/string_map.h"
#include "story/stories.h"

namespace avstand::story {

/// Names of one story that mean the same party: a person and the body that he or she speaks for, a
/// surname and the whole name, one body in two languages, a body and how it is described
/// ("universitetet"). A description means what it means in its article.
class Names {
 public:
  explicit Names(const std::vector<const StoryArticle*>& articles);
  /// The name by which the story calls the party; `article`: position of the one that names it.
  std::string canonical(const Source& source, uint32_t article) const;
  /// The same, but a person stays the person.
  std::string shown(const Source& source, uint32_t article) const;

 private:
  struct Entry {
    std::string shown;
    std::vector<Term> terms, classes;
    std::vector<Term> names, nouns;  ///< of `terms`
    std::string kind, alias, country;
    bool person = false;
    bool medium = false;
    bool described = false, national = false;
    std::set<uint32_t> articles;
  };

  std::string key(const Source& source, uint32_t article) const;
  std::string find(const std::string& key) const;
  void join(const std::string& a, const std::string& b);
  void add(const Source& source, uint32_t article);
  void join_people();
  void join_bodies();
  void join_state_media();
  void join_described();
  bool join_to_named(const std::string& key, const Entry& described);
  void choose_bodies();
  void choose_shown();

  StringMap<std::string> plain_;  // name -> plain_name() of it
  std::map<std::string, Entry> entries_;
  std::map<std::string, std::string> parent_;  // key -> key of the party
  std::map<std::string, std::map<std::string, std::set<uint32_t>>>
      votes_;                                  // person -> body -> articles
  std::map<std::string, std::string> bodies_;  // person -> body
  std::map<std::string, std::string> shown_;   // party -> its best name
};

}  // namespace avstand::story
