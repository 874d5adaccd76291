#include "ingest/page_pictures.h"

#include <algorithm>
#include <set>

#include "ingest/page_metadata.h"
#include "ingest/picture_article.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

constexpr uint32_t kMostSteps = 8;       // up from a caption
constexpr size_t kMostAddresses = 16;    // of one picture
constexpr size_t kMostLookedAt = 1'000;  // for pictures without a caption
constexpr size_t kMostBare = 20;         // pictures without a caption
constexpr size_t kMostHeldInPage = 100;  // pictures that a page holds and that are read
constexpr size_t kLongestAddress = 4'096;
constexpr uint32_t kPlaceholder = 64;  // pixels; what scripts replace is smaller

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool is_data(std::string_view url) { return url.starts_with("data:") || url.starts_with("DATA:"); }

/// The addresses of a srcset: "a.jpg 1x, b.jpg 640w". A comma inside an address has no space behind
/// it (HTML, 4.8.4.2.1).
template <typename Take>
void for_each_candidate(std::string_view srcset, Take take) {
  for (size_t at = 0; at < srcset.size();) {
    while (at < srcset.size() && (is_space(srcset[at]) || srcset[at] == ',')) ++at;
    size_t end = at;
    while (end < srcset.size() && !is_space(srcset[end])) ++end;
    std::string_view url = srcset.substr(at, end - at);
    const bool ends_here = url.ends_with(',');
    while (url.ends_with(',')) url.remove_suffix(1);
    if (!url.empty()) take(url);
    at = ends_here ? end : std::min(srcset.find(',', end), srcset.size());
  }
}

class PictureFinder {
 public:
  PictureFinder(const HtmlTree& tree, const std::vector<PageCaption>& captions,
                std::string_view base, const Options& options, const Deadline& deadline)
      : tree_(tree), base_(base), options_(options), deadline_(deadline) {
    for (const PageCaption& caption : captions) captions_.push_back(caption.node);
    std::sort(captions_.begin(), captions_.end());
    for (uint32_t i = 0; i < tree.size(); ++i)
      if (tree[i].tag == Tag::kImg) pictures_.push_back(i);
  }

  std::optional<ArticlePicture> of(const PageCaption& caption) {
    const auto node = picture_near(caption.node);
    if (!node) return std::nullopt;
    taken_.insert(*node);
    return made_of(*node, caption.block);
  }

  /// The pictures between two nodes that no caption has taken, at most kMostBare.
  std::vector<ArticlePicture> others(uint32_t first, uint32_t last) {
    std::vector<ArticlePicture> out;
    const auto [count, nodes] = inside(pictures_, first, last);
    for (size_t i = 0; i < count && i < kMostLookedAt && out.size() < kMostBare; ++i) {
      if (taken_.contains(nodes[i]) || leads_elsewhere(nodes[i])) continue;
      if (auto picture = made_of(nodes[i], std::nullopt)) out.push_back(std::move(*picture));
    }
    return out;
  }

 private:
  std::optional<ArticlePicture> made_of(uint32_t node, std::optional<uint32_t> block) {
    ArticlePicture out{.block = block};
    take_addresses(node, out);
    if (out.urls.empty() && !out.file) return std::nullopt;
    return out;
  }

  /// Whether it is the picture of a teaser: in a link to anything but a picture, or beside the
  /// article.
  bool leads_elsewhere(uint32_t node) const {
    for (uint32_t up = tree_[node].parent; up != 0; up = tree_[up].parent) {
      const Tag tag = tree_[up].tag;
      if (tag == Tag::kAside || tag == Tag::kNav || tag == Tag::kFooter) return true;
      if (tag != Tag::kA) continue;
      const std::string_view href = tree_.attribute(up, "href").value_or(std::string_view());
      const std::string path = lower_case(href.substr(0, href.find_first_of("?#")));
      const bool to_picture = path.empty() || path.ends_with(".jpg") || path.ends_with(".jpeg") ||
                              path.ends_with(".png") || path.ends_with(".webp");
      if (!to_picture) return true;
    }
    return false;
  }

  /// How many of the sorted nodes stand in a subtree, and the first of them.
  static std::pair<size_t, const uint32_t*> inside(const std::vector<uint32_t>& nodes,
                                                   uint32_t begin, uint32_t end) {
    const auto from = std::lower_bound(nodes.begin(), nodes.end(), begin);
    const auto to = std::lower_bound(from, nodes.end(), end);
    return {static_cast<size_t>(to - from), nodes.data() + (from - nodes.begin())};
  }

