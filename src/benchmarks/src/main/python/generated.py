"""Reads the generated data with pandas, and the list of checks; shared by the tools that run on pandas."""

import json
import sys

import pandas


def arguments():
    """Data file, list of checks, file for the verdicts, and pandas' CSV engine."""
    data, checks, answer, engine = sys.argv[1:5]
    with open(checks, encoding="utf-8") as file:
        return data, json.load(file), answer, engine


def read(path, engine):
    """The data, with times as times, which a CSV file does not tell by itself."""
    if path.endswith(".parquet"):
        return pandas.read_parquet(path)
    return pandas.read_csv(path, parse_dates=["moment"], engine=engine)


def bounds(check):
    """Least and greatest value, times as times."""
    low, high = check["min"], check["max"]
    return (pandas.Timestamp(low), pandas.Timestamp(high)) if isinstance(low, str) else (low, high)


def run(version, validate):
    """Reads, validates, and writes the verdict on each check."""
    path, checks, answer, engine = arguments()
    verdicts = validate(read(path, engine), checks)
    python = "%d.%d.%d" % sys.version_info[:3]
    with open(answer, "w", encoding="utf-8") as file:
        json.dump({"version": f"{version}, pandas {pandas.__version__}, Python {python}", "verdicts": verdicts}, file)
