// Version 3 of the schema: stories as rows, and what they are kept up to date with. Internal to
// store/.
#pragma once

namespace avstand::store {

// All of it is made of `articles.features`; only `watches` and `watched` are a person's own. A
// story has the number of its first article, which with `document` tells it apart. `claims`,
// `mentions` and the rest go with their story (ON DELETE CASCADE).
inline constexpr const char* kStoryTables[] = {
    R"(CREATE TABLE stories (
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL,
  title TEXT,
  begins TEXT,
  ends TEXT,
  articles INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  independent_origins INTEGER NOT NULL,
  claims INTEGER NOT NULL
))",
    R"(CREATE TABLE story_articles (
  article INTEGER PRIMARY KEY,
  story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  place INTEGER NOT NULL
))",
    R"(CREATE TABLE claims (
  story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  text TEXT NOT NULL,
  status TEXT NOT NULL,
  articles INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  families INTEGER NOT NULL,
  independent_origins INTEGER NOT NULL,
  unknown_origins INTEGER NOT NULL,
  origins TEXT,
  conflicts_with TEXT,
  updates TEXT,
  first_seen TEXT,
  PRIMARY KEY (story, number)
) WITHOUT ROWID)",
    R"(CREATE TABLE claim_origins (
  story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  claim TEXT NOT NULL,
  name TEXT NOT NULL,
  known INTEGER NOT NULL,
  PRIMARY KEY (story, claim, name)
) WITHOUT ROWID)",
    R"(CREATE TABLE mentions (
  story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  claim TEXT NOT NULL,
  place INTEGER NOT NULL,
  article INTEGER NOT NULL,
  begin INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  statement TEXT,
  speaker TEXT,
  stance TEXT NOT NULL,
  origin TEXT,
  chain TEXT,
  resolved_chain TEXT,
  PRIMARY KEY (story, claim, place)
) WITHOUT ROWID)",
    R"(CREATE TABLE copies (
  story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  article INTEGER NOT NULL,
  "of" INTEGER NOT NULL,
  kind TEXT NOT NULL,
  credited INTEGER NOT NULL,
  passages INTEGER NOT NULL,
  PRIMARY KEY (story, article, "of")
) WITHOUT ROWID)",
    R"(CREATE TABLE timeline (
  story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  time TEXT NOT NULL,
  claim TEXT NOT NULL,
  status TEXT NOT NULL,
  PRIMARY KEY (story, place)
) WITHOUT ROWID)",
    R"(CREATE TABLE rings (
  story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  ring INTEGER NOT NULL,
  place INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (story, ring, place)
) WITHOUT ROWID)",
    R"(CREATE TABLE story_pictures (
  story INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  picture INTEGER NOT NULL,
  article INTEGER NOT NULL,
  origin TEXT,
  handout INTEGER NOT NULL,
  credited INTEGER NOT NULL,
  PRIMARY KEY (story, picture, article)
) WITHOUT ROWID)",
    // Articles to look at again. What article is looked up by: a few of its rare words, by the week
    // that it is of, so that those of one time lie together. And which articles tell of one
    // happening, in both directions: a story is what hangs together by these.
    "CREATE TABLE story_pending (article INTEGER PRIMARY KEY)",
    R"(CREATE TABLE story_keys (
  week INTEGER NOT NULL,
  key INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (week, key, article)
) WITHOUT ROWID)",
    ("CREATE TABLE story_key_lists (article INTEGER PRIMARY KEY, week INTEGER NOT NULL, keys BLOB "
     "NOT NULL)"),
    R"(CREATE TABLE story_links (
  article INTEGER NOT NULL,
  other INTEGER NOT NULL,
  PRIMARY KEY (article, other)
) WITHOUT ROWID)",
    R"(CREATE TABLE watches (
  id INTEGER PRIMARY KEY,
  origin TEXT
))",
    R"(CREATE TABLE watched (
  watch INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  article INTEGER NOT NULL,
  begin INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  independent_origins INTEGER NOT NULL,
  retracted INTEGER NOT NULL,
  PRIMARY KEY (watch, number, place)
) WITHOUT ROWID)",
    "CREATE INDEX story_articles_by_story ON story_articles (story, place)",
    "CREATE INDEX stories_by_document ON stories (document)",
    "CREATE INDEX stories_by_time ON stories (begins, document)",
    "CREATE INDEX claim_origins_by_name ON claim_origins (name COLLATE NOCASE)",
    R"(CREATE VIEW single_origin_claims AS
  SELECT c.story, c.id AS claim, c.text, c.origins AS origin, c.articles, c.outlets, c.families,
         c.status, c.first_seen
  FROM claims c WHERE c.independent_origins = 1 AND c.unknown_origins = 0 AND c.articles > 1)",
    R"(CREATE VIEW told AS
  SELECT m.story, m.claim, c.text AS claim_text, c.status, a.published, a.outlet, a.title,
         substr(a.text, m.begin + 1, m."end" - m.begin) AS words, m.speaker, m.stance, m.origin,
         m.chain, m.resolved_chain, m.article
  FROM mentions m JOIN claims c ON c.story = m.story AND c.id = m.claim
  JOIN articles a ON a.id = m.article)",
    // Those of an older archive have not been looked at yet.
    "INSERT INTO story_pending SELECT id FROM articles",
};

}  // namespace avstand::store
