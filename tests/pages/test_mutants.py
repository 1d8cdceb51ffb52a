"""One change in a formula of the book is noticed; what is not, is listed with the reason.

A run takes a sample; MUTANTS=all takes all, and so does `python -m tests.pages.mutants`
with PYTHONPATH=book/_ext, which also counts them.
"""

import csv
import os
import random
from pathlib import Path

from tests.pages.mutants import CHANGES, is_noticed, mutants

#: Changes that leave a formula true, each with why.
SURVIVORS = Path(__file__).with_name("formula_survivors.csv")
SAMPLE, SEED = 350, 20


def survivors():
    with SURVIVORS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_change_in_a_formula_is_noticed():
    every = mutants()
    assert {kind for _, kind, _ in every} == set(CHANGES)
    if os.environ.get("MUTANTS") != "all":
        every = random.Random(SEED).sample(every, SAMPLE)
    listed = {(row["label"], row["change"]) for row in survivors()}
    missed = [
        (label, " ".join(formula.split()))
        for label, _, formula in every
        if not is_noticed(label, formula)
    ]
    unlisted = [each for each in missed if each not in listed]
    assert unlisted == []


def test_each_survivor_has_its_reason_and_they_are_few():
    listed = survivors()
    assert all(row["why"] for row in listed)
    changes = {(label, " ".join(formula.split())) for label, _, formula in mutants()}
    assert {(row["label"], row["change"]) for row in listed} <= changes
    assert len(listed) <= 0.005 * len(mutants())
