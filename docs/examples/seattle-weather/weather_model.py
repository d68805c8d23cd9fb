"""Names the weather of a day: a multinomial logistic regression, written out in plain Python.

Training starts from zero and draws no random numbers: equal data give an equal model, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from operator import mul
from pathlib import Path
from statistics import fmean, pstdev
from typing import Sequence

from days import BadInput, Day, replacing

CLASSES = ["drizzle", "fog", "rain", "snow", "sun"]
FEATURES = ["wet", "log_precipitation", "temp_max", "temp_min", "wind", "year_sin", "year_cos"]

STEPS = 200
LEARNING_RATE = 1.0
MOMENTUM = 0.9
DIGITS = 6  # the digits after these differ between Python versions and C libraries; the model must not


class WeatherModel:
    """Gives every class of weather a probability."""

    def __init__(self, means: list[float], spreads: list[float], weights: list[list[float]]):
        self.means = means
        self.spreads = spreads
        self.weights = weights

    @classmethod
    def fit(cls, days: Sequence[Day], labels: Sequence[str]) -> WeatherModel:
        """Trains by gradient descent with momentum on the log loss, all days in every step."""
        columns = list(zip(*map(features, days)))
        means = [round(fmean(column), DIGITS) for column in columns]
        spreads = [round(pstdev(column), DIGITS) or 1.0 for column in columns]
        model = cls(means, spreads, _zeros())
        model._descend([model._inputs(day) for day in days], labels)
        model.weights = [[round(weight, DIGITS) for weight in row] for row in model.weights]
        return model

    def scores(self, day: Day) -> dict[str, float]:
        """The probability of each class; they add up to 1."""
        return dict(zip(CLASSES, self._probabilities(self._inputs(day))))

    def save(self, folder: Path) -> None:
        """Writes model.json into the folder."""
        with replacing(folder / "model.json") as file:
            file.write(self._json())

    @classmethod
    def load(cls, folder: Path) -> WeatherModel:
        """Reads the model.json that save() wrote."""
        path = folder / "model.json"
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if (content["classes"], content["features"]) != (CLASSES, FEATURES):
                raise ValueError("trained by a different version of this file")
            return cls(content["means"], content["spreads"], content["weights"])
        except OSError as error:
            raise BadInput(f"cannot read {path}: {error.strerror}; train.py writes it") from None
        except (ValueError, LookupError, TypeError):
            raise BadInput(f"{path} does not fit this code; train.py writes one that does") from None

    def fingerprint(self) -> str:
        """Tells which model it is: the SHA-256 of its model.json."""
        return hashlib.sha256(self._json().encode()).hexdigest()

    def _descend(self, inputs: list[list[float]], labels: Sequence[str]) -> None:
        columns = list(zip(*inputs))
        importances = _importances(labels)
        velocities = _zeros()
        for _ in range(STEPS):
            probabilities = zip(*map(self._probabilities, inputs))
            for k, (name, predicted) in enumerate(zip(CLASSES, probabilities)):
                errors = [i * ((label == name) - p) for i, label, p in zip(importances, labels, predicted)]
                downhill = [sum(map(mul, errors, column)) for column in columns]
                velocities[k] = [MOMENTUM * v + LEARNING_RATE * d for v, d in zip(velocities[k], downhill)]
                self.weights[k] = [w + v for w, v in zip(self.weights[k], velocities[k])]

    def _inputs(self, day: Day) -> list[float]:
        standardised = ((x - mean) / spread for x, mean, spread in zip(features(day), self.means, self.spreads))
        return [1.0, *standardised]  # the 1 meets the intercept

    def _probabilities(self, inputs: Sequence[float]) -> list[float]:
        logits = [sum(map(mul, row, inputs)) for row in self.weights]
        greatest = max(logits)  # taken off, so that exp() cannot overflow
        powers = [math.exp(logit - greatest) for logit in logits]
        total = sum(powers)
        return [power / total for power in powers]

    def _json(self) -> str:
        content = {
            "classes": CLASSES,
            "features": FEATURES,
            "means": self.means,
            "spreads": self.spreads,
            "weights": self.weights,
        }
        return json.dumps(content, indent=1) + "\n"


def features(day: Day) -> list[float]:
    """What the model sees of a day, in the order of FEATURES."""
    angle = 2 * math.pi * day.date.timetuple().tm_yday / 365.25  # sine and cosine make the year a circle
    return [
        float(day.precipitation > 0),
        math.log1p(day.precipitation),
        day.temp_max,
        day.temp_min,
        day.wind,
        math.sin(angle),
        math.cos(angle),
    ]


def most_likely(scores: dict[str, float]) -> str:
    """The class with the greatest score."""
    return max(scores, key=scores.__getitem__)


def _importances(labels: Sequence[str]) -> list[float]:
    """Weighs rare classes up by the square root of their rarity, else the model would never dare to say snow."""
    counts = Counter(labels)
    raw = [counts[label] ** -0.5 for label in labels]
    total = sum(raw)
    return [importance / total for importance in raw]


def _zeros() -> list[list[float]]:
    return [[0.0] * (1 + len(FEATURES)) for _ in CLASSES]
