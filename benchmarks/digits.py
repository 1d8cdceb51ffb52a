"""The network of the chapter on digits beside scikit-learn's and PyTorch's, and the stored run.

`OMP_NUM_THREADS=1 python -m benchmarks.digits`, from the repository's root, trains all three on the
ten splits of the chapter and writes what it finds into the chapter's cell `compared`. The functions
of the chapter are taken from its notebook. One core, and seconds of processor time, for other work
on the machine must not count. Needs benchmarks/requirements.txt.
"""

import json
import os
import platform
import time
from datetime import date
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import sklearn
import torch
from sklearn.neural_network import MLPClassifier

BOOK = Path(__file__).parents[1] / "book"
SPLITS, RATE, SIZE = range(1, 11), 1.0, 32


def chapter():
    """Return the functions and the data of the chapter, as they stand there."""
    notebook = json.loads((BOOK / "digits.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(each["source"]) for each in notebook["cells"] if each["cell_type"] == "code"]
    scope = {}
    for source in cells:
        if "figures." not in source and "check_function(" not in source:
            exec(source, scope)
        if "stop_early" in scope:  # the last that is needed
            return SimpleNamespace(**scope)
    raise LookupError("digits.ipynb: no cell defines stop_early")


def by_numpy(book, weights, heap, rng):
    """Yield the weights of the start and after each epoch."""
    return book.train(weights, heap, RATE, SIZE, rng)


def by_torch(book, weights, heap, rng):
    """Do the same with PyTorch's layers, loss, slopes and optimiser, in the same order."""
    x, y = torch.from_numpy(heap.x), torch.from_numpy(heap.y.argmax(axis=1))
    tensors = [torch.tensor(part, requires_grad=True) for part in weights]
    W, b, V, c = tensors
    descent = torch.optim.SGD(tensors, lr=RATE)
    while True:
        yield [tensor.detach().numpy().copy() for tensor in tensors]
        order = rng.permutation(len(heap.x))
        for rows in np.split(order, range(SIZE, len(order), SIZE)):
            descent.zero_grad()
            z = torch.tanh(x[rows] @ W + b) @ V + c
            torch.nn.functional.cross_entropy(z, y[rows]).backward()
            descent.step()


def by_scikit(book, weights, heap, rng):
    """Do the same with scikit-learn's classifier, which shuffles in an order of its own."""
    W, b, V, c = weights
    options = {"solver": "sgd", "alpha": 0, "momentum": 0, "nesterovs_momentum": False}
    learner = MLPClassifier(
        (W.shape[1],),
        activation="tanh",
        batch_size=min(SIZE, len(heap.x)),
        learning_rate_init=RATE,
        shuffle=len(heap.x) > SIZE,
        random_state=int(rng.integers(2**31)),
        **options,
    )
    y = heap.y.argmax(axis=1)
    learner.partial_fit(heap.x[:SIZE], y[:SIZE], classes=np.arange(10))  # makes room for weights
    for part, value in zip([*learner.coefs_, *learner.intercepts_], (W, V, b, c), strict=True):
        part[...] = value
    while True:
        (W, V), (b, c) = learner.coefs_, learner.intercepts_
        yield [part.copy() for part in (W, b, V, c)]
        learner.partial_fit(heap.x, y)


PROGRAMS = {
    f"NumPy {np.__version__}, the loop of this page": by_numpy,
    f"scikit-learn {sklearn.__version__}": by_scikit,
    f"PyTorch {torch.__version__.partition('+')[0]}": by_torch,
}


def first_step(book, program):
    """Return the weights after one step on the same batch of 32, from the same weights."""
    heap = book.deal(1)[0]
    batch = type(heap)(heap.x[:SIZE], heap.y[:SIZE])
    walk = program(book, book.start(64, np.random.default_rng(1)), batch, np.random.default_rng(1))
    return next(islice(walk, 1, None))


def disagreement(weights, wanted):
    """Return the largest difference of two sets of weights, in parts of the largest weight."""
    pairs = list(zip(weights, wanted, strict=True))
    return max(np.abs(a - b).max() / np.abs(b).max() for a, b in pairs)


def all_splits(book, program):
    """Return the accuracies on the ten test heaps, and the seconds of processor time."""
    accuracies, begun = [], time.process_time()
    for split in SPLITS:
        training, validation, test = book.deal(split)
        rng = np.random.default_rng(split)
        walk = program(book, book.start(64, rng), training, rng)
        weights, _ = book.stop_early(walk, validation)
        accuracies.append(book.judge(weights, test)[1])
    return np.array(accuracies), time.process_time() - begun


def compared():
    """Train with each program and return the stored run, as the chapter shows it."""
    book = chapter()
    wanted = first_step(book, by_numpy)
    rows = []
    for name, program in PROGRAMS.items():
        off = disagreement(first_step(book, program), wanted)
        if not off < 1e-8:
            raise ArithmeticError(f"first step: {name} is off by {off:.1e}, wanted 8 digits")
        right, seconds = all_splits(book, program)
        agrees = f"to {-np.log10(off):.0f} digits" if off else "exactly"
        accuracy = f"{right.mean():.1%} ({right.min():.1%} to {right.max():.1%})"
        rows.append(f"| {name} | {agrees} | {accuracy} | {seconds:.1f} s |")
    return "\n".join(
        [
            "| program | first step as in NumPy | right, mean of ten splits | ten trainings |",
            "|---|---|---|---|",
            *rows,
            "",
            f"Run on {date.today():%-d %B %Y} with Python {platform.python_version()} on one "
            f"core ({platform.machine()}); processor time.",
            "",
        ]
    )


def store(text):
    """Put a stored run into its cell of the chapter."""
    path = BOOK / "digits.ipynb"
    notebook = nbformat.read(path, as_version=4)
    (cell,) = (each for each in notebook.cells if each.id == "compared")
    cell.source = text.strip()
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if os.environ.get("OMP_NUM_THREADS") != "1":
        raise SystemExit("OMP_NUM_THREADS must be 1, or the programs have different cores")
    text = compared()
    store(text)
    print(text)
