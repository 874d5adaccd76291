#include "picture/c2pa.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "picture/cbor.h"
#include "picture/certificate.h"
#include "picture/jumbf.h"
#include "picture/metadata.h"

namespace avstand::picture {
namespace {

constexpr size_t kMostManifests = 100;
constexpr size_t kMostEntries = 100;  // actions, ingredients, creators of one manifest
constexpr size_t kLargestJson = 1'000'000;
constexpr int64_t kX5Chain = 33;  // COSE header (RFC 9360)

using Json = nlohmann::json;

/// The first superbox whose label begins so ("c2pa.claim", "c2pa.claim.v2").
const JumbfBox* find(const std::vector<JumbfBox>& boxes, std::string_view label) {
  const auto it = std::find_if(boxes.begin(), boxes.end(),
                               [&](const JumbfBox& b) { return b.label.starts_with(label); });
  return it == boxes.end() ? nullptr : &*it;
}

std::string text_at(const CborValue& map, std::string_view key) {
  return clean_text(map.text(key));
}

/// A program: a text, or a map with name and version, or a list of such.
std::string program(const CborValue* value) {
  if (value == nullptr) return {};
  if (value->kind == CborValue::Kind::kText) return clean_text(value->text());
  if (value->kind == CborValue::Kind::kArray)
    return value->items.empty() ? std::string() : program(&value->items.front());
  std::string out = text_at(*value, "name");
  const std::string version = text_at(*value, "version");
  if (!out.empty() && !version.empty()) out += " " + version;
  return out;
}

/// "LABEL" of "self#jumbf=/c2pa/LABEL" or of an address inside that manifest.
std::string manifest_of(const CborValue* reference) {
  constexpr std::string_view kRoot = "/c2pa/";
  if (reference == nullptr) return {};
  const std::string_view url = reference->text("url");
  const size_t at = url.find(kRoot);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = url.substr(at + kRoot.size());
  return clean_text(rest.substr(0, rest.find('/')));
}

/// The first certificate of a COSE_Sign1 (RFC 9052, 4.2).
std::string_view signing_certificate(const CborValue& sign) {
  if (sign.kind != CborValue::Kind::kArray || sign.items.size() < 2) return {};
  const auto sealed = parse_cbor(sign.items[0].bytes);
  for (const CborValue* headers : {sealed ? &*sealed : nullptr, &sign.items[1]}) {
    if (headers == nullptr) continue;
    const CborValue* chain = headers->find(kX5Chain);
    if (chain == nullptr) chain = headers->find("x5chain");  // version 1.0
    if (chain == nullptr) continue;
    return chain->items.empty() ? chain->bytes : chain->items.front().bytes;
  }
  return {};
}

/// A name, or what has one. By reference only: a copy of what is nested deep would recurse.
void add_creator(C2paManifest& to, const Json& who) {
  const Json* name = &who;
  if (who.is_object()) {
    const auto it = who.find("name");
    if (it == who.end()) return;
    name = &*it;
  }
  if (!name->is_string() || to.creators.size() >= kMostEntries) return;
  std::string text = clean_text(name->get_ref<const std::string&>());
  if (!text.empty()) to.creators.push_back(std::move(text));
}

/// Authors of schema.org's CreativeWork, creators of Dublin Core.
void read_json(std::string_view json, C2paManifest& to) {
  if (json.size() > kLargestJson) return;
  static const Json nothing = Json::array();
  const Json work = Json::parse(json, nullptr, false);
  if (!work.is_object()) return;
  for (const char* key : {"author", "dc:creator"}) {
    const auto it = work.find(key);
    if (it == work.end()) continue;
    if (!it->is_array()) add_creator(to, *it);
    for (const Json& one : it->is_array() ? *it : nothing) add_creator(to, one);
  }
}

void read_actions(const CborValue& assertion, C2paManifest& to) {
  const CborValue* actions = assertion.find("actions");
  if (actions == nullptr) return;
  for (const CborValue& action : actions->items) {
    if (to.actions.size() >= kMostEntries) return;
    to.actions.push_back({text_at(action, "action"), program(action.find("softwareAgent")),
                          code_name(text_at(action, "digitalSourceType"))});
  }
}

void read_ingredient(const CborValue& assertion, C2paManifest& to) {
  if (to.ingredients.size() >= kMostEntries) return;
  const CborValue* reference = assertion.find("activeManifest");  // ingredient.v3
  if (reference == nullptr) reference = assertion.find("c2pa_manifest");
  to.ingredients.push_back(
      {text_at(assertion, "dc:title"), text_at(assertion, "relationship"), manifest_of(reference)});
}

void read_assertion(const JumbfBox& box, const Limits& limits, C2paManifest& to) {
  if (box.label.starts_with("stds.schema-org.CreativeWork") || box.label.ends_with(".metadata"))
    return read_json(content_box(box.content, "json", limits).data, to);
  const bool actions = box.label.starts_with("c2pa.actions");
  // "c2pa.ingredient.thumbnail" is a picture, not a list of what went in.
  const bool ingredient = box.label.starts_with("c2pa.ingredient") &&
                          box.label.find("thumbnail") == std::string_view::npos;
  if (!actions && !ingredient) return;
  const auto value = parse_cbor(content_box(box.content, "cbor", limits).data);
  if (!value) return;
  actions ? read_actions(*value, to) : read_ingredient(*value, to);
}

/// nullopt where there is no claim that can be read.
std::optional<C2paManifest> read_manifest(const JumbfBox& manifest, const Limits& limits) {
  const auto boxes = superboxes(manifest.content, limits);
  const JumbfBox* claim_box = find(boxes, "c2pa.claim");
  if (claim_box == nullptr) return std::nullopt;
  const auto claim = parse_cbor(content_box(claim_box->content, "cbor", limits).data);
  if (!claim || claim->kind != CborValue::Kind::kMap) return std::nullopt;
  C2paManifest out;
  out.label = clean_text(manifest.label);
  out.generator = program(claim->find("claim_generator_info"));
  if (out.generator.empty()) out.generator = text_at(*claim, "claim_generator");
  if (const JumbfBox* box = find(boxes, "c2pa.signature"))
    if (const auto sign = parse_cbor(content_box(box->content, "cbor", limits).data))
      out.signer = certificate_subject(signing_certificate(*sign));
  if (const JumbfBox* store = find(boxes, "c2pa.assertions"))
    for (const JumbfBox& assertion : superboxes(store->content, limits))
      read_assertion(assertion, limits, out);
  return out;
}

C2pa unreadable(std::string reason) {
  return {.status = C2paStatus::kUnreadable, .reason = std::move(reason)};
}

}  // namespace

C2pa read_c2pa(std::string_view store, const Limits& limits) {
  const auto stores = superboxes(store, limits);
  const JumbfBox* all = find(stores, "c2pa");
  if (all == nullptr) return unreadable("the manifest store is broken or cut");
  const auto manifests = superboxes(all->content, limits);
  if (manifests.empty()) return unreadable("the manifest store is empty, broken or packed");
  std::map<std::string, const JumbfBox*> by_label;
  for (const JumbfBox& manifest : manifests) by_label[clean_text(manifest.label)] = &manifest;
  C2pa out;
  std::vector<const JumbfBox*> todo{&manifests.back()};
  for (size_t next = 0; next < todo.size() && out.manifests.size() < kMostManifests; ++next) {
    auto manifest = read_manifest(*todo[next], limits);
    if (!manifest && next == 0) return unreadable("the active manifest is broken or packed");
    if (!manifest) continue;
    for (const C2paIngredient& ingredient : manifest->ingredients) {
      const auto named = by_label.find(ingredient.manifest);
      if (named == by_label.end()) continue;  // none, or it was left out of this file
      if (std::find(todo.begin(), todo.end(), named->second) == todo.end())
        todo.push_back(named->second);
    }
    out.manifests.push_back(std::move(*manifest));
  }
  return out;
}

}  // namespace avstand::picture
