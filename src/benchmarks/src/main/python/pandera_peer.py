"""Holds generated data against a list of checks with pandera."""

import pandera
from pandera.errors import SchemaErrors

try:
    import pandera.pandas as pa
except ImportError:
    import pandera as pa

import generated


def column_check(check):
    """The check of one column in pandera's terms."""
    kind, name = check["kind"], check["id"]
    if kind == "range":
        return pa.Check.in_range(*generated.bounds(check), error=name)
    if kind == "values":
        return pa.Check.isin(check["values"], error=name)
    if kind == "pattern":
        return pa.Check.str_matches("^(?:" + check["pattern"] + ")$", error=name)
    low, high = check["min"], check["max"]
    figures = {
        "nullShare": lambda column: column.isna().mean(),
        "mean": lambda column: column.mean(),
        "distinct": lambda column: column.nunique(),
        "distinctShare": lambda column: column.nunique() / column.count(),
    }
    figure = figures[kind]
    return pa.Check(lambda column: bool(low <= figure(column) <= high), error=name, ignore_na=kind != "nullShare")


def schema(checks):
    """One schema of all checks, and how pandera names those that are no Check object."""
    columns, whole, unique, names = {}, [], None, {}
    for check in checks:
        kind = check["kind"]
        if kind == "rows":
            low, high = check["min"], check["max"]
            whole.append(pa.Check(lambda data: low <= len(data) <= high, error=check["id"]))
        elif kind == "key":
            unique = check["columns"]
            names["multiple_fields_uniqueness"] = check["id"]
        else:
            column = columns.setdefault(check["columns"][0], {"nullable": True, "checks": []})
            if kind == "nullShare" and check["max"] == 0:
                column["nullable"] = False
                names[check["columns"][0], "not_nullable"] = check["id"]
            else:
                column["checks"].append(column_check(check))
    return pa.DataFrameSchema(
        {name: pa.Column(**terms) for name, terms in columns.items()}, checks=whole, unique=unique
    ), names


def validate(data, checks):
    """The verdict on each check."""
    wanted, names = schema(checks)
    verdicts = {check["id"]: True for check in checks}
    try:
        wanted.validate(data, lazy=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            column = getattr(error.schema, "name", None)
            reason = error.reason_code.name.lower() if error.reason_code else ""
            verdicts[name_of(error, column, reason, names)] = False
    return verdicts


def name_of(error, column, reason, names):
    """The check that an error is about; anything unexpected ends the run."""
    check = error.check
    if getattr(check, "error", None):
        return check.error
    for key in (check, (column, check), reason, (column, reason)):
        if isinstance(key, (str, tuple)) and key in names:
            return names[key]
    raise error


if __name__ == "__main__":
    generated.run(pandera.__version__, validate)
