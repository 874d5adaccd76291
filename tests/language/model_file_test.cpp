// A damaged model is a clean error, wherever the damage is.
#include <gtest/gtest.h>

#include "language/model.h"
#include "language/tiny_model.h"

namespace avstand::language {
namespace {

using testing::model_bytes;
using testing::ScratchFile;
using testing::TinyModel;

/// Opens the bytes; they must be refused with a kModel error that names the file.
void expect_refused(const ScratchFile& file, const std::string& bytes, const std::string& what) {
  file.write(bytes);
  const auto model = Model::open(file.path());
  ASSERT_FALSE(model) << what;
  EXPECT_EQ(model.error().code, ErrorCode::kModel) << what;
  EXPECT_EQ(model.error().file, file.path()) << what;
}

TEST(ModelFile, OpensWhatIsWhole) {
  const TinyModel tiny;
  const std::string bytes = tiny.bytes();
  const ScratchFile file(bytes);
  const auto model = Model::open(file.path());
  ASSERT_TRUE(model) << model.error().to_string();
  EXPECT_EQ((*model)->languages(), (std::vector{LanguageCode("nb"), LanguageCode("nn")}));
  EXPECT_EQ((*model)->digest(), sha256(std::string_view(bytes).substr(128)));
}

TEST(ModelFile, RefusesEveryFlippedByte) {
  const std::string bytes = TinyModel().bytes();
  const ScratchFile file(bytes);
  const size_t table_end = 128 + 32 * TinyModel().sections.size();
  for (size_t i = 0; i < bytes.size(); i += i < table_end ? 1 : 61) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ (1 << i % 8));
    expect_refused(file, damaged, "byte " + std::to_string(i));
  }
}

TEST(ModelFile, RefusesEveryCut) {
  const std::string bytes = TinyModel().bytes();
  const ScratchFile file(bytes);
  for (size_t size = 0; size < bytes.size(); size += size < 200 ? 1 : 997)
    expect_refused(file, bytes.substr(0, size), "size " + std::to_string(size));
  expect_refused(file, bytes + '\0', "one byte more");
}

TEST(ModelFile, NamesAnotherVersion) {
  const ScratchFile file("");
  file.write(model_bytes(TinyModel().sections, 2));
  const auto model = Model::open(file.path());
  ASSERT_FALSE(model);
  EXPECT_NE(model.error().to_string().find("format 2"), std::string::npos);
}

TEST(ModelFile, RefusesSectionsThatDoNotFit) {
  const TinyModel tiny;
  const ScratchFile file("");
  for (const auto& [name, data] : tiny.sections) {
    auto sections = tiny.sections;
    sections.erase(name);
    expect_refused(file, model_bytes(sections), name + " missing");
    sections[name] = data + "x";
    expect_refused(file, model_bytes(sections), name + " longer");
    sections[name] = name == "languages" ? data.substr(0, 2) : data.substr(1);
    expect_refused(file, model_bytes(sections), name + " shorter");
  }
}

TEST(ModelFile, RefusesValuesThatMakeNoSense) {
  const TinyModel tiny;
  const ScratchFile file("");
  const auto with = [&](const std::string& name, const std::string& data) {
    auto sections = tiny.sections;
    sections[name] = data;
    return model_bytes(sections);
  };
  std::string nan = tiny.sections.at("tag.w");
  nan.replace(8, 4, std::string("\x00\x00\xc0\x7f", 4));
  expect_refused(file, with("tag.w", nan), "not a number");
  expect_refused(file, with("rules", "l|0|\nl|x|e\nk|0|\n"), "rule");
  expect_refused(file, with("rels", "root\nnsubj\nobl\nnobody\n"), "relation");
  expect_refused(file, with("names", "O\nB-PER\nI-PER\nB-ORG\nX-ORG\n"), "name");
  std::string odd = tiny.sections.at("config");
  odd[4] = 63;  // rows: no power of two
  expect_refused(file, with("config", odd), "rows");
  std::string order = tiny.sections.at("vector.hash");
  std::rotate(order.begin(), order.begin() + 8, order.end());
  expect_refused(file, with("vector.hash", order), "order");
  auto sections = tiny.sections;
  sections["lemma.gain"] = std::string(8, '\0');
  sections["lemma.hash"] = std::string("\2\0\0\0\1\0\0\0", 8);
  expect_refused(file, model_bytes(sections), "order");
  sections["lemma.hash"] = std::string("\1\0\0\0\2\0", 6);
  expect_refused(file, model_bytes(sections), "size");
  sections["lemma.hash"] = "";
  sections["lemma.gain"] = std::string(4, '\0');
  expect_refused(file, model_bytes(sections), "size");
}

TEST(ModelFile, NoFileIsNoCrash) { EXPECT_FALSE(Model::open("/nonexistent/a.model")); }

}  // namespace
}  // namespace avstand::language