  std::optional<uint32_t> picture_near(uint32_t caption) const {
    uint32_t around = caption;
    for (uint32_t step = 0; step < kMostSteps && around != 0; ++step) {
      around = tree_[around].parent;
      if (inside(captions_, around, tree_[around].end).first > 1) return std::nullopt;
      const auto [count, first] = inside(pictures_, around, tree_[around].end);
      if (count == 0) continue;
      const uint32_t* const behind = std::lower_bound(first, first + count, caption);
      return behind == first ? *first : behind[-1];
    }
    return std::nullopt;
  }

  void take_addresses(uint32_t node, ArticlePicture& out) {
    for (const std::string_view name : {"src", "data-src", "data-original"})
      if (const auto url = tree_.attribute(node, name)) take(*url, out);
    take_srcset(node, out);
    const uint32_t parent = tree_[node].parent;
    if (tree_[parent].tag != Tag::kPicture) return;
    for (uint32_t i = parent + 1; i < tree_[parent].end; ++i)
      if (tree_[i].tag == Tag::kSource) take_srcset(i, out);
  }

  void take_srcset(uint32_t node, ArticlePicture& out) {
    for (const std::string_view name : {"srcset", "data-srcset"})
      if (const auto srcset = tree_.attribute(node, name))
        for_each_candidate(*srcset, [&](std::string_view url) { take(url, out); });
  }

  void take(std::string_view url, ArticlePicture& out) {
    while (!url.empty() && is_space(url.front())) url.remove_prefix(1);
    while (!url.empty() && is_space(url.back())) url.remove_suffix(1);
    if (is_data(url)) return take_data(url, out);
    if (out.urls.size() >= kMostAddresses) return;
    std::string address = page_address(url, base_);
    if (!address.empty() && std::find(out.urls.begin(), out.urls.end(), address) == out.urls.end())
      out.urls.push_back(std::move(address));
  }

  void take_data(std::string_view url, ArticlePicture& out) {
    if (out.file || read_ >= kMostHeldInPage || deadline_.passed()) return;
    ++read_;
    const auto bytes = picture::data_url_bytes(url, options_.limits.max_picture_bytes);
    if (!bytes) return;
    auto file = picture::read_picture(*bytes, picture_options(options_.limits, deadline_));
    if (!file || file->width < kPlaceholder || file->height < kPlaceholder) return;
    out.file = std::move(*file);
    out.name = "data:";
  }

  const HtmlTree& tree_;
  std::string_view base_;
  const Options& options_;
  const Deadline& deadline_;
  std::vector<uint32_t> captions_, pictures_;  // nodes, sorted
  std::set<uint32_t> taken_;                   // by captions
  size_t read_ = 0;
};

/// "https://a.example/b/" of "https://a.example/b/c?d".
std::string_view folder_of(std::string_view base) {
  base = base.substr(0, base.find_first_of("?#"));
  const size_t scheme = base.find("://");
  if (scheme == std::string_view::npos) return {};
  const size_t slash = base.rfind('/');
  return slash < scheme + 3 ? base : base.substr(0, slash + 1);
}

}  // namespace

std::string page_address(std::string_view url, std::string_view base) {
  url = url.substr(0, url.find('#'));
  if (url.empty() || url.size() > kLongestAddress) return {};
  std::string whole = absolute_url(url, base);
  const bool has_scheme = url.find(':') < url.find_first_of("/?");
  if (!whole.empty() || has_scheme) return whole;
  std::string folder(folder_of(base));
  if (folder.empty()) return {};
  const size_t host = folder.find("://") + 3;
  if (!folder.ends_with('/')) folder += '/';
  while (url.starts_with("./") || url.starts_with("../")) {
    if (url.starts_with("../")) {
      const size_t slash = folder.rfind('/', folder.size() - 2);
      if (slash != std::string::npos && slash > host) folder.resize(slash + 1);
    }
    url.remove_prefix(url.find('/') + 1);
  }
  return folder.append(url);
}

std::vector<ArticlePicture> page_pictures(const HtmlTree& tree, const ArticlePlace& article,
                                          std::string_view base, const Options& options,
                                          const Deadline& deadline) {
  std::vector<ArticlePicture> out;
  PictureFinder finder(tree, article.captions, base, options, deadline);
  for (const PageCaption& caption : article.captions)
    if (auto picture = finder.of(caption)) out.push_back(std::move(*picture));
  for (ArticlePicture& picture : finder.others(article.first, article.last))
    out.push_back(std::move(picture));
  return out;
}

}  // namespace avstand::ingest
