// Who passes whose words to whom, over all articles of a run: GEXF 1.3 (Gephi) and GraphML.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace avstand::exports {

/// Nodes are origins, relays and outlets; an edge goes from each hand to the next, weighted by the
/// statements that took it. One name and type is one node in all articles; who is not named is a
/// node of each article's own. Not thread-safe; order of add() is order of nodes and edges.
class ChainGraph {
 public:
  void add(const ledger::Ledger& ledger);
  std::string to_gexf() const;
  std::string to_graphml() const;

 private:
  struct Node {
    std::string label, type, kind, country, control, qid;
    uint32_t statements = 0;  ///< of which it is the origin
  };
  struct Edge {
    uint32_t from = 0, to = 0, weight = 0;
    std::string link;        ///< "origin" where the first hand hands on, else "relay"
    std::string statements;  ///< "ID#s1 ID#s4"
  };

  uint32_t node(const std::string& key, Node node);
  uint32_t node_of(const ledger::Ledger& ledger, const ledger::Hop& hop);
  uint32_t outlet_of(const ledger::Ledger& ledger);
  void add_edge(uint32_t from, uint32_t to, const std::string& link, const std::string& statement);

  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::map<std::string, uint32_t> by_key_;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> by_ends_;
};

}  // namespace avstand::exports
