#include "ledger/picture_json.h"

namespace avstand::ledger {
namespace {

void text(JsonWriter& w, std::string_view key, std::string_view value) {
  if (!value.empty()) w.key(key).string(value);
}

void texts(JsonWriter& w, std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  w.key(key).begin_array();
  for (const std::string& value : values) w.string(value);
  w.end_array();
}

/// Only what the file says: keys that have nothing are left out.
void write_metadata(const PictureFile& file, JsonWriter& w) {
  const PictureMetadata& m = file.metadata;
  text(w, "format", to_string(file.format));
  if (file.width > 0) w.key("width").number(file.width);
  if (file.height > 0) w.key("height").number(file.height);
  if (file.pdq) w.key("pdq_quality").number(file.pdq->quality);
  texts(w, "creators", m.creators);
  text(w, "credit", m.credit);
  text(w, "source", m.source);
  text(w, "copyright", m.copyright);
  text(w, "headline", m.headline);
  text(w, "caption", m.caption);
  text(w, "date_created", m.date_created);
  text(w, "digital_source_type", m.digital_source_type);
  text(w, "software", m.software);
  texts(w, "also", m.also);
  texts(w, "read_of", m.read_of);
  texts(w, "remarks", file.remarks);
}

void write_manifest(const C2paManifest& m, JsonWriter& w) {
  w.begin_object();
  w.key("label").string(m.label);
  w.key("generator").string(m.generator);
  w.key("signer").string(m.signer);
  w.key("creators").begin_array();
  for (const std::string& creator : m.creators) w.string(creator);
  w.end_array().key("actions").begin_array();
  for (const C2paAction& a : m.actions) {
    w.begin_object();
    w.key("action").string(a.action);
    text(w, "software", a.software);
    text(w, "digital_source_type", a.digital_source_type);
    w.end_object();
  }
  w.end_array().key("ingredients").begin_array();
  for (const C2paIngredient& i : m.ingredients) {
    w.begin_object();
    w.key("title").string(i.title);
    text(w, "relationship", i.relationship);
    text(w, "manifest", i.manifest);
    w.end_object();
  }
  w.end_array().end_object();
}

void write_c2pa(const C2pa& c, JsonWriter& w) {
  w.begin_object();
  w.key("status").string(to_string(c.status));
  text(w, "reason", c.reason);
  text(w, "remote", c.remote);
  w.key("manifests").begin_array();
  for (const C2paManifest& m : c.manifests) write_manifest(m, w);
  w.end_array().end_object();
}

}  // namespace

void write_picture_file(const std::string& name, const std::optional<PictureFile>& file,
                        JsonWriter& w) {
  w.key("file");
  name.empty() ? w.null() : w.string(name);
  w.key("pdq");
  file && file->pdq ? w.string(file->pdq->hex()) : w.null();
  w.key("metadata").begin_object();
  if (file) write_metadata(*file, w);
  w.end_object().key("c2pa");
  file && file->c2pa ? write_c2pa(*file->c2pa, w) : void(w.null());
}

}  // namespace avstand::ledger
