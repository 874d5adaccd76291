#!/usr/bin/env python3
"""Trains and runs the systems that language.py sets beside ours; runs inside the environment that it makes.

usage: language_peers.py train-udpipe TRAIN.conllu MODEL
       language_peers.py train-spacy TRAIN.conllu MODEL [--vectors KEYS_AND_VECTORS.npz] [--minutes N]
       language_peers.py run udpipe|spacy MODEL < TEXT > CONLLU

The text's paragraphs are parted by empty lines. Nothing is downloaded: both are trained on the treebank alone, with the options
of their published models as far as the time allows.
"""
import argparse
import pathlib
import sys
import time

# As the published models of UD 2: https://ufal.mff.cuni.cz/udpipe/1/users-manual, "Model Training"; fewer epochs of the tokenizer.
UDPIPE_TOKENIZER = "dimension=24;epochs={tokenizer_epochs};batch_size=100;segment_size=200;learning_rate=0.005;dropout=0.1;early_stopping=0"
UDPIPE_TAGGER = ("models=2;iterations={tagger_iterations};templates_1=lemmatizer;guesser_suffix_rules_1=10;guesser_enrich_dictionary_1=4;guesser_prefixes_max_1=4;"
                 "use_lemma_1=1;provide_lemma_1=1;use_xpostag_1=0;provide_xpostag_1=0;use_feats_1=0;provide_feats_1=0;prune_features_1=0;"
                 "templates_2=tagger;guesser_suffix_rules_2=10;guesser_enrich_dictionary_2=4;guesser_prefixes_max_2=0;"
                 "use_lemma_2=1;provide_lemma_2=0;use_xpostag_2=0;provide_xpostag_2=0;use_feats_2=1;provide_feats_2=1;prune_features_2=0")
UDPIPE_PARSER = ("iterations={parser_iterations};embedding_upostag=20;embedding_feats=20;embedding_xpostag=0;embedding_form=50;"
                 "embedding_lemma=0;embedding_deprel=20;learning_rate=0.02;learning_rate_final=0.001;l2=0.5;hidden_layer=200;"
                 "batch_size=10;transition_system=projective;transition_oracle=dynamic;structured_interval=8")

# The shape of spaCy's small and medium pipelines (spacy-models, meta.json and config.cfg of nb_core_news_sm and _md).
SPACY_CONFIG = """
[nlp]
lang = "nb"
pipeline = ["tok2vec", "morphologizer", "parser", "lemmatizer", "ner"]
batch_size = 256
[components]
[components.tok2vec]
factory = "tok2vec"
[components.tok2vec.model]
{tok2vec}
[components.morphologizer]
factory = "morphologizer"
[components.morphologizer.model]
@architectures = "spacy.Tagger.v2"
[components.morphologizer.model.tok2vec]
{listener}
[components.parser]
factory = "parser"
[components.parser.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "parser"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
[components.parser.model.tok2vec]
{listener}
[components.lemmatizer]
factory = "trainable_lemmatizer"
min_tree_freq = 3
top_k = 3
[components.lemmatizer.model]
@architectures = "spacy.Tagger.v2"
[components.lemmatizer.model.tok2vec]
{listener}
[components.ner]
factory = "ner"
[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
[components.ner.model.tok2vec]
{own}
"""

TOK2VEC = """@architectures = "spacy.Tok2Vec.v2"
[{path}.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 96
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]
rows = [5000, 1000, 2500, 2500, 50, 50]
include_static_vectors = {vectors}
[{path}.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3"""

LISTENER = """@architectures = "spacy.Tok2VecListener.v1"
width = 96
upstream = "tok2vec\""""


def train_udpipe(args):
    from ufal.udpipe import InputFormat, ProcessingError, Sentence, Sentences, Trainer

    def read(path):
        reader, error, sentences = InputFormat.newConlluInputFormat(), ProcessingError(), Sentences()
        reader.setText(pathlib.Path(path).read_text(encoding="utf8"))
        sentence = Sentence()
        while reader.nextSentence(sentence, error):
            sentences.push_back(sentence)
            sentence = Sentence()
        if error.occurred():
            sys.exit(f"{path}: {error.message}")
        return sentences

    start, error = time.time(), ProcessingError()
    model = Trainer.train("morphodita_parsito", read(args.train), Sentences(),
                          UDPIPE_TOKENIZER.format(tokenizer_epochs=args.tokenizer_epochs),
                          UDPIPE_TAGGER.format(tagger_iterations=args.tagger_iterations),
                          UDPIPE_PARSER.format(parser_iterations=args.parser_iterations), error)
    if error.occurred():
        sys.exit(error.message)
    pathlib.Path(args.model).write_bytes(model)
    print(f"{args.model}: {len(model)} bytes, {time.time() - start:.0f} s")


