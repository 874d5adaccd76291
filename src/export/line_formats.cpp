#include "export/formats.h"

namespace avstand::exports {

const std::map<std::string, std::string (*)(const ledger::Ledger&)>& line_formats() {
  static const std::map<std::string, std::string (*)(const ledger::Ledger&)> kFormats = {
      {"prov", to_prov},
      {"webannotation", to_web_annotation},
      {"claimreview", to_claim_review},
      {"ninjs", to_ninjs},
      {"displacy", to_displacy}};
  return kFormats;
}

}  // namespace avstand::exports
