// The shape of each format, without the format's own tool (tools/check_exports.py has those).
#include "export/formats.h"

#include <gtest/gtest.h>

#include <set>

#include "export/graph.h"
#include "sample_text.h"

namespace avstand::exports {
namespace {

using ledger::Ledger;

const Json* node(const Json& graph, const std::string& id) {
  for (const Json& one : graph["@graph"])
    if (one["@id"] == id) return &one;
  return nullptr;
}

TEST(Prov, AChainLeadsToItsOrigin) {
  const Ledger l = sample_ledger();
  const Json prov = Json::parse(to_prov(l));
  const std::string base = "urn:avstand:" + l.digest.substr(7);
  const Json* s4 = node(prov, base + "/s4");  // Nordpressen, which cites VNA: indirect
  ASSERT_NE(s4, nullptr);
  EXPECT_EQ((*s4)["prov:wasDerivedFrom"]["@id"], base + "/s4/1");
  EXPECT_EQ((*s4)["prov:hadPrimarySource"]["@id"], base + "/s4/0");
  EXPECT_EQ((*s4)["prov:wasAttributedTo"]["@id"], base + "/e8");
  const Json* relay = node(prov, base + "/s4/1");
  EXPECT_EQ((*relay)["prov:wasAttributedTo"]["@id"], base + "/e5");
  EXPECT_EQ((*relay)["prov:wasDerivedFrom"]["@id"], base + "/s4/0");
  EXPECT_EQ((*node(prov, base + "/s4/0"))["prov:wasAttributedTo"]["@id"], base + "/e4");
  EXPECT_EQ((*node(prov, base + "/e4"))["rdfs:label"], "VNA");
  EXPECT_EQ((*node(prov, base + "/s6"))["prov:wasQuotedFrom"]["@id"], base + "/s6/0");  // direct
}

TEST(Prov, WhoIsNotNamedIsNobodyElse) {
  const Json prov = Json::parse(to_prov(sample_ledger()));
  std::set<std::string> ids;
  size_t unnamed = 0;
  for (const Json& one : prov["@graph"]) {
    if (!one.contains("@type")) continue;
    EXPECT_TRUE(ids.insert(one["@id"].get<std::string>()).second) << one["@id"];
    unnamed += one.value("rdfs:label", "") == "unnamed";
  }
  EXPECT_EQ(unnamed, 2u);
}

TEST(Prov, ADayIsNoInstant) {
  Ledger l = sample_ledger();
  EXPECT_NE(to_prov(l).find(R"({"@type":"xsd:date","@value":"2026-03-02"})"), std::string::npos);
  l.document.published = "2026-03-02T08:00:00+01:00";
  EXPECT_NE(to_prov(l).find(R"("@type":"xsd:dateTime")"), std::string::npos);
}

TEST(WebAnnotation, PositionsAreCodePointsAndAgreeWithTheQuotes) {
  const Ledger l = sample_ledger();
  const Json all = Json::parse(to_web_annotation(l));
  const Json& items = all["first"]["items"];
  EXPECT_EQ(all["total"], items.size());
  size_t targets = 0, outside_bmp = 0;
  for (const Json& item : items) {
    if (!item["target"].is_array()) continue;
    for (const Json& target : item["target"]) {
      const Json &position = target["selector"][0], &quote = target["selector"][1];
      const size_t begin = position["start"], end = position["end"];
      const std::string exact = quote["exact"];
      EXPECT_EQ(slice(l.document.text, begin, end), exact);
      EXPECT_EQ(quote["prefix"], slice(l.document.text, begin > 32 ? begin - 32 : 0, begin));
      EXPECT_EQ(quote["suffix"], slice(l.document.text, end, end + 32));
      ++targets;
      outside_bmp += exact.find("🚢") != std::string::npos;
    }
  }
  EXPECT_GT(targets, 40u);
  EXPECT_GT(outside_bmp, 0u);
}

TEST(WebAnnotation, AFindingWithoutWordsIsOfTheArticle) {
  Ledger l = sample_ledger();
  l.findings.push_back({"single_origin", "one", {}, "finding.single_origin", {}});
  const Json all = Json::parse(to_web_annotation(l));
  EXPECT_EQ(all["first"]["items"].back()["target"], *l.document.url);
}

TEST(ClaimReview, NeverRates) {
  const std::string out = to_claim_review(sample_ledger());
  EXPECT_EQ(out.find("ating"), std::string::npos);
  const Json all = Json::parse(out);
  size_t claims = 0, reviews = 0;
  for (const Json& one : all["@graph"]) {
    claims += one["@type"] == "Claim";
    if (one["@type"] != "ClaimReview") continue;
    ++reviews;
    for (const char* theirs : {"author", "reviewRating", "datePublished", "url"})
      EXPECT_FALSE(one.contains(theirs)) << theirs;
  }
  EXPECT_EQ(claims, 7u);  // neither the outlet's own three nor the scare quote
  EXPECT_EQ(reviews, claims);
}

TEST(ClaimReview, RelaysAreAppearances) {
  const Json all = Json::parse(to_claim_review(sample_ledger()));
  for (const Json& one : all["@graph"]) {
    if (one["@type"] != "Claim" || one["author"]["name"] != "Pavel Ko\u0301sa") continue;
    ASSERT_EQ(one["appearance"].size(), 3u);
    EXPECT_EQ(one["appearance"][0]["author"]["name"], "VNA");
    EXPECT_EQ(one["appearance"][1]["author"]["name"], "Nordpressen");
    return;
  }
  FAIL() << "no such claim";
}

TEST(Ninjs, StatementsAreAssociations) {
  const Ledger l = sample_ledger();
  const Json item = Json::parse(to_ninjs(l));
  EXPECT_FALSE(item.contains("versionCreated"));  // a day alone is none
  ASSERT_EQ(item["associations"].size(), l.statements.size());
  const Json& s5 = item["associations"][4];
  EXPECT_EQ(s5["infoSources"].size(), 3u);
  EXPECT_EQ(s5["infoSources"][0]["role"], "urn:avstand:ledger/1#origin");
  EXPECT_EQ(s5["infoSources"][2]["name"], "Nordpressen");
  for (const Json& label : s5["subjects"])
    if (label["rel"] == "urn:avstand:ledger/1#evidence") {
      EXPECT_EQ(label["literal"], "hearsay");
      EXPECT_EQ(label["confidence"], 81);
    }
}

TEST(Displacy, EntitiesDoNotOverlapAndSpansCoverTokens) {
  const Ledger l = sample_ledger();
  const Json doc = Json::parse(to_displacy(l));
  size_t end = 0;
  for (const Json& ent : doc["ents"]) {
    EXPECT_GE(ent["start"].get<size_t>(), end);
    end = ent["end"];
    EXPECT_GT(end, ent["start"].get<size_t>());
  }
  bool seen = false;
  for (const Json& span : doc["spans"]) {
    if (span["label"] != "content s11") continue;
    std::string words;
    for (size_t t = span["start_token"]; t < span["end_token"]; ++t) words += doc["tokens"][t];
    EXPECT_EQ(words, "«Detteerennystart🚢»");
    seen = true;
  }
  EXPECT_TRUE(seen);
}

TEST(Csv, CellsThatWouldBeFormulasAreNot) {
  Ledger l = sample_ledger();
  l.document.id = "=cmd|' /C calc'!A0";
  l.document.outlet = "\u00A0+1";
  l.document.url = "@SUM(A1)";
  l.document.published = "\t=1";
  l.entities[ledger::sample::kVna].name = "\uFF1D1,\"x\"\r\n-2";
  const std::string row = to_csv(l);
  EXPECT_EQ(row.find("\"=") == std::string::npos ? 0u : 1u, 0u);
  for (const char* cell : {"\"'=cmd|' /C calc'!A0\"", "\"'\u00A0+1\"", "\"'@SUM(A1)\"", "\"'\t=1\"",
                           "\"'\uFF1D1,\"\"x\"\"\r\n-2\""})
    EXPECT_NE(row.find(cell), std::string::npos) << cell;
}

TEST(Csv, EachRowHasTheColumnsOfTheHead) {
  const auto commas = [](std::string_view row) {  // outside quotes
    size_t count = 0;
    bool quoted = false;
    for (const char c : row) {
      quoted ^= c == '"';
      count += c == ',' && !quoted;
    }
    return count;
  };
  const std::string head = csv_header();
  EXPECT_TRUE(head.ends_with("\r\n"));
  Ledger l = sample_ledger();
  l.statements.resize(1);
  l.document.id = std::string("broken \xFF\0 \"id\"", 15);
  EXPECT_EQ(commas(to_csv(l)), commas(head));
  EXPECT_NE(to_csv(l).find("\"broken \uFFFD \"\"id\"\"\""), std::string::npos);
}

TEST(Graph, SameNameIsOneNodeAndTheUnnamedAreNot) {
  Ledger one = sample_ledger(), two = sample_ledger();
  two.document.id = "two";
  ChainGraph graph;
  graph.add(one);
  const std::string alone = graph.to_graphml();
  graph.add(two);
  const std::string both = graph.to_graphml();
  const auto count = [](const std::string& text, std::string_view what) {
    size_t n = 0;
    for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
    return n;
  };
  EXPECT_EQ(count(both, ">VNA<"), 1u);
  EXPECT_EQ(count(both, ">unnamed<"), 2u * count(alone, ">unnamed<"));
  EXPECT_NE(both.find(">examples/havneavtale.nb.txt#s3 two#s3<"), std::string::npos) << both;
}

TEST(Graph, WhatXmlCannotHoldIsReplaced) {
  Ledger l = sample_ledger();
  l.entities[ledger::sample::kVna].name = "<V&\"N'\x01\xFF\uFFFE";
  ChainGraph graph;
  graph.add(l);
  for (const std::string& out : {graph.to_gexf(), graph.to_graphml()})
    EXPECT_NE(out.find("&lt;V&amp;&quot;N'\uFFFD\uFFFD\uFFFD"), std::string::npos) << out;
}

TEST(Formats, AnEmptyLedgerIsFine) {
  Ledger l;
  l.digest = "sha256:0";
  for (const auto render : {to_prov, to_web_annotation, to_claim_review, to_ninjs, to_displacy})
    EXPECT_TRUE(Json::accept(render(l)));
  EXPECT_EQ(to_csv(l), "");
}

}  // namespace
}  // namespace avstand::exports
