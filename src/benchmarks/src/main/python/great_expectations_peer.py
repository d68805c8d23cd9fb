"""Holds generated data against a list of checks with Great Expectations."""

import importlib.metadata
import os

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # otherwise a network call would be timed, too

import great_expectations as gx
import great_expectations.expectations as gxe

import generated


def version():
    """The installed version, which a copy without its package's metadata keeps in a file."""
    try:
        return importlib.metadata.version("great_expectations")
    except importlib.metadata.PackageNotFoundError:
        path = os.path.join(os.path.dirname(gx.__file__), "deployment_version")
        with open(path, encoding="utf-8") as file:
            return file.read().strip()


def expectation(check):
    """The check in the tool's own terms."""
    kind, meta = check["kind"], {"id": check["id"]}
    if kind == "rows":
        return gxe.ExpectTableRowCountToBeBetween(min_value=check["min"], max_value=check["max"], meta=meta)
    if kind == "key":
        return gxe.ExpectCompoundColumnsToBeUnique(column_list=check["columns"], meta=meta)
    column = check["columns"][0]
    if kind == "nullShare":
        return gxe.ExpectColumnValuesToNotBeNull(column=column, mostly=1 - check["max"], meta=meta)
    if kind == "values":
        return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=check["values"], meta=meta)
    if kind == "pattern":
        pattern = "^(?:" + check["pattern"] + ")$"
        return gxe.ExpectColumnValuesToMatchRegex(column=column, regex=pattern, meta=meta)
    low, high = generated.bounds(check)
    bounded = {
        "range": gxe.ExpectColumnValuesToBeBetween,
        "mean": gxe.ExpectColumnMeanToBeBetween,
        "distinct": gxe.ExpectColumnUniqueValueCountToBeBetween,
        "distinctShare": gxe.ExpectColumnProportionOfUniqueValuesToBeBetween,
    }
    return bounded[kind](column=column, min_value=low, max_value=high, meta=meta)


def validate(data, checks):
    """The verdict on each check; no examples of broken rows are asked for, which is the tool's fastest form."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("pandas").add_dataframe_asset("data")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": data})
    suite = gx.ExpectationSuite(name="checks", expectations=[expectation(check) for check in checks])
    verdicts = {}
    for result in batch.validate(suite, result_format="BOOLEAN_ONLY").results:
        if result.exception_info and "exception_message" in result.exception_info:
            if result.exception_info["exception_message"]:
                raise RuntimeError(result.exception_info["exception_message"])
        verdicts[result.expectation_config.meta["id"]] = bool(result.success)
    return verdicts


if __name__ == "__main__":
    generated.run(version(), validate)
