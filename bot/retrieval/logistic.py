"""Multinomial logistic regression with L2, fitted by L-BFGS (Nocedal & Wright 2006, 7.4).

Everything starts at zero and nothing is drawn at random: the same examples give the same head.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.encoder import Vectors

_MEMORY = 8
_ENOUGH = 1e-4  # of the first gradient's length
_HALVINGS = 20
_DECREASE = 1e-4
Loss = Callable[[Vectors], tuple[float, Vectors]]


@dataclass(frozen=True, slots=True)
class Fit:
    """How long and how loosely to fit: a larger `freedom` follows the examples more closely."""

    freedom: float
    rounds: int


def softmax(scores: Vectors) -> Vectors:
    """Each row as probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Vectors = raised / raised.sum(axis=1, keepdims=True)
    return shares


def fitted(rows: Vectors, labels: NDArray[np.int64], counts: Vectors, fit: Fit) -> Vectors:
    """The weights, one column a label. `rows` bring their own column of ones; `counts` say how
    much each of them counts, and matter only to each other."""
    many = int(labels.max()) + 1
    wanted = np.zeros((len(rows), many), np.float32)
    wanted[np.arange(len(rows)), labels] = 1
    ridge = np.float32(1 / (fit.freedom * len(rows)))
    counted = (counts / counts.sum())[:, None]

    def loss(weights: Vectors) -> tuple[float, Vectors]:
        shares = softmax(rows @ weights)
        own = np.maximum((shares * wanted).sum(axis=1), 1e-30)
        size = float(ridge) / 2 * float((weights**2).sum())
        value = size - float((np.log(own) * counted[:, 0]).sum())
        slope: Vectors = rows.T @ ((shares - wanted) * counted) + ridge * weights
        return value, slope

    return _descended(loss, np.zeros((rows.shape[1], many), np.float32), fit.rounds)


def _descended(loss: Loss, weights: Vectors, rounds: int) -> Vectors:
    value, slope = loss(weights)
    enough = _ENOUGH * float(np.linalg.norm(slope))
    past: deque[tuple[Vectors, Vectors]] = deque(maxlen=_MEMORY)
    for _ in range(rounds):
        step = _direction(slope, past)
        found = _along(loss, weights, step, value, slope)
        if found is None:
            break
        new_weights, value, new_slope = found
        moved, turned = new_weights - weights, new_slope - slope
        if float((moved * turned).sum()) > 0:
            past.append((moved, turned))
        weights, slope = new_weights, new_slope
        if float(np.linalg.norm(slope)) < enough:
            break
    return weights


def _direction(slope: Vectors, past: "deque[tuple[Vectors, Vectors]]") -> Vectors:
    """Downhill, corrected by the curvature that the last steps have shown."""
    aim = slope.copy()
    kept = []
    for moved, turned in reversed(past):
        share = float((moved * aim).sum()) / float((moved * turned).sum())
        aim -= np.float32(share) * turned
        kept.append(share)
    if past:
        moved, turned = past[-1]
        aim *= np.float32(float((moved * turned).sum()) / float((turned**2).sum()))
    else:
        aim /= np.float32(max(float(np.linalg.norm(slope)), 1e-12))
    for (moved, turned), share in zip(past, reversed(kept), strict=True):
        back = float((turned * aim).sum()) / float((moved * turned).sum())
        aim += np.float32(share - back) * moved
    return -aim


def _along(
    loss: Loss, weights: Vectors, step: Vectors, value: float, slope: Vectors
) -> tuple[Vectors, float, Vectors] | None:
    """The first of ever shorter steps that goes down far enough; None where none does."""
    gain = float((slope * step).sum())
    length = 1.0
    for _ in range(_HALVINGS):
        tried = weights + np.float32(length) * step
        new_value, new_slope = loss(tried)
        if new_value <= value + _DECREASE * length * gain:
            return tried, new_value, new_slope
        length /= 2
    return None
