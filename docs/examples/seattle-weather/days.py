"""A day's measurements, read from CSV rows and JSON requests alike, so that training and serving agree."""

from __future__ import annotations

import csv
import math
import os
import reprlib
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Callable, Iterator, NamedTuple, TextIO, TypeVar

# What any instrument on Earth could report. What is usual in Seattle is for contract.yml to say.
BOUNDS = {
    "precipitation": (0, 2000),  # mm
    "temp_max": (-100, 70),  # °C
    "temp_min": (-100, 70),  # °C
    "wind": (0, 400),
}

T = TypeVar("T")


class BadInput(ValueError):
    """Input that cannot be used; the message says what is wrong, and where."""


class Day(NamedTuple):
    """The measurements of one day."""

    date: date
    precipitation: float
    temp_max: float
    temp_min: float
    wind: float

    @classmethod
    def parse(cls, record: dict) -> Day:
        """Takes the fields it knows and ignores the others."""
        return cls(_date(record), *(_measurement(record, name) for name in BOUNDS))

    @property
    def season(self) -> str:
        """The meteorological season, which consists of whole months."""
        return ("winter", "spring", "summer", "autumn")[self.date.month % 12 // 3]


def read_csv(path: Path, parse: Callable[[dict], T]) -> list[T]:
    """Parses every row of a table; an error names the file and the line."""
    results = []
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            for row in rows:
                try:
                    results.append(parse(row))
                except BadInput as error:
                    raise BadInput(f"{path}, line {rows.line_num}: {error}") from None
    except OSError as error:
        raise BadInput(f"cannot read {path}: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise BadInput(f"{path} is not a CSV file in UTF-8") from None
    if not results:
        raise BadInput(f"{path} has no rows")
    return results


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Opens a file that takes its place only when it is complete, so that nobody ever reads half of it."""
    draft = Path(f"{path}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(draft, "w", encoding="utf-8", newline="") as file:
            yield file
        os.replace(draft, path)
    except OSError as error:
        raise BadInput(f"cannot write {path}: {error.strerror}") from None
    finally:
        with suppress(OSError):
            draft.unlink()  # there only if something went wrong


def _date(record: dict) -> date:
    text = _present(record, "date")
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError):
        day = None
    if day is None or day.isoformat() != text:  # newer Pythons read more formats than this
        raise BadInput(f"date: {reprlib.repr(text)} is not a date like 2015-07-05")
    return day


def _measurement(record: dict, name: str) -> float:
    value = _present(record, name)
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise BadInput(f"{name}: {reprlib.repr(value)} is not a number")
    least, greatest = BOUNDS[name]
    if not least <= number <= greatest:
        raise BadInput(f"{name}: {number:g} is not between {least} and {greatest}")
    return number


def _present(record: dict, name: str) -> object:
    value = record.get(name)
    if value is None or value == "":
        raise BadInput(f"{name}: missing")
    return value
