#!/usr/bin/env python3
"""Make the shipped knowledge tables that are copies of open data.

usage: tools/import_knowledge.py SHARED_DATA

Writes data/lang/{nb,nn,en}/countries.tsv, data/knowledge/state_media.tsv, outlets.tsv,
office_holders.tsv and given_names.tsv. SHARED_DATA is the folder with entities/ and treebank/. What is written by hand
(media.tsv, bodies.tsv, the lexicons of the languages) is not touched. EXTRA_NAMES and EN_WORDS
below are ours: names in daily use, English adjectives and demonyms.
"""
import collections, csv, lzma, os, re, sys

shared = sys.argv[1]
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
here = os.path.dirname(os.path.abspath(__file__))

EXTRA_NAMES = {
    "nb": {"US": "De forente stater|Amerikas forente stater", "BY": "Hviterussland", "CZ": "Den tsjekkiske republikk",
           "PS": "Palestina|De palestinske områdene", "CD": "DR Kongo|Den demokratiske republikken Kongo|Kongo-Kinshasa",
           "VA": "Vatikanet", "AE": "Emiratene|UAE", "HK": "Hongkong", "MO": "Macao", "MM": "Myanmar|Burma",
           "RU": "Den russiske føderasjonen", "CI": "Elfenbenskysten", "TR": "Türkiye", "SZ": "Swaziland",
           "NL": "Nederlandene", "BA": "Bosnia", "XK": "Kosova", "FO": "Færøyene", "KP": "DPRK", "GB": "UK"},
    "nn": {"US": "Dei sameinte statane", "BY": "Kviterussland", "PS": "Palestina|Dei palestinske områda",
           "CD": "DR Kongo|Kongo-Kinshasa", "VA": "Vatikanet", "AE": "Emirata|UAE", "HK": "Hongkong", "MM": "Myanmar|Burma",
           "BA": "Bosnia", "FO": "Færøyane", "NO": "Norge", "AT": "Østerrike"},
    "en": {"US": "USA|U.S.|US|U.S.A.|United States of America|America", "GB": "UK|U.K.|Britain|Great Britain",
           "AE": "UAE|Emirates", "TR": "Turkey", "CZ": "Czech Republic", "MM": "Myanmar|Burma", "PS": "Palestine|Palestinian Territory",
           "CD": "DR Congo|DRC|Democratic Republic of the Congo|Democratic Republic of Congo", "CG": "Republic of the Congo",
           "HK": "Hong Kong", "MO": "Macao|Macau", "VA": "Vatican|Holy See", "KP": "DPRK|Democratic People’s Republic of Korea|N. Korea",
           "KR": "Republic of Korea|S. Korea", "CI": "Ivory Coast", "BA": "Bosnia|Bosnia and Herzegovina", "CV": "Cape Verde",
           "SZ": "Swaziland", "TL": "East Timor", "FO": "Faroe Islands", "RU": "Russian Federation", "CN": "People’s Republic of China",
           "AG": "Antigua and Barbuda", "TT": "Trinidad and Tobago", "MK": "Macedonia", "SY": "Syrian Arab Republic"},
}
# Too wide: a country's adjective or demonym that means a part of it, or another country as often.
DROP_WORDS = {"engelsk", "skotsk", "walisisk", "nordirsk", "engelskmann", "skotte", "waliser", "walisar", "nordire",
              "kypros-gresk", "emirater", "emiratar"}
# English writes these names with an article or a comma form that texts do not use.
NAME_FIX = {"Congo - Kinshasa": "Congo-Kinshasa", "Congo - Brazzaville": "Congo-Brazzaville", "Myanmar (Burma)": "Myanmar"}


def en_words():
    """iso -> (adjectives, demonyms); '-' inside a word of the list stands for a space."""
    out = {}
    with open(os.path.join(here, "english_demonyms.txt"), encoding="utf8") as lines:
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            iso, adjectives, demonyms = line.split()
            clean = lambda s: "" if s == "-" else s.replace("-", " ")
            out[iso] = (clean(adjectives), clean(demonyms))
    return out


