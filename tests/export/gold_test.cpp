// The way to an annotation tool and back: what nobody touched is the same to the byte, what was
// corrected is gold, what is broken is told with its line.
#include "export/gold.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "export/brat.h"
#include "export/cas.h"
#include "export/gold_parts.h"
#include "sample_text.h"

namespace avstand::exports {
namespace {

struct Tool {
  const char* name;
  std::string (*write)(const AnnotationSet&);
  Result<AnnotationSet> (*read)(const std::string&, const std::string& text);
};

std::string write_cas(const AnnotationSet& set) { return to_cas(set, {}); }
Result<AnnotationSet> read_back_cas(const std::string& bytes, const std::string&) {
  return read_cas(bytes, "x.json");
}
Result<AnnotationSet> read_back_brat(const std::string& bytes, const std::string& text) {
  return read_brat(bytes, text, "x.ann");
}

class RoundTrip : public ::testing::TestWithParam<Tool> {
 protected:
  /// Through the tool and into gold over `base`.
  Json gold(const AnnotationSet& set, const Json& base) {
    const auto back = GetParam().read(GetParam().write(set), set.text);
    if (!back) throw std::runtime_error(back.error().to_string());
    auto made = to_gold(*back, base);
    if (!made) throw std::runtime_error(made.error().to_string());
    return *made;
  }
  Json gold(const AnnotationSet& set) { return gold(set, base_); }

