"""How fast lib is beside its peers: `python -m benchmarks`, from the repository's root.

Every line times lib and its peers in turn, in one process on the same arrays of doubles, and
prints the least times and their ratios to lib's: above 1, lib is the faster. OMP_NUM_THREADS=1
holds all of them to one core, the fair comparison on a busy machine. Needs
benchmarks/requirements.txt.
"""

import platform
import time
import tracemalloc
from itertools import pairwise

import numpy as np
import scipy
import scipy.optimize
import sklearn
import torch
from sklearn._loss import HalfBinomialLoss
from sklearn.linear_model._linear_loss import LinearModelLoss

from lib import logistic
from lib.descent import critical_rate, gradient_descent
from lib.network import (
    identity_layer,
    log_loss_layer,
    loss_and_gradient,
    pack,
    random_weights,
    tanh_layer,
)
from lib.newton import minimise, roots
from lib.path import follow
from lib.surfaces import exp_minus_log, quadratic, rosenbrock, stretched_bowl


def least(*functions, seconds=0.4):
    """Time functions in turn, at least 3 rounds, and return the least time of each in seconds.

    The least, because whatever else the machine does can only add.
    """
    for function in functions:
        function()  # warm up
    rounds, end = [], time.perf_counter() + seconds * len(functions)
    while len(rounds) < 3 or (time.perf_counter() < end and len(rounds) < 2000):
        rounds.append([timed(function) for function in functions])
    return np.min(rounds, axis=0)


