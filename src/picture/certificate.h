// Whom a certificate names. The one place of the room that knows OpenSSL.
#pragma once

#include <string>
#include <string_view>

namespace avstand::picture {

/// The organisation of the subject of an X.509 certificate (DER), else its common name; empty where
/// it is none. Nothing is checked: anybody can write a certificate that names anybody.
std::string certificate_subject(std::string_view der);

}  // namespace avstand::picture