  const Json base_ = sample_json();
  AnnotationSet set_ = annotate(base_);
};

INSTANTIATE_TEST_SUITE_P(Tools, RoundTrip,
                         ::testing::Values(Tool{"brat", to_brat, read_back_brat},
                                           Tool{"inception", write_cas, read_back_cas}),
                         [](const auto& one) { return one.param.name; });

TEST_P(RoundTrip, UntouchedIsTheSameToTheByte) {
  EXPECT_EQ(ledger_line(gold(set_)), ledger::to_json(sample_ledger()));
}

TEST_P(RoundTrip, ALabelIsCorrectedAndNothingElse) {
  find(set_, "Statement", "s5").labels["Evidence"] = "document";
  Json wanted = base_;
  wanted["statements"][4]["evidence"] = "document";
  wanted["statements"][4]["confidence"] = 1.0;
  wanted["statements"][4]["why"] =
      Json::array({Json{{"rule", "annotator"}, {"span", wanted["statements"][4]["cue"][0]}}});
  Json got = gold(set_);
  got["summary"] = wanted["summary"];
  EXPECT_EQ(got.dump(1), wanted.dump(1));
}

TEST_P(RoundTrip, AUsualLabelIsALabel) {
  find(set_, "Statement", "s5").labels.erase("Commitment");  // was distanced
  EXPECT_EQ(gold(set_)["statements"][4]["commitment"], "neutral");
}

TEST_P(RoundTrip, AChainIsCorrected) {
  find(set_, "Statement", "s5").notes["chain"] = "Pavel Ko\u0301sa > Nordpressen";
  const Json s5 = gold(set_)["statements"][4];
  ASSERT_EQ(s5["chain"].size(), 2u);
  EXPECT_EQ(s5["distance"], 2);
  EXPECT_EQ(s5["chain"][0]["entity"], "e3");
  EXPECT_EQ(s5["chain"][0]["link"], "origin");
  EXPECT_EQ(s5["chain"][1]["entity"], "e5");
  EXPECT_EQ(s5["chain"][1]["link"], "relay");
  const Json span = s5["chain"][1]["span"];
  EXPECT_EQ(slice(set_.text, span[0], span[1]), "Nordpressen");
  find(set_, "Statement", "s5").notes["chain"] = "unnamed";
  EXPECT_EQ(gold(set_)["statements"][4]["chain"][0]["entity"], nullptr);
}

TEST_P(RoundTrip, SpansApartAndOverLineEnds) {
  const CodePointIndex index(set_.text);
  Annotation& s11 = find(set_, "Statement", "s11");
  const CharSpan whole = s11.spans[0];
  s11.spans = {{whole.begin, whole.begin + 4}, {whole.begin + 8, whole.end}};
  Annotation& s6 = find(set_, "Statement", "s6");
  s6.spans[0].begin -= 10;  // into the block before
  settle(set_);
  const Json statements = gold(set_)["statements"];
  EXPECT_EQ(statements[10]["content"], spans_json(s11.spans));
  EXPECT_EQ(statements[5]["content"], spans_json(s6.spans));
  ASSERT_EQ(statements[5]["content"].size(), 1u);
}

TEST_P(RoundTrip, StatementsComeAndGo) {
  std::erase_if(set_.items, [](const Annotation& one) { return one.kind->name == "Finding"; });
  Annotation fresh;
  fresh.kind = find_kind("Statement");
  fresh.spans = {{0, 9}};
  fresh.labels = {{"Quote", "direct"}};
  fresh.notes = {{"chain", "VNA"}};
  set_.items.push_back(fresh);
  find(set_, "Statement", "s4").ref = "";  // removed and drawn anew by hand
  const Json l = gold(set_);
  ASSERT_EQ(l["statements"].size(), base_["statements"].size() + 1);
  EXPECT_EQ(l["statements"][0]["id"], "s1");
  EXPECT_EQ(l["statements"][0]["quote"], "direct");
  EXPECT_EQ(l["statements"][0]["chain"][0]["entity"], "e4");
  EXPECT_EQ(l["statements"][1]["quote"], "scare");
  EXPECT_EQ(l["statements"][4]["confidence"], 1.0);
  EXPECT_EQ(l["statements"][5]["parent"], "s5");  // follows its parent to its new id
  EXPECT_EQ(l["events"][0]["statement"], "s4");
  EXPECT_TRUE(l["findings"].empty());
  EXPECT_EQ(l["summary"]["statements"], 8);
}

TEST_P(RoundTrip, EntitiesAreJoinedAndParted) {
  const uint32_t kosa = *find(set_, "Person", "e3").cluster;
  const uint32_t solvang = *find(set_, "Person", "e1").cluster;
  Annotation* last = nullptr;
  for (Annotation& one : set_.items)
    if (one.cluster == solvang) last = &one;
  last->cluster = 1000;  // somebody else after all
  last->ref = "";
  last->notes["name"] = "En annen Solvang";
  const Json parted = gold(set_);
  EXPECT_EQ(parted["entities"].size(), base_["entities"].size() + 1);
  EXPECT_EQ(parted["entities"][0]["mentions"].size(), 1u);
  for (Annotation& one : set_.items)
    if (one.cluster == 1000) {
      one.cluster = kosa;
      one.notes.erase("name");
    }
  const Json joined = gold(set_);
  EXPECT_EQ(joined["entities"].size(), base_["entities"].size());
  EXPECT_EQ(joined["entities"][2]["mentions"].size(), 3u);
  EXPECT_EQ(joined["entities"][2]["name"], "Pavel Ko\u0301sa");
}

TEST_P(RoundTrip, AnEntityThatIsRemovedIsNamedNowhere) {
  const uint32_t vna = *find(set_, "Organisation", "e4").cluster;
  std::vector<uint32_t> place(set_.items.size());
  std::vector<Annotation> kept;
  for (uint32_t i = 0; i < set_.items.size(); ++i) {
    place[i] = static_cast<uint32_t>(kept.size());
    if (set_.items[i].cluster == vna) continue;
    kept.push_back(set_.items[i]);
  }
  for (Annotation& one : kept) {
    std::erase_if(one.links,
                  [&](const auto& link) { return set_.items[link.second].cluster == vna; });
    for (auto& link : one.links) link.second = place[link.second];
  }
  set_.items = kept;
  const Json l = gold(set_);
  EXPECT_EQ(l["entities"].size(), base_["entities"].size() - 1);
  EXPECT_EQ(l["entities"][3]["name"], "Nordpressen");
  EXPECT_EQ(l["entities"][3]["id"], "e4");
  EXPECT_EQ(l["statements"][3]["chain"][0]["entity"], nullptr);
  EXPECT_EQ(l["statements"][3]["chain"][0]["name"], "VNA");
  EXPECT_EQ(l["statements"][3]["chain"][1]["entity"], "e4");
  EXPECT_EQ(l["document"]["outlet"]["entity"], "e7");
}

TEST_P(RoundTrip, WithoutTheLedgerWhatIsShownIsKept) {
  const Json l = gold(set_, bare_ledger("x", set_.text));
  ASSERT_EQ(l["statements"].size(), base_["statements"].size());
  for (size_t i = 0; i < l["statements"].size(); ++i)
    for (const char* field : {"content", "cue", "source", "quote", "act", "speaker", "distance",
                              "evidence", "commitment", "interested", "parent"})
      EXPECT_EQ(l["statements"][i][field].is_null(), base_["statements"][i][field].is_null())
          << field;
  for (size_t i = 0; i < l["statements"].size(); ++i) {
    EXPECT_EQ(l["statements"][i]["content"], base_["statements"][i]["content"]);
    EXPECT_EQ(l["statements"][i]["evidence"], base_["statements"][i]["evidence"]);
    EXPECT_EQ(l["statements"][i]["chain"].size(), base_["statements"][i]["chain"].size());
  }
  EXPECT_EQ(l["document"]["digest"], base_["document"]["digest"]);
  EXPECT_TRUE(parse_ledger(ledger_line(l)));
}

TEST_P(RoundTrip, AcceptanceHasTheWords) {
  const Json form = Json::parse(to_acceptance(gold(set_)));
  EXPECT_EQ(form["statements"].size(), 7u);
  EXPECT_EQ(form["scare_quotes"][0]["text"], "«vennen»");
  EXPECT_EQ(form["own_words"].size(), 3u);
  const Json& promise = form["statements"][2];
  EXPECT_EQ(promise["content"][0], "at tolv skip får fri ferdsel");
  EXPECT_EQ(promise["chain"], (Json{"Pavel Ko\u0301sa", "VNA", "Nordpressen"}));
  EXPECT_EQ(promise["parent"], "s4");
  EXPECT_EQ(form["pictures"][0]["kicker"], "TETTE BÅND");
}

/// Broken bytes are an error or a ledger, never a crash; and an error tells where.
TEST_P(RoundTrip, BrokenBytesAreToldOrRead) {
  const std::string good = GetParam().write(set_);
  std::mt19937 random(7);
  size_t told = 0;
  for (int round = 0; round < 400; ++round) {
    std::string bad = good;
    for (int change = 0; change < 3; ++change) {
      const size_t at = random() % bad.size();
      switch (random() % 3) {
        case 0:
          bad[at] = static_cast<char>(' ' + random() % 95);
          break;
        case 1:
          bad.erase(at, random() % 20);
          break;
        default:
          bad.insert(at, bad.substr(random() % bad.size(), random() % 40));
      }
    }
    const auto back = GetParam().read(bad, set_.text);
    if (!back) {
      ++told;
      EXPECT_EQ(back.error().to_string().find('\n'), std::string::npos);
      EXPECT_FALSE(back.error().file.empty());
      continue;
    }
    if (back->text == set_.text) static_cast<void>(to_gold(*back, base_));
  }
  EXPECT_GT(told, 100u);
}

struct BadLine {
  const char* line;
  const char* told;
};

TEST(Brat, EachBadLineIsToldWithItsNumber) {
  const std::string text = "Nils sier ja 🚢 til Ola.\n";
  const std::string good =
      "T1\tPerson 0 4\tNils\nT2\tStatement 10 14\tja 🚢\nE1\tStatement:T2 Speaker:T1\nA1\tQuote E1 "
      "direct\n";
  ASSERT_TRUE(read_brat(good, text, "x.ann"));
  for (const BadLine& bad :
       std::vector<BadLine>{{"T3\tPerson 0 99\tNils", "0 to 99 is not in the text"},
                            {"T3\tPerson 4 0\tNils", "4 to 0 is not in the text"},
                            {"T3\tPerson 0 x\tNils", "no number"},
                            {"T3\tPerson 18 21\tOlx", "other words"},
                            {"T3\tMartian 0 4\tNils", "no kind 'Martian'"},
                            {"T1\tPerson 0 4\tNils", "T1 comes twice"},
                            {"T3", "no kind ''"},
                            {"E2\tStatement:T9", "no annotation T9"},
                            {"E2\tStatement:T1", "no trigger"},
                            {"E2\tStatement:T2 Friend:T1", "no 'Friend'"},
                            {"E2\tStatement:T2 Cue:T1", "cannot be a Person"},
                            {"E2\tStatement:T2 Speaker:T1 Speaker2:T1", "two 'Speaker'"},
                            {"E2\tStatement:T2", "without Quote"},
                            {"A2\tColour T1 red", "no 'Colour'"},
                            {"A2\tForm T1 red", "'red' is no Form"},
                            {"A2\tQuote E1 mixed", "two 'Quote'"},
                            {"*\tSame T1 E1", "no mention"},
                            {"*\tAlike T1 T1", "no equivalence"},
                            {"R1\tFriend Arg1:T1 Arg2:T1", "begin with 'R'"},
                            {"N1\tReference T1 Wikidata:Q1\tNils", "begin with 'N'"},
                            {"#1\tAnnotatorNotes E1\twhat is this", "begins with 'what is this'"},
                            {"\x01", "begin with"}}) {
    const auto read = read_brat(good + bad.line + "\n", text, "x.ann");
    ASSERT_FALSE(read) << bad.line;
    EXPECT_NE(read.error().to_string().find("x.ann:line 5"), std::string::npos)
        << read.error().to_string();
    EXPECT_NE(read.error().message.find(bad.told), std::string::npos) << read.error().to_string();
  }
}

TEST(Brat, OffsetsAreCodePoints) {
  const std::string text = "🚢🚢 sier Ola.\n";
  const auto read = read_brat("T1\tPerson 8 11\tOla\n", text, "x.ann");
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_EQ(read->items[0].spans[0], (CharSpan{8, 11}));
}

TEST(Cas, OffsetsAreUtf16) {
  AnnotationSet set = annotate(sample_json());
  const Json cas = Json::parse(write_cas(set));
  const CodePointIndex index(set.text);
  const auto ship = static_cast<uint32_t>(set.text.find("🌊"));
  const uint32_t wave = index.to_code_point(ship);  // one letter outside the BMP stands before it
  bool seen = false;
  for (const Json& one : cas["%FEATURE_STRUCTURES"])
    if (one["%TYPE"] == "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token" &&
        one["begin"] == wave + 1) {
      EXPECT_EQ(one["end"], wave + 3);
      seen = true;
    }
  EXPECT_TRUE(seen);
}

TEST(Cas, BadStructuresAreTold) {
  const std::string head =
      "{\"%TYPES\":{},\n\"%FEATURE_STRUCTURES\":[\n{\"%ID\":1,\"%TYPE\":\"uima.cas.Sofa\","
      "\"sofaNum\":1,"
      "\"sofaID\":\"_InitialView\",\"sofaString\":\"🚢 Ola\"},\n";
  const auto read = [&](const std::string& one) {
    return read_cas(head + one + "\n],\"%VIEWS\":{}}", "x.json");
  };
  const std::string layer = R"({"%ID":2,"%TYPE":"webanno.custom.Avstand","@sofa":1,)";
  ASSERT_TRUE(read(layer + R"("begin":3,"end":6,"layer":"Person"})"));
  for (const BadLine& bad : std::vector<BadLine>{
           {R"("begin":1,"end":6,"layer":"Person"})", "no letter of the text"},
           {R"("begin":3,"end":7,"layer":"Person"})", "no letter of the text"},
           {R"("begin":3,"end":3,"layer":"Person"})", "no words"},
           {R"("begin":"3","end":6,"layer":"Person"})", "no number"},
           {R"("begin":3,"end":6})", "no layer ''"},
           {R"("begin":3,"end":6,"layer":"Person","evidence":"photo"})", "no 'evidence'"},
           {R"("begin":3,"end":6,"layer":"Person","form":"red"})", "'red' is no Form"},
           {R"("begin":3,"end":6,"layer":"Statement"})", "without Quote"}}) {
    const auto got = read(layer + bad.line);
    ASSERT_FALSE(got) << bad.line;
    EXPECT_NE(got.error().to_string().find("x.json:line 4"), std::string::npos)
        << got.error().to_string();
    EXPECT_NE(got.error().message.find(bad.told), std::string::npos) << got.error().to_string();
  }
  EXPECT_EQ(read_cas("{\"a\":\n tru}", "x.json").error().line, 2u);
  EXPECT_EQ(read_cas("1e999", "x.json").error().message,
            "this JSON holds a number that is too large");
  EXPECT_FALSE(read_cas("[]", "x.json"));
  EXPECT_FALSE(read_cas("{\"%FEATURE_STRUCTURES\":[]}", "x.json"));
}

TEST(Gold, OfAnotherTextIsRefused) {
  const AnnotationSet set = annotate(sample_json());
  EXPECT_FALSE(to_gold(set, bare_ledger("x", "another text")));
}

TEST(Gold, ALedgerThatIsNoneIsTold) {
  const std::string good = ledger::to_json(sample_ledger());
  EXPECT_TRUE(parse_ledger(good));
  for (const char* bad : {"", "{", "[]", "{\"schema\":\"avstand/ledger/1\"}", "7"})
    EXPECT_FALSE(parse_ledger(bad)) << bad;
  Json l = Json::parse(good);
  l["statements"][0]["content"][0][1] = 100000;
  EXPECT_NE(parse_ledger(l.dump()).error().message.find("s1 ends at 100000"), std::string::npos);
  l = Json::parse(good);
  l["document"]["text"] = "x";
  EXPECT_NE(parse_ledger(l.dump()).error().message.find("digest"), std::string::npos);
}

TEST(Gold, EntitiesOfTwoKindsAreTold) {
  const std::string text = "Nils og Nils.\n";
  const auto set =
      read_brat("T1\tPerson 0 4\tNils\nT2\tPlace 8 12\tNils\n*\tSame T1 T2\n", text, "x.ann");
  ASSERT_TRUE(set);
  const auto gold = to_gold(*set, bare_ledger("x", text));
  ASSERT_FALSE(gold);
  EXPECT_EQ(gold.error().line, 2u);
}

/// The scheme's words are those of the ledger's schema: a label added there must be added here.
TEST(Scheme, HasTheWordsOfTheLedger) {
  std::ifstream in(AVSTAND_SOURCE_DIR "/docs/ledger.schema.json");
  const Json schema = Json::parse(in);
  std::vector<std::vector<std::string>> enums;
  const std::function<void(const Json&)> walk = [&](const Json& value) {
    if (value.is_object() && value.contains("enum")) {
      std::vector<std::string> words;
      for (const Json& word : value["enum"])
        words.push_back(word.is_string() ? word.get<std::string>() : "none");
      std::sort(words.begin(), words.end());
      enums.push_back(words);
    }
    if (value.is_structured())
      for (const Json& inner : value) walk(inner);
  };
  walk(schema);
  for (const Kind& kind : kinds())
    for (const Label& label : kind.labels) {
      if (label.values == "no|yes" || label.name == "Handout" || label.name == "EventType")
        continue;
      std::vector<std::string> words;
      std::istringstream list{std::string(label.values)};
      for (std::string word; std::getline(list, word, '|');) words.push_back(word);
      std::sort(words.begin(), words.end());
      EXPECT_NE(std::find(enums.begin(), enums.end(), words), enums.end()) << label.name;
    }
}

}  // namespace
}  // namespace avstand::exports
