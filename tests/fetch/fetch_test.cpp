// Fetching, from a server of our own on loopback: no outside network is needed.
#include "fetch/fetch.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <atomic>
#include <thread>

#include "fetch/public_address.h"
#include "serve/server.h"

namespace avstand::fetch {
namespace {

/// As it comes out of the resolver; the port is 443.
sockaddr_storage address_of(const std::string& text) {
  sockaddr_storage out{};
  auto& v6 = reinterpret_cast<sockaddr_in6&>(out);
  auto& v4 = reinterpret_cast<sockaddr_in&>(out);
  if (inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(443);
  } else {
    EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &v4.sin_addr), 1) << text;
    v4.sin_family = AF_INET;
    v4.sin_port = htons(443);
  }
  return out;
}

bool is_public(const std::string& text) {
  const sockaddr_storage address = address_of(text);
  return fetch::is_public(reinterpret_cast<const sockaddr&>(address));
}

TEST(PublicAddress, RefusesWhatIsNotThePublicInternet) {
  for (const char* text : {"0.0.0.0",
                           "10.0.0.1",
                           "10.255.255.255",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.254",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.8",
                           "192.0.2.1",
                           "192.168.1.1",
                           "198.18.0.1",
                           "198.19.255.255",
                           "198.51.100.7",
                           "203.0.113.9",
                           "224.0.0.1",
                           "239.255.255.250",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:127.0.0.1",
                           "::ffff:8.8.8.8",
                           "::8.8.8.8",
                           "64:ff9b::7f00:1",
                           "64:ff9b:1::1",
                           "fc00::1",
                           "fdff::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1",
                           "2001::1",
                           "2001:db8::1",
                           "2001:10::1",
                           "2002:7f00:1::1",
                           "3fff::1",
                           "fd00:ec2::254",
                           "4000::1"})
    EXPECT_FALSE(is_public(text)) << text;
}

TEST(PublicAddress, LetsTheOthersThrough) {
  for (const char* text :
       {"1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "128.0.0.1",
        "169.253.255.255", "172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1",
        "198.17.255.255", "198.20.0.1", "223.255.255.255", "2a00:1450::1", "2606:4700::1111",
        "2001:4860:4860::8888", "2003::1", "3ffe::1"})
    EXPECT_TRUE(is_public(text)) << text;
}

TEST(PublicAddress, OnlyThePortsOfTheWeb) {
  sockaddr_storage address = address_of("1.1.1.1");
  EXPECT_TRUE(is_public_web(reinterpret_cast<const sockaddr&>(address)));
  reinterpret_cast<sockaddr_in&>(address).sin_port = htons(22);
  EXPECT_FALSE(is_public_web(reinterpret_cast<const sockaddr&>(address)));
}

/// A web server on loopback, and options that may connect to it and to nothing else.
class Fetch : public testing::Test {
 protected:
  void SetUp() override {
    auto listening = serve::Server::listen(
        {.port = 0}, [this](const serve::Request& r) { return answer(r); }, [](const auto&) {});
    ASSERT_TRUE(listening) << listening.error().to_string();
    server_ = std::make_unique<serve::Server>(std::move(*listening));
    runs_ = std::thread([this] { server_->run(); });
    options_.may_connect = [this](const sockaddr& a) {
      ++connections_;
      return ntohs(reinterpret_cast<const sockaddr_in&>(a).sin_port) == server_->port();
    };
  }
  void TearDown() override {
    server_->stop();
    runs_.join();
  }
  serve::Response answer(const serve::Request& request) {
    const auto redirect = [](const std::string& to) {
      return serve::Response{.status = 302, .headers = {{"Location", to}}};
    };
    if (request.path == "/page")
      return {.type = "Text/HTML; charset=\"ISO-8859-1\"", .body = "<p>Br\xf8"};
    if (request.path == "/moved") return redirect("/page");
    if (request.path == "/round") return redirect("/round");
    if (request.path == "/inside") return redirect("http://127.0.0.1:1/latest/meta-data");
    if (request.path == "/file") return redirect("file:///etc/passwd");
    if (request.path == "/large") return {.body = std::string(50'000, 'x')};
    if (request.path == "/slow") std::this_thread::sleep_for(std::chrono::seconds(2));
    return serve::error_response(404, "nothing here");
  }
  Result<Page> get(const std::string& path) { return fetch::get(at(path), options_); }
  std::string at(const std::string& path) {
    return "http://localhost:" + std::to_string(server_->port()) + path;
  }
  void fails(const std::string& path, ErrorCode code, const std::string& words) {
    const auto page = get(path);
    ASSERT_FALSE(page) << path;
    EXPECT_EQ(page.error().code, code) << path;
    EXPECT_NE(page.error().message.find(words), std::string::npos) << page.error().message;
  }

  Options options_{.max_bytes = 20'000, .max_seconds = 1};
  std::atomic<int> connections_ = 0;
  std::unique_ptr<serve::Server> server_;
  std::thread runs_;
};

TEST_F(Fetch, GivesThePageWhereItIsInTheEnd) {
  const auto page = get("/moved");
  ASSERT_TRUE(page) << page.error().to_string();
  EXPECT_EQ(page->url, at("/page"));
  EXPECT_EQ(page->type, "text/html");
  EXPECT_EQ(page->charset, "ISO-8859-1");
  EXPECT_EQ(page->body, "<p>Br\xf8");
}

TEST_F(Fetch, LooksAtEachAddressAgain) {
  fails("/inside", ErrorCode::kUsage, "public web");
  EXPECT_GE(connections_, 2);
}

TEST_F(Fetch, LoopbackIsNotThePublicWeb) {
  options_.may_connect = is_public_web;
  fails("/page", ErrorCode::kUsage, "public web");
}

TEST_F(Fetch, OnlyTheWeb) {
  fails("/file", ErrorCode::kUsage, "no address");
  for (const char* url : {"file:///etc/passwd", "ftp://localhost/", "gopher://localhost/_x",
                          "dict://localhost:11211/stat", "", "http://", "no address"}) {
    const auto page = fetch::get(url, options_);
    ASSERT_FALSE(page) << url;
    EXPECT_NE(page.error().code, ErrorCode::kLimit) << url;
  }
  EXPECT_FALSE(fetch::get(
      "http://user:secret@localhost:" + std::to_string(server_->port()) + "/page", options_));
}

TEST_F(Fetch, TellsWhatIsOverALimit) {
  fails("/large", ErrorCode::kLimit, "larger");
  fails("/slow", ErrorCode::kLimit, "within 1 seconds");
  fails("/round", ErrorCode::kLimit, "too often");
  fails("/none", ErrorCode::kIo, "404");
}

TEST_F(Fetch, AsksNoProxyOfTheEnvironment) {
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  const auto page = get("/page");
  unsetenv("http_proxy");
  EXPECT_TRUE(page);
}

}  // namespace
}  // namespace avstand::fetch