def spacy_docs(path):
    """The trees and names of a CoNLL-U file, ten sentences a document."""
    from spacy.training.converters import conllu_to_docs
    return list(conllu_to_docs(pathlib.Path(path).read_text(encoding="utf8"), n_sents=10, no_print=True))


def spacy_config(vectors):
    from thinc.api import Config
    path = lambda place: TOK2VEC.format(path=place, vectors=str(vectors).lower())
    text = SPACY_CONFIG.format(tok2vec=path("components.tok2vec.model"), listener=LISTENER, own=path("components.ner.model.tok2vec"))
    return Config().from_str(text, interpolate=False)


def train_spacy(args):
    """Batches of rising size, as `spacy train` takes them, until the time is up; the averaged weights are kept."""
    import random

    import numpy
    from spacy.training import Example
    from spacy.util import load_model_from_config
    from spacy.vectors import Vectors

    nlp = load_model_from_config(spacy_config(bool(args.vectors)), auto_fill=True, validate=False)
    if args.vectors:
        stored = numpy.load(args.vectors)
        keys = [str(k) for k in stored["keys"]]
        nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=stored["vectors"], keys=keys, attr="LOWER", name="raw")
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in spacy_docs(args.train)]
    optimizer = nlp.initialize(lambda: examples)
    start, rng = time.time(), random.Random(1)
    limit, size, seen, epoch = 60 * args.minutes, 300.0, 0, 0
    while time.time() - start < limit:
        rng.shuffle(examples)
        batch, words = [], 0
        for example in examples:
            batch.append(example)
            words += len(example)
            if words >= size:
                nlp.update(batch, sgd=optimizer, drop=0.1)
                seen, batch, words, size = seen + words, [], 0, min(1000.0, size * 1.001)
                left = limit - (time.time() - start)
                if left <= 0:
                    break
                optimizer.learn_rate = 0.001 * max(0.05, min(1.0, 2 * left / limit))
        epoch += 1
        print(f"epoch {epoch}, {seen} words, {time.time() - start:.0f} s", flush=True)
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(args.model)
    print(f"{args.model}: {seen} words seen, {time.time() - start:.0f} s")


def run_udpipe(path):
    from ufal.udpipe import Model, Pipeline, ProcessingError

    model, error = Model.load(path), ProcessingError()
    if model is None:
        sys.exit(f"{path}: cannot be loaded")
    print(Pipeline(model, "tokenize", Pipeline.DEFAULT, Pipeline.DEFAULT, "conllu").process(sys.stdin.read(), error), end="")
    if error.occurred():
        sys.exit(error.message)


def above(token):
    """The head of a token, white space left out; None for the root."""
    head = token.head
    while head.is_space and head.head is not head:
        head = head.head
    return None if head is token or head.is_space else head


def run_spacy(path):
    import spacy

    nlp = spacy.load(path)
    paragraphs = (" ".join(part.split()) for part in sys.stdin.read().split("\n\n"))
    for doc in nlp.pipe(filter(None, paragraphs)):
        for sentence in doc.sents:
            words = [token for token in sentence if not token.is_space]
            number = {token.i: k for k, token in enumerate(words, 1)}
            for k, token in enumerate(words, 1):
                head = above(token)
                name = f"name={token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "name=O"
                print(k, token.text, token.lemma_ or "_", token.pos_ or "X", "_", str(token.morph) or "_",
                      number.get(head.i, 0) if head is not None else 0, token.dep_.lower() or "dep", "_", name, sep="\t")
            print()


def arguments():
    parser = argparse.ArgumentParser(description="Trains and runs the systems that language.py sets beside ours.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function in (("train-udpipe", train_udpipe), ("train-spacy", train_spacy)):
        command = commands.add_parser(name)
        for what in ("train", "model"):
            command.add_argument(what)
        command.set_defaults(function=function)
        if function is train_udpipe:
            command.add_argument("--tokenizer-epochs", type=int, default=20, help="the published models have 100")
            command.add_argument("--tagger-iterations", type=int, default=20)
            command.add_argument("--parser-iterations", type=int, default=10, help="the published models have 30")
        else:
            command.add_argument("--vectors", help="keys and vectors (vectors.py) of the medium shape; without: the small one")
            command.add_argument("--minutes", type=float, default=25)
    run = commands.add_parser("run")
    run.add_argument("system", choices=("udpipe", "spacy"))
    run.add_argument("model")
    run.set_defaults(function=lambda args: {"udpipe": run_udpipe, "spacy": run_spacy}[args.system](args.model))
    return parser.parse_args()


def main():
    args = arguments()
    args.function(args)


if __name__ == "__main__":
    main()
