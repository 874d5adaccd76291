// Content credentials: the chain of claims, and what is said where it cannot be read.
#include "picture/c2pa.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "picture/cbor.h"
#include "picture/certificate.h"
#include "support/make_picture.h"

namespace avstand::picture {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

/// A certificate for an invented organisation, signed by itself.
std::string certificate(const char* organisation) {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
  X509* x = X509_new();
  X509_set_version(x, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
  X509_gmtime_adj(X509_getm_notBefore(x), 0);
  X509_gmtime_adj(X509_getm_notAfter(x), 3'600);
  X509_set_pubkey(x, key);
  X509_NAME* name = X509_get_subject_name(x);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>("a name"), -1, -1, 0);
  if (organisation != nullptr)
    X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(organisation), -1, -1, 0);
  X509_sign(x, key, EVP_sha256());
  unsigned char* der = nullptr;
  const int size = i2d_X509(x, &der);
  std::string out(reinterpret_cast<char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  X509_free(x);
  EVP_PKEY_free(key);
  return out;
}

std::string two_manifests() {
  return make::store(
      make::manifest("urn:uuid:1", "Kamera 1.2", make::action("c2pa.created", "digitalCapture"),
                     certificate("Nesvik Kamera")) +
      make::manifest("urn:uuid:9", "not named by any", "") +
      make::manifest("urn:uuid:2", "Lerret 3",
                     make::ingredient("raw.jpg", "urn:uuid:1") +
                         make::superbox("stds.schema-org.CreativeWork",
                                        make::box("json", R"({"author":[{"name":"Kari Bø"}]})"))));
}

TEST(C2pa, TheActiveManifestIsTheLastAndTheChainGoesOnFromIt) {
  const C2pa c = read_c2pa(two_manifests(), {});
  EXPECT_EQ(c.status, C2paStatus::kNotValidated);
  ASSERT_EQ(c.manifests.size(), 2u);
  EXPECT_EQ(c.manifests[0].label, "urn:uuid:2");
  EXPECT_EQ(c.manifests[0].generator, "Lerret 3");
  EXPECT_EQ(c.manifests[0].creators, std::vector<std::string>{"Kari Bø"});
  ASSERT_EQ(c.manifests[0].ingredients.size(), 1u);
  EXPECT_EQ(c.manifests[0].ingredients[0].title, "raw.jpg");
  EXPECT_EQ(c.manifests[0].ingredients[0].relationship, "parentOf");
  EXPECT_EQ(c.manifests[0].ingredients[0].manifest, "urn:uuid:1");
  EXPECT_EQ(c.manifests[1].signer, "Nesvik Kamera");
  ASSERT_EQ(c.manifests[1].actions.size(), 1u);
  EXPECT_EQ(c.manifests[1].actions[0].action, "c2pa.created");
  EXPECT_EQ(c.manifests[1].actions[0].software, "Lerret 3");
  EXPECT_EQ(c.manifests[1].actions[0].digital_source_type, "digitalCapture");
}

TEST(C2pa, ManifestsThatNameOneAnotherEnd) {
  const C2pa c = read_c2pa(
      make::store(make::manifest("a", "A", make::ingredient("b.jpg", "b")) +
                  make::manifest("b", "B",
                                 make::ingredient("a.jpg", "a") + make::ingredient("b.jpg", "b"))),
      {});
  ASSERT_EQ(c.manifests.size(), 2u);
  EXPECT_EQ(c.manifests[1].label, "a");
}

TEST(C2pa, WhatCannotBeReadIsSaid) {
  EXPECT_EQ(read_c2pa("garbage", {}).status, C2paStatus::kUnreadable);
  EXPECT_EQ(read_c2pa(make::store(""), {}).status, C2paStatus::kUnreadable);
  const C2pa packed =
      read_c2pa(make::store(make::superbox("urn:c2pa:1", make::box("brob", "packed"))), {});
  EXPECT_EQ(packed.status, C2paStatus::kUnreadable);
  EXPECT_NE(packed.reason.find("packed"), std::string::npos);
  const std::string whole = two_manifests();
  for (size_t size = 0; size < whole.size(); size += 7) read_c2pa(whole.substr(0, size), {});
}

TEST(C2pa, JsonNestedDeepIsNoHarm) {
  std::string deep = R"({"author":)" + std::string(400'000, '[') + std::string(400'000, ']') + "}";
  const C2pa c = read_c2pa(
      make::store(make::manifest(
          "a", "A", make::superbox("stds.schema-org.CreativeWork", make::box("json", deep)))),
      {});
  ASSERT_EQ(c.manifests.size(), 1u);
  EXPECT_TRUE(c.manifests[0].creators.empty());
}

TEST(Certificate, OrganisationElseName) {
  EXPECT_EQ(certificate_subject(certificate("Nesvik Kamera")), "Nesvik Kamera");
  EXPECT_EQ(certificate_subject(certificate(nullptr)), "a name");
  EXPECT_EQ(certificate_subject("no certificate"), "");
}

TEST(Cbor, WhatTheStandardsExamplesSay) {  // RFC 8949, appendix A
  EXPECT_EQ(parse_cbor("\x19\x03\xE8"sv)->number, 1000);
  EXPECT_EQ(parse_cbor("\x39\x03\xE7"sv)->number, -1000);
  EXPECT_EQ(parse_cbor("\x64IETF"sv)->text(), "IETF");
  EXPECT_EQ(parse_cbor("\xC1\x1A\x51\x4B\x67\xB0"sv)->number, 1363896240);
  const auto open = parse_cbor("\xBF\x61\x61\x01\x61\x62\x9F\x02\x03\xFF\xFF"sv);
  ASSERT_TRUE(open.has_value());
  EXPECT_EQ(open->find("a")->number, 1);
  EXPECT_EQ(open->find("b")->items.size(), 2u);
}

TEST(Cbor, BombsAndBrokenItems) {
  EXPECT_FALSE(parse_cbor(std::string(1'000'000, '\x81')).has_value());           // nested
  EXPECT_FALSE(parse_cbor("\x9B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s).has_value());  // long
  EXPECT_FALSE(parse_cbor("\x9A\x00\xFF\xFF\xFF"s + std::string(500'000, '\0')).has_value());
  EXPECT_FALSE(parse_cbor("\x5B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s).has_value());
  EXPECT_FALSE(parse_cbor("\x9F\x01"s).has_value());
  EXPECT_FALSE(parse_cbor("\x1C"s).has_value());
  EXPECT_FALSE(parse_cbor("").has_value());
}

}  // namespace
}  // namespace avstand::picture
