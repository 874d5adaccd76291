#include <fmt/format.h>

#include "export/cas.h"
#include "export/cas_names.h"
#include "export/offsets.h"
#include "export/tokens.h"
#include "ledger/json_writer.h"
#include "text/span.h"

namespace avstand::exports {
namespace {

using ledger::JsonWriter;

constexpr uint64_t kSofa = 1;

class CasWriter {
 public:
  CasWriter(const AnnotationSet& set, const std::vector<CharSpan>& sentences)
      : set_(set), sentences_(sentences), index_(set.text), utf16_(set.text) {}

  std::string write() {
    w_.begin_object();
    types();
    w_.key("%FEATURE_STRUCTURES").begin_array();
    sofa();
    for (const CharSpan span : sentences_) plain(kSentence, span);
    for (const Span token : tokens_of(set_.text))
      plain(kToken, {index_.to_code_point(token.begin), index_.to_code_point(token.end)});
    number();
    for (uint32_t i = 0; i < set_.items.size(); ++i) annotation(i);
    for (uint32_t i = 0; i < set_.items.size(); ++i) links(i);
    w_.end_array();
    views();
    w_.end_object();
    return w_.take();
  }

 private:
  void feature(std::string_view name, std::string_view range) {
    w_.key(name).begin_object().key("%NAME").string(name).key("%RANGE").string(range).end_object();
  }
  void begin_type(std::string_view name) {
    w_.key(name).begin_object().key("%NAME").string(name);
    w_.key("%SUPER_TYPE").string(kAnnotationType);
  }

  void types() {
    w_.key("%TYPES").begin_object();
    begin_type(kSentence);
    w_.end_object();
    begin_type(kToken);
    w_.end_object();
    begin_type(kLayer);
    for (const std::string& name : layer_features()) feature(name, "uima.cas.String");
    w_.end_object();
    begin_type(kLinkLayer);
    feature("Dependent", kLayer);
    feature("Governor", kLayer);
    feature("role", "uima.cas.String");
    w_.end_object().end_object();
  }

  void sofa() {
    w_.begin_object().key("%ID").number(kSofa).key("%TYPE").string("uima.cas.Sofa");
    w_.key("sofaNum").number(1).key("sofaID").string("_InitialView");
    w_.key("mimeType").string("text").key("sofaString").string(set_.text).end_object();
  }

  /// A structure on words; the caller closes it.
  void begin(uint64_t id, std::string_view type, CharSpan span) {
    w_.begin_object().key("%ID").number(id).key("%TYPE").string(type).key("@sofa").number(kSofa);
    w_.key("begin").number(utf16_.to_utf16(span.begin));
    w_.key("end").number(utf16_.to_utf16(span.end));
  }
  void plain(std::string_view type, CharSpan span) {
    begin(++last_, type, span);
    w_.end_object();
  }

  void number() {
    for (const Annotation& one : set_.items) {
      first_.push_back(last_ + 1);
      last_ += one.spans.size();
    }
  }

  void annotation(uint32_t i) {
    const Annotation& one = set_.items[i];
    for (size_t part = 0; part < one.spans.size(); ++part) {
      begin(first_[i] + part, kLayer, one.spans[part]);
      w_.key("layer").string(one.kind->name);
      if (part == 0) features(one);
      w_.end_object();
    }
  }

  void features(const Annotation& one) {
    if (!one.ref.empty()) w_.key("ref").string(one.ref);
    if (one.cluster) w_.key("entity").string(fmt::format("e{}", *one.cluster + 1));
    for (const auto& [name, value] : one.labels) w_.key(feature_name(name)).string(value);
    for (const auto& [name, value] : one.notes) w_.key(feature_name(name)).string(value);
  }

  void link(uint64_t from, uint64_t to, CharSpan where, std::string_view role) {
    begin(++last_, kLinkLayer, where);
    w_.key("@Dependent").number(to).key("@Governor").number(from);
    w_.key("role").string(role).end_object();
  }

  void links(uint32_t i) {
    const Annotation& one = set_.items[i];
    for (size_t part = 1; part < one.spans.size(); ++part)
      link(first_[i], first_[i] + part, one.spans[part], kPartRole);
    for (const auto& [role, target] : one.links)
      link(first_[i], first_[target], set_.items[target].spans.front(), role);
  }

  void views() {
    w_.key("%VIEWS").begin_object().key("_InitialView").begin_object();
    w_.key("%SOFA").number(kSofa).key("%MEMBERS").begin_array();
    for (uint64_t id = kSofa + 1; id <= last_; ++id) w_.number(id);
    w_.end_array().end_object().end_object();
  }

  const AnnotationSet& set_;
  const std::vector<CharSpan>& sentences_;
  CodePointIndex index_;
  Utf16Index utf16_;
  std::vector<uint64_t> first_;  // structure of the first fragment of each annotation
  uint64_t last_ = kSofa;
  JsonWriter w_{JsonWriter::Layout::kCompact};
};

std::string described(std::string_view name, const std::vector<std::string>& features,
                      std::string_view more) {
  std::string out = fmt::format(
      "<typeDescription>\n<name>{}</name>\n<description/>\n"
      "<supertypeName>{}</supertypeName>\n<features>\n",
      name, kAnnotationType);
  for (const std::string& feature : features)
    out += fmt::format(
        "<featureDescription><name>{}</name><description/>"
        "<rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>\n",
        feature);
  return out + std::string(more) + "</features>\n</typeDescription>\n";
}

}  // namespace

std::string to_cas(const AnnotationSet& set, const std::vector<CharSpan>& sentences) {
  return CasWriter(set, sentences).write();
}

std::string cas_type_system() {
  std::string ends;
  for (const char* end : {"Dependent", "Governor"})
    ends += fmt::format(
        "<featureDescription><name>{}</name><description/><rangeTypeName>{}</rangeTypeName>"
        "</featureDescription>\n",
        end, kLayer);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n" +
         described(kLayer, layer_features(), "") + described(kLinkLayer, {"role"}, ends) +
         "</types>\n</typeSystemDescription>\n";
}

}  // namespace avstand::exports
