"""What a ledger judges, apart from where in the bytes it stands."""
import unicodedata


def words(spans, text):
    """The words of the spans: NFC, without soft hyphens, white space as one space."""
    joined = " … ".join(text[b:e] for b, e in spans)
    return " ".join(unicodedata.normalize("NFC", joined).replace("\u00ad", "").split())


def name(text):
    return words([(0, len(text))], text)


def judgements(ledger):
    text = ledger["document"]["text"]
    statements = [
        (words(s["content"], text), words(s["cue"], text), words(s["source"], text), s["quote"], s["act"], s["evidence"],
         s["commitment"], s["verification"]["status"], s["interested"], s["parent"], s["speaker"],
         [(h["entity"], name(h["name"]), h["link"], h["explicit"]) for h in s["chain"]])
        for s in ledger["statements"]]
    entities = [
        (e["type"], name(e["name"]), e["profile"]["kind"], e["profile"]["control"],
         [(words([(m["begin"], m["end"])], text), m["form"]) for m in e["mentions"]])
        for e in ledger["entities"]]
    pictures = [(p["block"], p["origin"] and name(p["origin"]["name"]), p["credited"], p["handout"], p["verification"]["status"])
                for p in ledger["pictures"]]
    findings = [(f["kind"], f["rule"], words(f["spans"], text)) for f in ledger["findings"]]
    return {"statements": statements, "entities": entities, "pictures": pictures, "findings": findings,
            "summary": ledger["summary"]}
