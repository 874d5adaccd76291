// The annotation scheme: what of a ledger people can see and correct in an annotation tool. One
// definition, from which brat's annotation.conf, the UIMA type system and the checks of what comes
// back are made. docs/exports.md has it in words.
#pragma once

#include <span>
#include <string_view>

namespace avstand::exports {

/// A choice from a closed list of the ledger's words.
struct Label {
  std::string_view name;    ///< "Evidence"
  std::string_view values;  ///< parted by '|'
  std::string_view usual;   ///< what no label means; empty: it must be there (see `optional`)
  bool optional = false;    ///< no usual value: without it, what was known stays
};

/// Free words.
struct Note {
  std::string_view name;
};

/// An arrow to another annotation.
struct Role {
  std::string_view name;
  std::string_view target;  ///< kind, or kMention for each kind of entity
  bool many = false;
};

inline constexpr std::string_view kMention = "MENTION";

/// A kind of annotation.
struct Kind {
  std::string_view name;
  std::string_view entity_type;  ///< the ledger's word, for the kinds of entity; else empty
  std::span<const Label> labels;
  std::span<const Note> notes;
  std::span<const Role> roles;

  bool is_mention() const { return !entity_type.empty(); }
  bool has_roles() const { return !roles.empty(); }
  const Label* label(std::string_view name) const;  ///< null: no such label
  const Note* note(std::string_view name) const;
  const Role* role(std::string_view name) const;
};

/// All kinds, in the order in which they are listed for people.
std::span<const Kind> kinds();
const Kind* find_kind(std::string_view name);                ///< null: there is none
const Kind& kind_of_entity(std::string_view type);           ///< unknown type: Group
bool has_value(const Label& label, std::string_view value);  ///< whether it is on the list
bool fits(const Role& role, const Kind& target);             ///< whether the arrow may point there

}  // namespace avstand::exports
