"""Names the weather of every day in a table.

    python3 score.py data/2015.csv build/scored-2015.csv
"""

import argparse
import csv
import sys
from pathlib import Path

from days import BadInput, Day, read_csv, replacing
from weather_model import CLASSES, WeatherModel, most_likely


def main() -> None:
    parser = argparse.ArgumentParser(description="Names the weather of every day in a table.")
    parser.add_argument("input", type=Path, help="CSV file with date, precipitation, temp_max, temp_min and wind")
    parser.add_argument("output", type=Path, help="CSV file to write: date, predicted, confidence ...")
    parser.add_argument("--model", type=Path, default="build/model", help="folder of the model (%(default)s)")
    arguments = parser.parse_args()

    model = WeatherModel.load(arguments.model)
    days = read_csv(arguments.input, lambda row: (Day.parse(row), row.get("weather", "")))
    with replacing(arguments.output) as file:
        table = csv.writer(file, lineterminator="\n")
        # What the weather was in the end, where the table tells, and the scores: `mlcicd drift` watches the performance by them.
        table.writerow(["date", "predicted", "confidence", "weather", *(f"score_{name}" for name in CLASSES)])
        for day, truth in days:
            scores = model.scores(day)
            predicted = most_likely(scores)
            confidence = round(scores[predicted], 6)
            table.writerow([day.date, predicted, confidence, truth, *(scores[name] for name in CLASSES)])
    print(f"scored {len(days)} days")


if __name__ == "__main__":
    try:
        main()
    except BadInput as error:
        sys.exit(f"score.py: {error}")
