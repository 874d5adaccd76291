#include "picture/certificate.h"

#include <openssl/err.h>
#include <openssl/x509.h>

#include <memory>

#include "picture/metadata.h"

namespace avstand::picture {
namespace {

constexpr size_t kLargest = 100'000;  // bytes

std::string entry(X509_NAME* name, int which) {
  const int at = X509_NAME_get_index_by_NID(name, which, -1);
  if (at < 0) return {};
  unsigned char* utf8 = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) return {};
  std::string out = clean_text({reinterpret_cast<const char*>(utf8), static_cast<size_t>(size)});
  OPENSSL_free(utf8);
  return out;
}

}  // namespace

std::string certificate_subject(std::string_view der) {
  if (der.size() > kLargest) return {};
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const std::unique_ptr<X509, void (*)(X509*)> certificate(
      d2i_X509(nullptr, &at, static_cast<long>(der.size())), &X509_free);
  std::string out;
  if (certificate) {
    X509_NAME* name = X509_get_subject_name(certificate.get());
    out = entry(name, NID_organizationName);
    if (out.empty()) out = entry(name, NID_commonName);
  }
  ERR_clear_error();  // the queue is the thread's
  return out;
}

}  // namespace avstand::picture
