#include "export/graph.h"

#include <fmt/format.h>

#include "export/parts.h"
#include "ledger/characters.h"

namespace avstand::exports {
namespace {

using ledger::Hop;
using ledger::Ledger;

/// Text of an XML 1.0 document: mark-up escaped, and what XML cannot hold (controls, broken bytes,
/// U+FFFE and U+FFFF) as U+FFFD.
std::string xml(std::string_view text) {
  std::string out;
  for (size_t pos = 0; pos < text.size();) {
    const ledger::DecodedCharacter c = ledger::decode_character(text, pos);
    const bool kept = c.valid && (c.value >= 0x20 || c.value == '\t' || c.value == '\n') &&
                      c.value != 0xFFFE && c.value != 0xFFFF;
    if (!kept)
      out += "\uFFFD";
    else if (c.value == '&')
      out += "&amp;";
    else if (c.value == '<')
      out += "&lt;";
    else if (c.value == '>')
      out += "&gt;";
    else if (c.value == '"')
      out += "&quot;";
    else if (c.value == '\t' || c.value == '\n')
      out += fmt::format("&#{};", static_cast<uint32_t>(c.value));
    else
      out += text.substr(pos, c.size);
    pos += c.size;
  }
  return out;
}

constexpr std::string_view kNodeColumns[] = {"type", "kind", "country", "control", "qid"};

}  // namespace

uint32_t ChainGraph::node(const std::string& key, Node node) {
  const auto [at, is_new] = by_key_.emplace(key, static_cast<uint32_t>(nodes_.size()));
  if (is_new) nodes_.push_back(std::move(node));
  return at->second;
}

uint32_t ChainGraph::node_of(const Ledger& ledger, const Hop& hop) {
  if (hop.entity) {
    const ledger::Entity& e = ledger.entities[*hop.entity];
    Node one{e.name,
             e.type,
             e.profile.kind,
             e.profile.country.value_or(""),
             e.profile.control,
             e.qid.value_or("")};
    return node(fmt::format("entity\t{}\t{}", e.type, e.name), std::move(one));
  }
  const std::string key = fmt::format("unnamed\t{}\t{}", ledger.document.id, hop.name);
  return node(key, {.label = hop.name, .type = "unknown", .kind = "unknown"});
}

uint32_t ChainGraph::outlet_of(const Ledger& ledger) {
  if (ledger.outlet_entity) return node_of(ledger, {.entity = ledger.outlet_entity});
  const std::string name = ledger.document.outlet.value_or(ledger.document.id);
  const std::string key =
      ledger.document.outlet ? "entity\torganisation\t" + name : "article\t" + name;
  return node(key, {.label = name, .type = ledger.document.outlet ? "organisation" : "article"});
}

void ChainGraph::add_edge(uint32_t from, uint32_t to, const std::string& link,
                          const std::string& statement) {
  const auto [at, is_new] = by_ends_.emplace(std::pair(from, to), uint32_t(edges_.size()));
  if (is_new)
    edges_.push_back({.from = from, .to = to, .weight = 0, .link = link, .statements = {}});
  Edge& edge = edges_[at->second];
  ++edge.weight;
  if (edge.link != link) edge.link = "origin and relay";
  edge.statements += (edge.statements.empty() ? "" : " ") + statement;
}

void ChainGraph::add(const Ledger& ledger) {
  const uint32_t outlet = outlet_of(ledger);
  for (size_t i = 0; i < ledger.statements.size(); ++i) {
    const std::vector<Hop>& chain = ledger.statements[i].chain;
    const std::string id = ledger.document.id + "#" + local_id('s', i);
    if (!chain.empty()) ++nodes_[node_of(ledger, chain.front())].statements;
    for (size_t h = 0; h < chain.size(); ++h) {
      const uint32_t from = node_of(ledger, chain[h]);
      const uint32_t to = h + 1 < chain.size() ? node_of(ledger, chain[h + 1]) : outlet;
      add_edge(from, to, h == 0 ? "origin" : "relay", id);
    }
  }
}

std::string ChainGraph::to_gexf() const {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
      "<graph defaultedgetype=\"directed\" mode=\"static\">\n<attributes class=\"node\">\n";
  for (const std::string_view column : kNodeColumns)
    out += fmt::format("<attribute id=\"{0}\" title=\"{0}\" type=\"string\"/>\n", column);
  out +=
      "<attribute id=\"statements\" title=\"statements\" type=\"integer\"/>\n</attributes>\n"
      "<attributes class=\"edge\">\n"
      "<attribute id=\"link\" title=\"link\" type=\"string\"/>\n"
      "<attribute id=\"statements\" title=\"statements\" "
      "type=\"string\"/>\n</attributes>\n<nodes>\n";
  for (size_t n = 0; n < nodes_.size(); ++n) {
    const Node& node = nodes_[n];
    out += fmt::format("<node id=\"n{}\" label=\"{}\"><attvalues>", n, xml(node.label));
    const std::string* values[] = {&node.type, &node.kind, &node.country, &node.control, &node.qid};
    for (size_t c = 0; c < std::size(kNodeColumns); ++c)
      if (!values[c]->empty())
        out += fmt::format("<attvalue for=\"{}\" value=\"{}\"/>", kNodeColumns[c], xml(*values[c]));
    out += fmt::format("<attvalue for=\"statements\" value=\"{}\"/></attvalues></node>\n",
                       node.statements);
  }
  out += "</nodes>\n<edges>\n";
  for (size_t e = 0; e < edges_.size(); ++e) {
    const Edge& edge = edges_[e];
    out += fmt::format(
        "<edge id=\"e{}\" source=\"n{}\" target=\"n{}\" weight=\"{}\"><attvalues>"
        "<attvalue for=\"link\" value=\"{}\"/><attvalue for=\"statements\" value=\"{}\"/>"
        "</attvalues></edge>\n",
        e, edge.from, edge.to, edge.weight, edge.link, xml(edge.statements));
  }
  return out + "</edges>\n</graph>\n</gexf>\n";
}

std::string ChainGraph::to_graphml() const {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
      "<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n";
  for (const std::string_view column : kNodeColumns)
    out += fmt::format("<key id=\"{0}\" for=\"node\" attr.name=\"{0}\" attr.type=\"string\"/>\n",
                       column);
  out +=
      "<key id=\"count\" for=\"node\" attr.name=\"statements\" attr.type=\"int\"/>\n"
      "<key id=\"link\" for=\"edge\" attr.name=\"link\" attr.type=\"string\"/>\n"
      "<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"int\"/>\n"
      "<key id=\"ids\" for=\"edge\" attr.name=\"statements\" attr.type=\"string\"/>\n"
      "<graph id=\"chains\" edgedefault=\"directed\">\n";
  for (size_t n = 0; n < nodes_.size(); ++n) {
    const Node& node = nodes_[n];
    out += fmt::format("<node id=\"n{}\"><data key=\"label\">{}</data>", n, xml(node.label));
    const std::string* values[] = {&node.type, &node.kind, &node.country, &node.control, &node.qid};
    for (size_t c = 0; c < std::size(kNodeColumns); ++c)
      if (!values[c]->empty())
        out += fmt::format("<data key=\"{}\">{}</data>", kNodeColumns[c], xml(*values[c]));
    out += fmt::format("<data key=\"count\">{}</data></node>\n", node.statements);
  }
  for (size_t e = 0; e < edges_.size(); ++e) {
    const Edge& edge = edges_[e];
    out += fmt::format(
        "<edge id=\"e{}\" source=\"n{}\" target=\"n{}\"><data key=\"link\">{}</data>"
        "<data key=\"weight\">{}</data><data key=\"ids\">{}</data></edge>\n",
        e, edge.from, edge.to, edge.link, edge.weight, xml(edge.statements));
  }
  return out + "</graph>\n</graphml>\n";
}

}  // namespace avstand::exports
