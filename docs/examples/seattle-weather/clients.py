"""Asks a service for the weather of every day in a table, over and over, as many clients would.

    python3 clients.py data/2015.csv --port 8503 --seconds 60
"""

from __future__ import annotations

import argparse
import csv
import http.client
import itertools
import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Iterator

CLIENTS = 8
PAUSE = 0.03  # seconds that a client waits between two requests


def ask(connection: http.client.HTTPConnection, body: str) -> str:
    """The weather that is named, or what is wrong."""
    try:
        connection.request("POST", "/predict", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        answer = response.read()
        return json.loads(answer)["weather"] if response.status == 200 else f"status {response.status}"
    except (OSError, http.client.HTTPException):
        connection.close()  # the next request opens it again
        return "no answer"


def client(port: int, bodies: Iterator[str], end: float) -> Counter:
    """How often each answer was given to one client."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    answers: Counter = Counter()
    while time.monotonic() < end:
        answers[ask(connection, next(bodies))] += 1
        time.sleep(PAUSE)
    return answers


def main() -> None:
    parser = argparse.ArgumentParser(description="Asks a service for the weather of every day in a table.")
    parser.add_argument("table", type=Path, help="CSV file with date, precipitation, temp_max, temp_min and wind")
    parser.add_argument("--port", type=int, default=8501, help="port of the service (%(default)s)")
    parser.add_argument("--seconds", type=float, default=60, help="how long (%(default)s)")
    arguments = parser.parse_args()

    try:
        with open(arguments.table, encoding="utf-8", newline="") as file:
            bodies = [json.dumps(day) for day in csv.DictReader(file)]
    except OSError as error:
        sys.exit(f"clients.py: {arguments.table}: {error.strerror}")
    if not bodies:
        sys.exit(f"clients.py: {arguments.table}: has no rows")

    endless = itertools.cycle(bodies)
    end = time.monotonic() + arguments.seconds
    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = sum(pool.map(lambda _: client(arguments.port, endless, end), range(CLIENTS)), Counter())
    print(f"{sum(answers.values())} requests:", ", ".join(f"{count} {name}" for name, count in answers.most_common()))


if __name__ == "__main__":
    main()
