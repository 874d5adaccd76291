// What must hold for what pictures say of themselves.
#pragma once

#include <string>

#include "checks.h"
#include "document/picture.h"
#include "text/utf8.h"

namespace avstand::fuzz {

inline void check_text(const std::string& text) {
  require(!first_invalid_utf8(text).has_value(), "metadata are UTF-8");
  require(text.size() <= 10'000, "metadata are short");
  for (const char c : text)
    require(static_cast<uint8_t>(c) >= 0x20 && c != 0x7F, "metadata have no controls");
}

inline void check_metadata(const PictureMetadata& m) {
  for (const std::string* text : {&m.credit, &m.source, &m.copyright, &m.headline, &m.caption,
                                  &m.date_created, &m.digital_source_type, &m.software})
    check_text(*text);
  for (const std::string& name : m.creators) check_text(name);
  for (const std::string& name : m.also) check_text(name);
}

inline void check_c2pa(const C2pa& c) {
  require(c.status != C2paStatus::kNotValidated || !c.manifests.empty(),
          "a manifest that is read is listed");
  require(c.manifests.size() <= 100, "the chain ends");
  for (const C2paManifest& m : c.manifests) {
    check_text(m.label);
    check_text(m.generator);
    check_text(m.signer);
  }
}

}  // namespace avstand::fuzz
