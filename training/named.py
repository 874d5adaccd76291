"""Names for sentences that have none, from a finished network: its likeliest labels.

Sets of possible labels would not do where no gold stands beside them: "outside" is in most, and training drifts to it.
"""

import torch

from data import NAME_LABELS, batches
from teachers import Teacher, name_path


@torch.no_grad()
def name_labels(teacher, sentences):
    """(sentence, numbers of its labels) of all sentences."""
    for group in batches(sentences, 3000, None):
        for s, found in zip(group, teacher.read(group)[3].numpy()):
            yield s, name_path(found[:len(s.forms)])


def names_by(path, sentences, labels):
    """Gives training sentences names."""
    for s, path_of in name_labels(Teacher(path, labels), sentences):
        s.names, s.has_names = [NAME_LABELS[k] for k in path_of], True
