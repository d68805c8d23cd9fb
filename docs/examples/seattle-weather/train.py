"""Trains the weather model and writes its predictions for days it has not seen.

    python3 train.py

The last seven days of every month are held out: a sample of all seasons and years that is easy to name, and in whole
weeks, since neighbouring days resemble each other.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from days import BOUNDS, BadInput, Day, read_csv, replacing
from weather_model import CLASSES, WeatherModel, most_likely

DATA = Path("data/2012-2014.csv")
MODEL = Path("build/model")
PREDICTIONS = Path("build/predictions.csv")


def main() -> None:
    history = read_csv(DATA, labelled_day)
    seen = [(day, weather) for day, weather in history if not held_out(day.date)]
    unseen = [(day, weather) for day, weather in history if held_out(day.date)]
    if not seen or not unseen:
        raise BadInput(f"{DATA} needs days to train on and, in the last week of a month, days to evaluate on")

    model = WeatherModel.fit(*zip(*seen))
    model.save(MODEL)
    write_predictions(model, unseen)

    truth = [weather for _, weather in unseen]
    predicted = [most_likely(model.scores(day)) for day, _ in unseen]
    print(
        f"trained on {len(seen)} days; on the {len(unseen)} held out: "
        f"accuracy {accuracy(truth, predicted):.3f}, macro F1 {macro_f1(truth, predicted):.3f}"
    )


def labelled_day(row: dict) -> tuple[Day, str]:
    """A day and its weather, the label."""
    weather = row.get("weather")
    if weather not in CLASSES:
        raise BadInput(f"weather: {weather!r} is none of {', '.join(CLASSES)}")
    return Day.parse(row), weather


def held_out(day: date) -> bool:
    """Whether a week later is another month."""
    return (day + timedelta(days=7)).month != day.month


def write_predictions(model: WeatherModel, labelled: list[tuple[Day, str]]) -> None:
    """Writes label, prediction, scores and measurements of each day, for `mlcicd evaluate` to judge."""
    with replacing(PREDICTIONS) as file:
        table = csv.writer(file, lineterminator="\n")
        scores = [f"score_{name}" for name in CLASSES]
        table.writerow(["date", "season", "weather", "predicted", *scores, *BOUNDS])
        for day, weather in labelled:
            scores = model.scores(day)
            measured = [getattr(day, name) for name in BOUNDS]
            table.writerow([day.date, day.season, weather, most_likely(scores), *scores.values(), *measured])


def accuracy(truth: list[str], predicted: list[str]) -> float:
    """The share of days named rightly."""
    return sum(map(str.__eq__, truth, predicted)) / len(truth)


def macro_f1(truth: list[str], predicted: list[str]) -> float:
    """The mean over the classes of F1 = 2 TP / (2 TP + FP + FN), for classes that occur on either side."""
    hits = Counter(t for t, p in zip(truth, predicted) if t == p)
    occurrences = Counter(truth) + Counter(predicted)
    return sum(2 * hits[name] / count for name, count in occurrences.items()) / len(occurrences)


if __name__ == "__main__":
    try:
        main()
    except BadInput as error:
        sys.exit(f"train.py: {error}")
