// Parts of making gold, for gold.cpp alone: how one object of the ledger changes, where new ones
// are placed, how ids are given anew.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "export/annotations.h"

namespace avstand::exports {

/// Until the end objects are told apart by keys: an id of the ledger that was, or "new …".
struct EntityName {
  std::string key, name;
  std::vector<CharSpan> mentions;
};

struct Context {
  const Json& ledger;
  const std::string& text;
  const std::vector<EntityName>& entities;
};

/// Makes `object` (null: a new one) say what `now` shows. Where `old` shows the same, the object
/// keeps what it says: it may know more than can be shown.
using Change = Status (*)(Json& object, const Json& old, const Json& now, const Context& context);
Status change_statement(Json& object, const Json& old, const Json& now, const Context& context);
Status change_picture(Json& object, const Json& old, const Json& now, const Context& context);
Status change_event(Json& object, const Json& old, const Json& now, const Context& context);
Status change_finding(Json& object, const Json& old, const Json& now, const Context& context);
/// Likewise for an entity; true: something changed.
bool change_entity(Json& object, const Json& old, const Json& now, const std::string& text);

/// [[0,4],[8,12]]
Json spans_json(const std::vector<CharSpan>& spans);

/// The object of a list with that "id"; it must be there.
Json* find_id(Json& list, const std::string& id);

/// Gives pictures and findings ids while they are worked on, and takes them away.
void add_ids(Json& list, char letter);
void drop_ids(Json& list);

/// New objects on their way into a list, and those that leave it.
class Placement {
 public:
  void add(std::string key, Json object);
  void remove(std::string key) { gone_.push_back(std::move(key)); }
  /// Puts each new object before the first that begins after it; the others keep their order.
  /// Writes the id of each key to `names`, empty for what is gone. True: the list is another.
  bool place(Json& list, char letter, std::map<std::string, std::string>& names);

 private:
  std::vector<Json> fresh_;
  std::vector<std::string> gone_;
};

/// Turns keys into ids wherever a ledger refers to entities and statements.
void rename_all(Json& ledger, const std::map<std::string, std::string>& names);

/// The counts of `summary` that can be counted from the statements alone. Independent origins are
/// then the known ones, each once: whether two are parts of one body is for the engine to say.
void count_again(Json& ledger);

}  // namespace avstand::exports
