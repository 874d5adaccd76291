#include "serve/http.h"

#include <gtest/gtest.h>

#include "serve/guard.h"
#include "serve/router.h"

namespace avstand::serve {
namespace {

TEST(PercentDecode, ReadsEscapesAndRefusesBrokenOnes) {
  EXPECT_EQ(percent_decode("a%20b+c", false), "a b+c");
  EXPECT_EQ(percent_decode("a%20b+c", true), "a b c");
  EXPECT_EQ(percent_decode("%C3%a5", false), "å");
  for (const char* broken : {"%", "%4", "%zz", "a%0", "%00"}) {
    EXPECT_EQ(percent_decode(broken, false), std::nullopt) << broken;
  }
}

TEST(Urlencoded, KeepsOrderAndEmptyValues) {
  const auto fields = parse_urlencoded("outlet=Fjord+%26+Fjell&x=&&flag&outlet=to");
  ASSERT_TRUE(fields);
  const Fields expected = {{"outlet", "Fjord & Fjell"}, {"x", ""}, {"flag", ""}, {"outlet", "to"}};
  EXPECT_EQ(*fields, expected);
  EXPECT_EQ(*find(*fields, "outlet"), "Fjord & Fjell");
  EXPECT_EQ(find(*fields, "none"), nullptr);
  EXPECT_FALSE(parse_urlencoded("a=%"));
}

constexpr std::string_view kType = "multipart/form-data; boundary=b1";

std::string multipart(std::string_view disposition, std::string_view body) {
  std::string out = "--b1\r\nContent-Disposition: ";
  out += disposition;
  out += "\r\nContent-Type: text/plain\r\n\r\n";
  out += body;
  return out + "\r\n--b1--\r\n";
}

TEST(Multipart, ReadsFieldsAndFiles) {
  const std::string body =
      "--b1\r\ncontent-disposition: form-data; name=text\r\n\r\nline\r\n\r\n--b2 is text\r\n"
      "--b1\r\nContent-Disposition: form-data; name=\"file\"; "
      "filename=\"C:\\x\\a;b.txt\"\r\n\r\n\r\n"
      "--b1--\r\n";
  const auto parts = parse_multipart(body, kType);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2U);
  EXPECT_EQ((*parts)[0].name, "text");
  EXPECT_EQ((*parts)[0].body, "line\r\n\r\n--b2 is text");
  EXPECT_EQ((*parts)[1].file_name, "a;b.txt");
  EXPECT_EQ((*parts)[1].body, "");
}

TEST(Multipart, QuotedBoundaryAndPreamble) {
  const auto parts = parse_multipart("preamble\r\n" + multipart("form-data; name=\"a\"", "1"),
                                     "multipart/form-data; charset=x; boundary=\"b1\"");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->front().body, "1");
}

TEST(Multipart, RefusesWhatIsBroken) {
  const std::string good = multipart("form-data; name=\"a\"", "1");
  EXPECT_FALSE(parse_multipart(good, "multipart/form-data"));
  EXPECT_FALSE(parse_multipart(good, "multipart/form-data; boundary="));
  EXPECT_FALSE(parse_multipart(good, "multipart/form-data; boundary=other"));
  EXPECT_FALSE(parse_multipart(multipart("form-data", "1"), kType));
  EXPECT_FALSE(parse_multipart(multipart("form-data; name=\"a", "1"), kType));
  // A closing boundary that is missing means that the body did not arrive whole.
  for (size_t length = 0; length < good.size() - 4; ++length) {
    EXPECT_FALSE(parse_multipart(std::string_view(good).substr(0, length), kType)) << length;
  }
}

TEST(Multipart, HasAMostOfParts) {
  std::string body;
  for (int i = 0; i < 101; ++i)
    body += "--b1\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n";
  EXPECT_FALSE(parse_multipart(body + "--b1--\r\n", kType));
}

TEST(Request, TypesAndWhatIsAccepted) {
  const Request request{.headers = {{"content-type", "Text/Plain; charset=utf-8"},
                                    {"accept", "text/html;q=0.9, Text/Event-Stream , */*"}}};
  EXPECT_EQ(request.media_type(), "text/plain");
  EXPECT_TRUE(request.accepts("text/event-stream"));
  EXPECT_TRUE(request.accepts("text/html"));
  EXPECT_FALSE(request.accepts("application/json"));
  EXPECT_EQ(Request{}.media_type(), "");
}

TEST(Guard, AnswersOnlyForItsHosts) {
  const std::vector<std::string> hosts = {"localhost", "::1"};
  const auto status = [&](const char* host) {
    const auto refused = refuse({.method = "GET", .headers = {{"host", host}}}, hosts);
    return refused ? refused->status : 200U;
  };
  EXPECT_EQ(status("localhost:8700"), 200U);
  EXPECT_EQ(status("LocalHost"), 200U);
  EXPECT_EQ(status("[::1]:8700"), 200U);
  EXPECT_EQ(status("evil.example:8700"), 421U);
  EXPECT_EQ(status("localhost.evil.example"), 421U);
  EXPECT_EQ(status("[::1"), 421U);
  EXPECT_EQ(status(""), 421U);
}

TEST(Guard, RefusesPagesFromElsewhere) {
  const auto status = [](const char* method, const char* name, const char* value) {
    const Request request{.method = method, .headers = {{"host", "localhost:1"}, {name, value}}};
    const auto refused = refuse(request, {"localhost"});
    return refused ? refused->status : 200U;
  };
  EXPECT_EQ(status("POST", "origin", "http://localhost:1"), 200U);
  EXPECT_EQ(status("POST", "origin", "http://localhost:2"), 403U);
  EXPECT_EQ(status("POST", "origin", "http://evil.example"), 403U);
  EXPECT_EQ(status("POST", "origin", "null"), 403U);
  EXPECT_EQ(status("POST", "sec-fetch-site", "cross-site"), 403U);
  EXPECT_EQ(status("POST", "sec-fetch-site", "same-origin"), 200U);
  const Request own_form{.method = "POST",
                         .headers = {{"host", "localhost:1"},
                                     {"origin", "null"},  // of a page without a referrer
                                     {"sec-fetch-site", "same-origin"}}};
  EXPECT_FALSE(refuse(own_form, {"localhost"}));
  EXPECT_EQ(status("GET", "origin", "http://evil.example"), 200U);  // reads nothing, costs nothing
}

TEST(Router, MethodsAndPaths) {
  const auto answer = [](const Request&) { return Response{.body = "x"}; };
  const Router router({{"GET", "/a", answer}, {"POST", "/a", answer}, {"GET", "/b", answer}});
  EXPECT_EQ(router.handle({.method = "GET", .path = "/a"}).status, 200U);
  EXPECT_EQ(router.handle({.method = "HEAD", .path = "/b"}).status, 200U);
  EXPECT_EQ(router.handle({.method = "GET", .path = "/a/"}).status, 404U);
  const Response refused = router.handle({.method = "PUT", .path = "/a"});
  EXPECT_EQ(refused.status, 405U);
  EXPECT_EQ(*find(refused.headers, "Allow"), "GET, HEAD, POST");
}

TEST(ErrorResponse, IsJsonWhateverTheMessage) {
  EXPECT_EQ(error_response(400, "a \"b\"\n\xff", "do c").body,
            "{\"error\":{\"status\":400,\"message\":\"a \\\"b\\\"\\n\xEF\xBF\xBD\",\"hint\":\"do "
            "c\"}}\n");
}

}  // namespace
}  // namespace avstand::serve
