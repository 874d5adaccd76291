// Responses of HTTP in records.
#include <gtest/gtest.h>

#include "archive/record.h"
#include "support/make_archive.h"

namespace avstand::archive {
namespace {

TEST(HttpHead, StatusTypeAndCodings) {
  const std::string block =
      "HTTP/1.1 404 Not Found\r\ncontent-TYPE: Text/HTML; Charset=\"ISO-8859-1\"\r\n"
      "Transfer-Encoding: Chunked\r\nContent-Encoding: GZIP, br\r\n\r\nbody";
  const auto head = parse_http_head(block);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 404);
  EXPECT_EQ(head->content_type, "text/html");
  EXPECT_EQ(head->charset, "iso-8859-1");
  EXPECT_EQ(head->transfer_encoding, "chunked");
  EXPECT_EQ(head->content_encoding, "gzip, br");
  EXPECT_EQ(block.substr(head->size), "body");
}

TEST(HttpHead, WhatIsNone) {
  EXPECT_FALSE(parse_http_head("<html>"));
  EXPECT_FALSE(parse_http_head("HTTP/1.1"));
  EXPECT_FALSE(parse_http_head("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"));
  EXPECT_EQ(parse_http_head("HTTP/1.1 OK\n\n")->status, 0);
}

TEST(Chunks, ArePutTogether) {
  bool cut = true;
  EXPECT_EQ(dechunk("4\r\nabcd\r\n2;name=x\r\nef\r\n0\r\n\r\n", cut), "abcdef");
  EXPECT_FALSE(cut);
  const std::string plain = make::page("Nesvik");
  EXPECT_EQ(dechunk(make::chunked(plain, 100), cut), plain);
  EXPECT_FALSE(cut);
}

TEST(Chunks, CutShortAndNone) {
  bool cut = false;
  EXPECT_EQ(dechunk("4\r\nabcd\r\n5\r\nef", cut), "abcdef");
  EXPECT_TRUE(cut);
  EXPECT_EQ(dechunk("4\r\nabcd\r\n", cut), "abcd");
  EXPECT_TRUE(cut);
  EXPECT_EQ(dechunk("FFFFFFFFFFFFFFFF\r\nab", cut), "ab");
  EXPECT_TRUE(cut);
  EXPECT_FALSE(dechunk("<html>no chunks</html>", cut));
  EXPECT_FALSE(dechunk("", cut));
}

}  // namespace
}  // namespace avstand::archive
