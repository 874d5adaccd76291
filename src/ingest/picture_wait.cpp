#include "ingest/picture_wait.h"

#include <algorithm>

#include "ingest/picture_article.h"

namespace avstand::ingest {

void PictureWait::add(Item item) {
  const uint64_t number = first_ + queue_.size();
  Waiting waiting{.since = records_};
  if (item.article) take_kept(item);
  if (item.article) {
    bytes_ += item.article->text.size();
    const auto& pictures = item.article->pictures;
    for (size_t i = 0; i < pictures.size(); ++i) {
      if (pictures[i].file || pictures[i].urls.empty()) continue;
      ++waiting.missing;
      for (const std::string& url : pictures[i].urls) wanted_[url].push_back({number, i});
    }
  }
  waiting.item = std::move(item);
  queue_.push_back(std::move(waiting));
  hand_on_ready();
}

void PictureWait::take_kept(Item& item) const {
  const Deadline deadline(options_.limits.max_seconds, item.seconds);
  for (ArticlePicture& picture : item.article->pictures) {
    for (size_t i = 0; i < picture.urls.size() && !picture.file && !deadline.passed(); ++i) {
      picture.file = kept_file(picture.urls[i], deadline);
      if (picture.file) picture.name = picture.urls[i];
    }
  }
  item.seconds = deadline.spent();
  Status in_time = deadline.check("reading its pictures");
  if (in_time) return;
  item.error = at_article(std::move(in_time).error(), *item.article, item.article->id);
  item.article.reset();
}

/// The last that came with that address.
std::optional<PictureFile> PictureWait::kept_file(const std::string& url,
                                                  const Deadline& deadline) const {
  const auto kept =
      std::find_if(kept_.rbegin(), kept_.rend(), [&](const Kept& k) { return k.url == url; });
  if (kept == kept_.rend()) return std::nullopt;
  auto file = picture::read_picture(kept->bytes, picture_options(options_.limits, deadline));
  return file ? std::optional(std::move(*file)) : std::nullopt;
}

void PictureWait::keep(const std::string& url, std::string bytes) {
  if (url.empty() || bytes.size() > kLargestKept || !picture::is_picture(bytes)) return;
  kept_bytes_ += bytes.size();
  kept_.push_back({bare(url), std::move(bytes)});
  for (; kept_bytes_ > kMostKept; kept_.pop_front()) kept_bytes_ -= kept_.front().bytes.size();
}

bool PictureWait::take(const std::string& url, std::string_view bytes, const Deadline& deadline) {
  const auto found = wanted_.find(bare(url));
  if (found == wanted_.end()) return false;
  const auto file = picture::read_picture(bytes, picture_options(options_.limits, deadline));
  if (!file) return false;
  for (const Want& want : std::vector(found->second)) {
    ArticlePicture& picture = at(want.number).item.article->pictures[want.picture];
    picture.file = *file;
    picture.name = url;
    --at(want.number).missing;
    forget(want.number, want.picture);
  }
  hand_on_ready();
  return true;
}

void PictureWait::record_passed() {
  ++records_;
  hand_on_ready();
}

void PictureWait::hand_on_all() {
  while (!queue_.empty()) hand_on();
}

bool PictureWait::must_go() const {
  return queue_.front().missing == 0 || queue_.size() > kMostItems || bytes_ > kMostBytes ||
         records_ - queue_.front().since > kMostRecords;
}

void PictureWait::hand_on_ready() {
  while (!queue_.empty() && must_go()) hand_on();
}

void PictureWait::hand_on() {
  Waiting& front = queue_.front();
  if (front.item.article) {
    bytes_ -= front.item.article->text.size();
    for (size_t i = 0; i < front.item.article->pictures.size(); ++i) forget(first_, i);
  }
  Item item = std::move(front.item);
  queue_.pop_front();
  ++first_;
  emit_(std::move(item));
}

/// Takes a picture off the list of what is wanted.
void PictureWait::forget(uint64_t number, size_t picture) {
  for (const std::string& url : at(number).item.article->pictures[picture].urls) {
    const auto found = wanted_.find(url);
    if (found == wanted_.end()) continue;
    std::erase_if(found->second,
                  [&](const Want& w) { return w.number == number && w.picture == picture; });
    if (found->second.empty()) wanted_.erase(found);
  }
}

}  // namespace avstand::ingest
