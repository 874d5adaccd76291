"""Names for training trees that have none, from a finished network: the labels that it holds possible."""

import numpy as np
import torch

from data import NAME_LABELS, batches
from teachers import Teacher, name_path

POSSIBLE = 0.1


@torch.no_grad()
def names_by(path, sentences, labels):
    teacher = Teacher(path, labels)
    for group in batches(sentences, 3000, None):
        marginals = teacher.read(group)[3].numpy()
        for s, found in zip(group, marginals):
            found = found[:len(s.forms)]
            possible = found >= POSSIBLE
            possible[np.arange(len(found)), name_path(found)] = True
            s.choices = [frozenset(NAME_LABELS[k] for k in np.flatnonzero(row)) for row in possible]