def timed(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def row(name, *functions, peers=(), items=None):
    """Print lib's time, what that is for each of the items, and each peer's with its ratio."""
    ours, *theirs = least(*functions)
    each = f"{shown(ours / items)} each" if items else " " * 16
    others = [f"{p} {shown(t)} ({t / ours:.2f}x)" for p, t in zip(peers, theirs, strict=True)]
    print(f"  {name:<28} lib {shown(ours)}  {each}   " + "   ".join(others))


def shown(seconds):
    units = ("s ", 1), ("ms", 1e3), ("µs", 1e6), ("ns", 1e9)
    unit, scale = next(u for u in units if seconds * u[1] >= 1)
    return f"{seconds * scale:8.2f} {unit}"


def paths():
    """Many paths in one call against a call for each."""
    print("50 steps of gradient descent in a narrow valley, one call against a call a path")
    for count in (44, 441, 4410, 44_100):
        starts = np.random.default_rng(1).uniform(-2, 2, (count, 2))
        rates = np.geomspace(0.001, 0.15, count)[:, None]

        def walk(x0, rate):
            walk = gradient_descent(stretched_bowl.gradient, x0, rate)
            return follow(walk, stretched_bowl, steps=50, tolerance=None)

        def loop(starts=starts, rates=rates):
            return [walk(x0, rate) for x0, rate in zip(starts, rates[:, 0], strict=True)]

        def batch(starts=starts, rates=rates):
            return walk(starts, rates)

        peers = [loop] if count <= 441 else []  # a loop of thousands takes minutes
        row(f"{count} paths", batch, *peers, peers=["loop"] * len(peers), items=count)


def logistic_gradient():
    """The full-batch gradient of the mean log loss."""
    print("gradient of the logistic loss, 20 features")
    for m in (10**3, 10**4, 10**5, 10**6):
        rng = np.random.default_rng(1)
        x, y = rng.normal(size=(m, 20)), (rng.random(m) < 0.5).astype(float)
        theta = rng.normal(size=21) / 5
        surface = logistic.log_loss_surface(x, y)
        theirs = LinearModelLoss(HalfBinomialLoss(), fit_intercept=True)
        tx, ty = torch.from_numpy(x), torch.from_numpy(y)
        w, b = (torch.from_numpy(part).requires_grad_() for part in (theta[:20], theta[20:]))

        def by_torch(tx=tx, ty=ty, w=w, b=b):
            w.grad = b.grad = None
            logit = tx @ w + b
            torch.nn.functional.binary_cross_entropy_with_logits(logit, ty).backward()
            return np.append(w.grad.numpy(), b.grad.numpy())

        def by_scikit(theirs=theirs, x=x, y=y, theta=theta):
            return theirs.gradient(theta, x, y, n_threads=torch.get_num_threads())

        def ours(surface=surface, theta=theta):
            return surface.gradient(theta)

        np.testing.assert_allclose(ours(), by_torch(), rtol=1e-8, atol=1e-12)
        np.testing.assert_allclose(ours(), by_scikit(), rtol=1e-8, atol=1e-12)
        row(f"{m} samples", ours, by_scikit, by_torch, peers=["scikit-learn", "PyTorch"], items=m)


def small_net():
    """A 2-64-1 tanh network with log loss, forward and backward."""
    print("2-64-1 tanh net with log loss, forward and backward")
    for m in (32, 320, 3200, 32768):
        rng = np.random.default_rng(1)
        x, y = rng.normal(size=(m, 2)), (rng.random((m, 1)) < 0.5).astype(float)
        weights = random_weights((2, 64, 1), rng)
        tensors = [torch.from_numpy(part).requires_grad_() for layer in weights for part in layer]
        tx, ty = torch.from_numpy(x), torch.from_numpy(y)

        def by_torch(tx=tx, ty=ty, tensors=tensors):
            w1, b1, w2, b2 = tensors
            for tensor in tensors:
                tensor.grad = None
            logit = torch.tanh(tx @ w1 + b1) @ w2 + b2
            torch.nn.functional.binary_cross_entropy_with_logits(logit, ty).backward()
            return np.concatenate([tensor.grad.numpy().ravel() for tensor in tensors])

        def ours(weights=weights, x=x, y=y):
            return pack(
                loss_and_gradient(weights, x, y, (tanh_layer, identity_layer), log_loss_layer)[1]
            )

        np.testing.assert_allclose(ours(), by_torch(), rtol=1e-8, atol=1e-12)
        row(f"batch of {m}", ours, by_torch, peers=["PyTorch"], items=m)


def newton():
    """Newton's method against SciPy's, with the same derivatives and the same tolerance.

    SciPy's `newton` returns the root and nothing else, which is the bare walk here; `follow`
    evaluates a third function as well and keeps the whole path with a verdict on each.
    """
    print("Newton's method against scipy.optimize")
    f, derivative = exp_minus_log.gradient, exp_minus_log.hessian
    for count in (1, 10, 10**2, 10**3, 10**4, 10**5):
        x0 = np.linspace(0.05, 1.5, count) if count > 1 else 0.05

        def ours(x0=x0):
            for before, x in pairwise(roots(f, derivative, x0)):
                if np.max(np.abs(x - before)) < 1e-10:
                    return x

        def theirs(x0=x0):
            return scipy.optimize.newton(f, x0, fprime=derivative, tol=1e-10)

        def followed(x0=x0):
            return follow(roots(f, derivative, x0), exp_minus_log, tolerance=1e-10).x[-1]

        np.testing.assert_allclose(ours(), theirs(), rtol=1e-9)
        np.testing.assert_allclose(followed(), theirs(), rtol=1e-9)
        peers = ["SciPy", "follow"]
        row(f"{count} roots of eˣ = 1/x", ours, theirs, followed, peers=peers, items=count)
    row("Rosenbrock", *minimisers(rosenbrock, [-1.2, 1.0]), peers=["Newton-CG", "trust-exact"])
    rng = np.random.default_rng(1)
    for m in (10**3, 10**4, 10**5):
        x = rng.normal(size=(m, 20))
        y = (x @ rng.normal(size=20) / 3 + rng.logistic(size=m) > 0).astype(float)
        surface = logistic.log_loss_surface(x, y)
        functions = minimisers(surface, np.zeros(21))
        row(f"logistic fit, {m} samples", *functions, peers=["Newton-CG", "trust-exact"], items=m)


def minimisers(surface, x0):
    """Lib's Newton and two of SciPy's on one surface, held to the same answer."""

    def ours():
        walk = minimise(surface.gradient, surface.hessian, x0)
        return follow(walk, surface, tolerance=1e-9).x[-1]

    def scipys(method, options):
        derivatives = {"jac": surface.gradient, "hess": surface.hessian}
        return scipy.optimize.minimize(surface, x0, method=method, options=options, **derivatives).x

    functions = [
        ours,
        lambda: scipys("Newton-CG", {"xtol": 1e-9}),
        lambda: scipys("trust-exact", {"gtol": 1e-9}),
    ]
    for function in functions[1:]:
        np.testing.assert_allclose(function(), ours(), rtol=0, atol=1e-6)
    return functions


def descent():
    """Gradient descent against SciPy's first-order methods on one quadratic, to the same place."""
    print("gradient descent against scipy.optimize on a quadratic, condition 5, to 1e-6")
    for n in (2, 20, 200):
        rng = np.random.default_rng(n)
        turn, _ = np.linalg.qr(rng.normal(size=(n, n)))
        surface = quadratic(turn @ np.diag(np.linspace(1, 5, n)) @ turn.T, rng.normal(size=n))
        x0, rate = np.full(n, 3.0), 0.8 * critical_rate(surface.hessian(np.zeros(n)))

        def ours(surface=surface, x0=x0, rate=rate):
            walk = gradient_descent(surface.gradient, x0, rate)
            return follow(walk, surface, tolerance=1e-7).x[-1]

        def scipys(method, surface=surface, x0=x0):
            found = scipy.optimize.minimize(
                surface, x0, jac=surface.gradient, method=method, options={"gtol": 1e-7}
            )
            return found.x

        for function in (ours, lambda: scipys("CG"), lambda: scipys("BFGS")):
            np.testing.assert_allclose(function(), surface.minimum, atol=1e-6)
        functions = ours, lambda f=scipys: f("CG"), lambda f=scipys: f("BFGS")
        row(f"{n} variables", *functions, peers=["CG", "BFGS"])


def growth():
    """Cost by the number of steps, and the memory of a path."""
    print("growth with steps: time a step, and peak memory beside the path's own")
    for steps in (100, 1000, 10_000):
        starts = np.ones((1000, 2))

        def walk(steps=steps, starts=starts):
            walk = gradient_descent(stretched_bowl.gradient, starts, 1e-4)
            return follow(walk, stretched_bowl, steps=steps, tolerance=None)

        (seconds,) = least(walk)
        tracemalloc.start()
        path = walk()
        peak = tracemalloc.get_traced_memory()[1] / (path.x.nbytes + path.f.nbytes)
        tracemalloc.stop()
        print(f"  {steps:>6} steps, 1000 paths     {shown(seconds / steps)} a step   {peak:.2f}x")


if __name__ == "__main__":
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__},")
    print(f"scikit-learn {sklearn.__version__}, PyTorch {torch.__version__},", end=" ")
    print(f"{torch.get_num_threads()} threads, {platform.machine()}\n")
    for benchmark in (paths, logistic_gradient, small_net, newton, descent, growth):
        benchmark()
        print()
