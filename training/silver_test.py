#!/usr/bin/env python3
"""Tests of self-training; they need the environment of training/requirements.txt.

usage: python training/silver_test.py
"""

import os
import random
import tempfile
import unittest

import numpy as np
import torch

import silver
from data import NAME_LABELS, Sentence, Types
from network import Network, allowed_names
from raw_sentences import Filter
from teachers import name_marginals, name_path


def sentence(text: str) -> Sentence:
    forms = text.split()
    n = len(forms)
    return Sentence("nb", forms, forms, ["X\t"] * n, [0] * n, ["dep"] * n, ["O"] * n)


def labelled(text: str) -> silver.Silver:
    forms, rng = text.split(), np.random.default_rng(1)
    of = lambda n, kind: rng.integers(1, 9, (len(forms), n)).astype(kind)
    return silver.Silver("nn", forms, {k: of(n, np.int16) for k, n in silver.KEPT.items()},
                         {k: of(n, np.float16) for k, n in silver.KEPT.items()}, of(1, np.int32)[:, 0])


class FilterTest(unittest.TestCase):
    def setUp(self):
        known = set("kari bor i en by ved kysten og trives godt der hun er".split())
        self.filter = Filter([sentence("Kari bor i en by ved kysten og trives godt")], known)

    def test_eight_words_of_dev_in_a_row_are_refused_whatever_their_case(self):
        self.assertFalse(self.filter.takes(sentence("Der bor i EN by ved kysten og trives")))
        self.assertTrue(self.filter.takes(sentence("Der bor i EN by ved kysten er hun")))
        self.assertEqual(self.filter.refused["dev"], 1)

    def test_repeated_short_and_foreign_sentences_are_refused(self):
        self.assertTrue(self.filter.takes(sentence("Hun bor i en by")))
        for text, reason in (("Hun bor i en by", "repeated"), ("Hun er", "length"), ("Mun lean dáppe odne", "words")):
            self.assertEqual(self.filter.reason(sentence(text)), reason)


class StoreTest(unittest.TestCase):
    def test_what_is_saved_is_loaded(self):
        first = [labelled("Ho kjem i dag ."), labelled("Nei !")]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "silver.npz")
            silver.save(path, first, ["nb", "nn"])
            again = silver.load(path, ["nb", "nn"])
        for a, b in zip(first, again, strict=True):
            self.assertEqual((a.language, a.forms, a.names.tolist()), (b.language, b.forms, b.names.tolist()))
            for kind in silver.KEPT:
                self.assertEqual(a.choices[kind].tolist(), b.choices[kind].tolist())
                self.assertEqual(a.weights[kind].tolist(), b.weights[kind].tolist())

    def test_weights_of_a_batch_sum_to_one_and_padding_has_none(self):
        batch = silver.make_silver_batch([labelled("Ho kjem i dag ."), labelled("Nei !")], Types(64, {}))
        for weights in batch.weights.values():
            self.assertTrue(np.allclose(weights.sum(-1), batch.mask, atol=1e-3))

    def test_noise_keeps_the_number_of_words(self):
        s, rng = labelled('Han sa : " Nei – aldri "'), random.Random(1)
        noisy = [silver.noisy(s, rng).forms for _ in range(200)]
        self.assertEqual({len(forms) for forms in noisy}, {len(s.forms)})
        self.assertGreater(len({tuple(forms) for forms in noisy}), 3)


class NamesTest(unittest.TestCase):
    def test_marginals_are_those_of_all_label_sequences(self):
        torch.manual_seed(1)
        network, n = Network(4, 2, 2, 2, len(NAME_LABELS)), len(NAME_LABELS)
        with torch.no_grad():
            network.transition.normal_()
            emit = torch.randn(2, 1, n)
            found = name_marginals(network, emit, torch.ones(2, 1, 1))[:, 0]
            allowed = allowed_names(NAME_LABELS)
            every = (emit[0, 0] + network.start).masked_fill(~allowed[0], -1e4).unsqueeze(1) + emit[1, 0] \
                + network.transition.masked_fill(~allowed[1:], -1e4)
        pairs = every.flatten().softmax(-1).view(n, n)
        self.assertTrue(torch.allclose(found[0], pairs.sum(1), atol=1e-5))
        self.assertTrue(torch.allclose(found[1], pairs.sum(0), atol=1e-5))

    def test_the_path_of_names_is_one_that_may_be(self):
        marginals = np.random.default_rng(1).dirichlet(np.ones(len(NAME_LABELS)), 30)
        path, allowed = name_path(marginals), allowed_names(NAME_LABELS).numpy()
        self.assertTrue(allowed[0][path[0]])
        self.assertTrue(all(allowed[1 + a][b] for a, b in zip(path, path[1:])))


if __name__ == "__main__":
    unittest.main()
