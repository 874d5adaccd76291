// Parts of telling chains (told_chains.cpp): who in a sentence tells it, and who only acts in it.
#pragma once

#include "story/scene.h"

namespace avstand::story {

/// "The union says 640, while the employers put it at 410": what one says ends where a clause
/// begins that sets somebody else against it.
bool is_contrasted(const Scene& scene, const ledger::Statement& s, const Passage& p);
/// Whether the clause begins with such a word and its subject is people or a body.
bool sets_others_against(const Scene& scene, const Passage& clause);
/// "Moss strips plastic", "Gullstrand agree terms": a headline begins with who acts; that is its
/// source only if the article has it as one, or knows it as a body.
void drop_mere_subject(const StoryArticle& article, Passage& p);
/// "Ifølge Havnelaget kom 410. – Resten er syke, sier Kari Bø.": who is named without a title
/// right after a body was the source speaks for it.
void speak_for_body_before(const Scene& scene, const ledger::Statement& s, Source& person,
                           uint32_t block);
/// The name that the source words give takes the place of what the ledger took them for.
void put_named(std::vector<Source>& chain, Source named);
/// "A accuses B, the Courier writes": the statement in what `outer` tells that most of the passage
/// is; null: none.
const ledger::Statement* told_within(const Scene& scene, const ledger::Statement& outer,
                                     const Passage& p);
/// Puts who tells it before the media that pass it on, in the place of nobody; whether it did.
bool put_within(std::vector<Source>& chain, const std::vector<Source>& within);
/// "Selskapet: Elleve evakuert": who is only described in a headline is the first body of that
/// kind that the text has its words from.
void name_the_described(const StoryArticle& article, Passage& p);
/// Whether a place in the passage stands in a clause that is a passage of its own.
bool is_in_clause(const StoryArticle& article, const Passage& p, uint32_t at);
/// "Bloggen får opplyst fra en innsidekilde": the outlet's own words on somebody it keeps
/// unnamed.
bool has_anonymous(const Scene& scene, const Passage& p);
/// "En ansatt forteller Skråblikk at": somebody without a name is the subject of the cue.
bool is_by_unnamed(const Scene& scene, const ledger::Statement& s);
/// "The deal that the minister went to sign has an annex, two officials have told the Post": the
/// outlet is told by somebody unnamed, far from the cue that was found.
bool tells_outlet(const Scene& scene, const StoryArticle& article, const Passage& p,
                  const ledger::Statement& s);
/// The media named in a sentence, the last one first: the origin and the hands after it.
std::vector<Source> row_of_media(const Scene& scene, Span span);
/// "Norway's refuse workers": whether the name that ends with the word is whose the subject is, not
/// who acts; and whether the entity is nothing else in an event.
bool is_owner(const Scene& scene, WordId last);
bool only_owns(const Scene& scene, uint32_t entity, Span event);
/// "Det skriver X, som viser til et papir": begins with a pronoun and its cue, and the ledger has
/// the words before it as what X tells.
bool tells_before(const Scene& scene, const Passage& p);
/// Who takes something back is the medium that the passage names first, else the outlet.
std::vector<Source> chain_of_retraction(const Scene& scene, const StoryArticle& article,
                                        const Passage& p);
/// The passage tells what the outlet's own people saw or did: it names the outlet as one who acts,
/// or says "we" outside quotes.
bool tells_own(const Scene& scene, const StoryArticle& article, const Passage& p);
/// "An hour later Kanal Norge met the pickets": the outlet is who does something.
bool outlet_acts(const Scene& scene, const StoryArticle& article, const Passage& p);

/// "The Courier wrote that … That is not right": what the outlet itself has carried, and a verdict
/// on it in a sentence of its own.
bool takes_back(const Scene& scene, const StoryArticle& article, const Passage& p);

}  // namespace avstand::story
