#include "store/archive_impl.h"
#include "text/span.h"

namespace avstand::store {
namespace {

constexpr const char* kColumns =
    "digest, begin, \"end\", what, field, value, was, note, author, time";

Correction correction_of(const Query& q) {
  return {.digest = std::string(q.text(0)),
          .begin = q.integer(1),
          .end = q.integer(2),
          .what = std::string(q.text(3)),
          .field = std::string(q.text(4)),
          .value = std::string(q.text(5)),
          .was = std::string(q.text(6)),
          .note = std::string(q.text(7)),
          .author = std::string(q.text(8)),
          .time = std::string(q.text(9))};
}

/// NULL where nothing was said.
std::optional<std::string> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

Result<bool> Archive::Impl::keep(const Correction& c) {
  AVSTAND_CHECK(store::check(c));
  AVSTAND_TRY(known,
              database.prepare("SELECT article, number FROM versions WHERE digest = ?1 LIMIT 1"));
  AVSTAND_TRY(is_known, known.bind(1, c.digest).step());
  if (!is_known)
    return Error{.code = ErrorCode::kInput, .message = "no article of the archive has that text"};
  AVSTAND_TRY(json, ledger(known.integer(0), known.integer(1)));
  AVSTAND_TRY(rows, rows_of(json));
  if (c.end > CodePointIndex(rows.text).size())
    return Error{.code = ErrorCode::kInput, .message = "'span' is outside of the text"};
  AVSTAND_TRY(insert,
              database.prepare(std::string("INSERT OR IGNORE INTO corrections (") + kColumns +
                               ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"));
  insert.bind(1, c.digest).bind(2, c.begin).bind(3, c.end).bind(4, c.what).bind(5, c.field);
  insert.bind(6, c.value).bind(9, c.author).bind(10, c.time);
  insert.bind(7, given(c.was)).bind(8, given(c.note));
  AVSTAND_CHECK(insert.run());
  AVSTAND_TRY(changes, database.prepare("SELECT changes()"));
  AVSTAND_TRY(row, changes.step());
  return row && changes.integer(0) > 0;
}

Result<bool> Archive::correct(const Correction& correction) {
  AVSTAND_CHECK(impl_->begin());
  auto kept = impl_->keep(correction);
  AVSTAND_CHECK(impl_->commit());
  return kept;
}

Result<std::vector<Correction>> Archive::corrections(const std::string& digest) {
  std::vector<Correction> out;
  if (impl_->schema < kSchemaOfCorrections) return out;
  AVSTAND_TRY(query, impl_->database.prepare(std::string("SELECT ") + kColumns +
                                             " FROM corrections WHERE digest = ?1 ORDER BY time, "
                                             "begin, \"end\", what, field, author, value"));
  query.bind(1, digest);
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) return out;
    out.push_back(correction_of(query));
  }
}

}  // namespace avstand::store
