#!/usr/bin/env python3
"""Makes data/lang/<code>/language_words.tsv: words that tell a language from its neighbours.

usage: make_language_words.py FREQ_DIR DATA_DIR

FREQ_DIR holds freq_{nb,nn,en}.tsv (form, count). A word votes for a language with
log2(frequency there / highest frequency in the others) / 2, at most 3. Danish and Swedish have no
corpus here: their words are the lists of function words below, read by hand. What they share
with Bokmaal votes as it does there, so that shared words tell Danish from Nynorsk but not from Bokmaal.
"""
import math
import sys

DA_ONLY = """af efter mig dig sig mellem uden noget nogle nogen hvad hvornår blev bliver blevet ud op hende nu selv
være været igen måske vores jeres også hvordan sådan derfor lige meget mange mand kvinde politiet anholdt
år uge måned gang siger sagde oplyser mener regeringen statsminister folketinget kommunen dag tidligere
sidste første anden tredje både enten hverken kun allerede endnu altid aldrig omkring ifølge blandt imod
overfor tilbage gennem indtil inden udenfor indenfor ind hjem væk hen derhen fortsat skriver sket fået givet
taget gjort gør får går står ligger kender ved kunne skulle ville burde måtte havde fik gik stod lå tog gav
kom sad så hørte ønsker ønskede hedder hed ret stadig særlig især mest flest flere færre mere mindre lille
store gode nye gamle unge dansk danske danmark københavn aarhus odense aalborg øjeblikket tværs dermed hermed
hvorfor hvem hvilken hvilket hvilke disse denne dette netop desuden dog ellers eftersom fordi idet selvom
hvis når mens siden udenlandske tusinde hundrede millioner milliarder kroner procent samme hele helt alle
nævner forventer forventes nåede tabte vandt spillede kampen mål ugen måneder timer minutter nat morgen aften
mandag tirsdag onsdag torsdag fredag lørdag søndag det den der en et og i på til for med er som at har de ikke
om han hun jeg vi man var kan vil skal fra over under eller men sin sit sine""".split()
SV_ONLY = """och att är det som på för av med den till inte om har han hon de jag var vi ett från men så kan man när
år säger under också efter eller nu sin där vid mot ska skulle kommer ut få finns vara hade alla andra mycket
än här då sedan över bara in blir upp även vad få två vill ha många hur mer går sig honom henne dem oss er
utan mellan genom inom enligt bland samt medan eftersom därför varför vilken vilket vilka någon något några
ingen inget inga denna detta dessa sitt sina hans hennes deras vår vårt våra mig dig sverige svenska svensk
stockholm göteborg malmö regeringen polisen statsminister riksdagen måndag tisdag onsdag torsdag fredag lördag
söndag vecka månad dag kvinna mannen människor blev blivit varit gjort göra gör får fick kunde ville måste
själv annan första andra tredje sista senaste tidigare igen redan ännu alltid aldrig kanske ungefär omkring
procent miljoner kronor miljarder tusen hundra skriver sade sa menar uppger misstänkt misstänks anhållen
gripits ena båda både varken antingen dock däremot dessutom alltså nämligen visst dåligt bra liten stor små
nya gamla unga hela helt samma sådan sådana sätt också framför bakom utanför innanför hem bort tillbaka""".split()


def read(path):
    counts, total = {}, 0
    for line in open(path, encoding="utf8"):
        cells = line.rstrip("\n").split("\t")
        if line.startswith("#") or len(cells) < 2: continue
        # Names are no part of a language: words mostly seen with a capital are left out.
        if float(cells[2]) < 0.6: counts[cells[0]] = int(cells[1])
        total += int(cells[1])
    return {word: 1e6 * n / total for word, n in counts.items()}


def votes(own, others, top):
    out = {}
    for word, f in sorted(own.items(), key=lambda item: -item[1])[:top]:
        if not word.isalpha() or f < 15: continue
        highest = max(other.get(word, 0) for other in others)
        weight = math.log2(f / (highest + 2)) / 2
        if weight >= 0.4: out[word] = min(3.0, weight)
    return out


def write(data_dir, code, source, words):
    with open(f"{data_dir}/lang/{code}/language_words.tsv", "w", encoding="utf8") as out:
        out.write(f"# source: {source} (training/segmenter/make_language_words.py)\n"
                  "# licence: Apache-2.0\n# columns: form\tweight\n")
        for word in sorted(words): out.write(f"{word}\t{words[word]:.2f}\n")


freq = {code: read(f"{sys.argv[1]}/freq_{code}.tsv") for code in ("nb", "nn", "en")}
tables = {code: votes(freq[code], [freq[c] for c in freq if c != code], 4000) for code in freq}
for code in tables: write(sys.argv[2], code, "frequencies in open news text", tables[code])
for code, words in (("da", DA_ONLY), ("sv", SV_ONLY)):
    found = {}
    for word in words:
        norwegian = max(freq["nb"].get(word, 0), freq["nn"].get(word, 0))
        found[word] = 2.5 if norwegian < 15 else tables["nb"].get(word, 0)
        if code == "sv" and norwegian >= 15: found[word] = min(found[word], tables["nb"].get(word, 0))
    write(sys.argv[2], code, "function words read by hand", {w: f for w, f in found.items() if f >= 0.4})