def write(path, source, licence, columns, rows, note=""):
    path = os.path.join(root, "data", path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf8") as out:
        out.write(f"# source: {source}\n# licence: {licence}\n# columns: " + "\t".join(columns) + "\n")
        if note:
            out.write(f"# {note}\n")
        for row in rows:
            cells = [re.sub(r"\s+", " ", c).strip() or "-" for c in row]
            while cells and cells[-1] == "-":
                cells.pop()
            out.write("\t".join(cells) + "\n")


def join(*lists):
    seen = []
    for part in lists:
        for x in part.split("|"):
            x = NAME_FIX.get(x.strip(), x.strip())
            if x and x not in seen and x not in DROP_WORDS:
                seen.append(x)
    return "|".join(seen)


def countries():
    rows = list(csv.DictReader(open(os.path.join(shared, "entities/countries.tsv"), encoding="utf8"), delimiter="\t"))
    english = en_words()
    note = "names, adjectives, demonyms: alternatives parted by |, the usual one first"
    for language in ("nb", "nn", "en"):
        out = []
        for r in rows:
            iso = r["iso2"]
            if language == "en":
                adjectives, demonyms = english.get(iso, ("", ""))
                names = join(r["en_cldr"].replace("&", "and"), EXTRA_NAMES["en"].get(iso, ""))
            else:
                adjectives, demonyms = r[f"adj_{language}"], r[f"demonym_{language}"]
                names = join(r[f"{language}_cldr"], r[f"{language}_iso"], EXTRA_NAMES[language].get(iso, ""))
            out.append([iso, names, join(adjectives), join(demonyms)])
        write(f"lang/{language}/countries.tsv", "names Unicode CLDR 48 and i18n-iso-countries; adjectives, demonyms and short names Avstand",
              "Unicode-3.0 AND MIT AND Apache-2.0", ["iso", "names", "adjectives", "demonyms"], out, note)
    by_name = {}
    for r in rows:
        for n in join(r["en_cldr"], EXTRA_NAMES["en"].get(r["iso2"], "")).split("|"):
            by_name[n.casefold()] = r["iso2"]
    return by_name


# The matrix' typology -> (kind, control, (funding, ownership, editorial), words for the basis).
TYPOLOGY = {
    "SC": ("state_media", "state", ("state", "state", "state"), "state-controlled"),
    "CaPu": ("state_media", "state", ("unknown", "state", "state"), "captured public or state-managed"),
    "CaPr": (None, "state", ("state", "private", "state"), "captured private"),
    "ISFM": (None, "public_service", ("state", "state", "public_service"), "independent, state-funded and -managed"),
    "ISFM?": (None, "public_service", ("state", "state", "public_service"), "independent, state-funded and -managed (unsure)"),
    "ISF": (None, "public_service", ("state", "public_service", "public_service"), "independent, state-funded"),
    "ISM": (None, "public_service", ("unknown", "state", "public_service"), "independent, state-managed"),
    "IP": (None, "public_service", ("public_service", "public_service", "public_service"), "independent public"),
}
COUNTRY_FIX = {"uae": "AE", "turkiye": "TR", "côte d'ivoire": "CI", "ivory coast": "CI", "bosnia": "BA", "drc": "CD",
               "congo": "CG", "hong kong": "HK", "macau": "MO", "northern cyprus": "CY", "trinidad & tobago": "TT",
               "st lucia": "LC", "antigua & barbuda": "AG", "micronesia": "FM", "eswatini": "SZ", "cabo verde": "CV"}
# Single everyday words, or names that other things bear as often: not fit for look-up by name.
COMMON = {"mir", "today", "news", "anis", "eslah", "people", "star", "times", "vision", "metro", "i", "nature", "stern", "bild",
          "kicker", "focus", "publico", "wired", "vogue", "golem", "ilanga", "abc", "rss", "one", "now", "sport", "pravda", "zvezda"}


def guess_kind(name):
    low = name.casefold()
    if re.search(r"news agency|agence|agencia|press agency|\bagency\b", low): return "news_agency"
    if re.search(r"\btv\b|televis|radio|broadcast|channel|\bfm\b|tele\b", low): return "broadcaster"
    return "newspaper"


def state_media(by_name):
    seen = collections.OrderedDict()
    for r in csv.DictReader(open(os.path.join(shared, "entities/state_media_matrix.csv"), encoding="utf8")):
        typology = TYPOLOGY.get(r["Typology"].strip())
        if not typology or "Not Functional" in r["Status"]: continue
        country = r["Country"].strip()
        iso = by_name.get(country.casefold()) or COUNTRY_FIX.get(country.casefold(), "")
        company = re.sub(r"\s*\([^()]*\)|\*+", "", r["Media company"]).strip(" ,;")
        for raw in (r["Media company"], r["Main assets"]):
            raw = re.sub(r"\*+", "", raw)
            raw = re.sub(r"^(Radio|Print|TV|Online|Newspaper|Website|Magazine)s?:\s*", "", raw.strip())
            inner = re.findall(r"\(([^()]{2,30})\)", raw)
            name = re.sub(r"\s*\([^()]*\)", "", raw).strip(" ,;")
            aliases = [a.strip() for a in inner if re.fullmatch(r"[^\s,;]{2,14}", a.strip())]
            # Acronyms of a few letters name many things; those that news means stand in media.tsv.
            aliases = [a for a in aliases if len(a) > 4]
            if len(name) < 5 or name.casefold() in COMMON or re.search(r"[,;:/]| and ", name): continue
            aliases = [a for a in aliases if a.casefold() not in COMMON]
            kind, control, bits, words = typology
            key = name.casefold()
            if key in seen: continue
            seen[key] = [name, "|".join(aliases), kind or guess_kind(name), iso, control, company if company != name else "", *bits,
                         f"State Media Matrix (ASD at GMF after State Media Monitor), early 2024: {words}"]
    write("knowledge/state_media.tsv", "ASD-at-GMF/state-media-profiles, state_media_matrix.csv, early 2024", "MIT",
          ["name", "aliases", "kind", "country", "control", "owner", "funding", "ownership", "editorial", "basis"], sorted(seen.values(), key=lambda r: r[0].casefold()))


def outlets():
    fix = {"uk": "GB", "isl": "IS", "ind": "IN"}
    out = []
    for r in csv.DictReader(open(os.path.join(shared, "entities/outlets_fundus.tsv"), encoding="utf8"), delimiter="\t"):
        name = re.sub(r"\s*\([^()]*\)", "", r["name"]).strip()
        if name.casefold() in COMMON or len(name) < 3: continue
        out.append([name, "", "newspaper", fix.get(r["country"], r["country"].upper()), "unknown", "outlet list of flairNLP/fundus, 2025"])
    write("knowledge/outlets.tsv", "flairNLP/fundus, list of publishers, 2025", "MIT",
          ["name", "aliases", "kind", "country", "control", "basis"], sorted(out, key=lambda r: r[0].casefold()))


def given_names():
    counts = collections.defaultdict(collections.Counter)
    for language in ("nb", "nn"):
        with lzma.open(os.path.join(shared, f"treebank/{language}-train.conllu.xz"), "rt", encoding="utf8") as lines:
            previous = None
            for line in lines:
                c = line.rstrip("\n").split("\t")
                if previous and len(c) == 10 and "name=I-PER" in c[9] and "name=B-PER" in previous[9] and previous[3] == "PROPN":
                    m = re.search(r"Gender=(Fem|Masc)", previous[5])
                    if m and previous[1].isalpha(): counts[previous[1]][m.group(1)] += 1
                previous = c if len(c) == 10 else None
    rows = {}
    for name, c in counts.items():
        (best, n), total = c.most_common(1)[0], sum(c.values())
        if n / total > 0.9: rows[name.casefold()] = {"Fem": "f", "Masc": "m"}[best]
    with open(os.path.join(here, "given_names.txt"), encoding="utf8") as lines:
        for line in lines:
            if line.startswith("#"): continue
            gender, *names = line.split()
            for n in names: rows[n.casefold()] = gender
    write("knowledge/given_names.tsv", "first names with gender: Norwegian Dependency Treebank (annotation), and Avstand", "CC0-1.0 AND Apache-2.0",
          ["name", "gender"], sorted(rows.items()), "f, m, or c for a name that both bear")


# What the offices of the Wikidata list are called here; other offices are left out.
OFFICES = {
    "state": ["President"],
    "head": ["Prime Minister", "Premier of the State Council"],
    "foreign": ["Minister of Foreign Affairs", "Minister for Foreign Affairs", "Secretary of State",
                "Secretary of State for Foreign and Commonwealth Affairs"],
    "defence": ["Minister of Defence", "Minister for Defence", "Minister of National Defence", "Secretary of Defence",
                "Secretary of State for Defence", "Minister of Defence and Armed Forces Logistics"],
    "interior": ["Minister of Interior Affairs", "Minister of the Interior", "Minister of Interior",
                 "Minister of the Interior and Safety", "Secretary of State for the Home Department"],
    "justice": ["Minister of Justice", "Minister for Justice", "Minister of Justice and Public Security", "Secretary of State for Justice"],
    "finance": ["Minister of Finance", "Minister for Finance", "Secretary of the Treasury", "Chancellor of the Exchequer",
                "Minister of Economic Affairs and Finance"],
}


def office_holders():
    office = {position: key for key, positions in OFFICES.items() for position in positions}
    out = []
    for r in csv.DictReader(open(os.path.join(shared, "entities/office_holders.csv"), encoding="utf8")):
        if r["position"] not in office or len(r["start"]) != 10 or (r["end"] and len(r["end"]) != 10): continue
        if (r["end"] or r["as_of"]) < "2000": continue
        out.append([r["person"], "", r["wikidata"], r["country"], office[r["position"]], r["start"], r["end"],
                    "" if r["end"] else r["as_of"], "Wikidata"])
    out = [list(r) for r in sorted(set(map(tuple, out)), key=lambda r: (r[3], r[4], r[5], r[0]))]
    write("knowledge/office_holders.tsv", "Wikidata through every-politician-scrapers, 2022-2023", "CC0-1.0",
          ["person", "aliases", "qid", "country", "office", "from", "to", "checked", "source"], out,
          "to: empty where it was not over on the day of checked; what came later is in office_changes.tsv, or unknown")


if __name__ == "__main__":
    by_name = countries()
    state_media(by_name)
    outlets()
    given_names()
    office_holders()
