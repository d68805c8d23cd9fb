"""Drift of every column of two Parquet files with scipy on pandas, each measure by the function that a user would call;
times reading and measuring. Columns are read one by one, so that memory holds no more than one of each file."""

import json
import sys
import time
import warnings

import numpy
import pandas
import pyarrow.parquet
import scipy
from scipy import stats
from scipy.spatial.distance import jensenshannon

LEAST = 1e-4


def shares(values, edges):
    """Share of the values in each bin; bins are open below and above."""
    return numpy.bincount(numpy.searchsorted(edges, values, side="right"), minlength=len(edges) + 1) / len(values)


def binned(reference, current):
    """What compares shares of ten bins of equal frequency in the reference."""
    edges = numpy.unique(numpy.quantile(reference, numpy.linspace(0.1, 0.9, 9)))
    before, now = shares(reference, edges), shares(current, edges)
    p, q = numpy.maximum(before, LEAST), numpy.maximum(now, LEAST)
    return {"psi": float(numpy.sum((q - p) * numpy.log(q / p))), "js": float(jensenshannon(before, now, base=2))}


def screened(reference, current):
    """What a monitoring script usually computes."""
    test = stats.ks_2samp(reference, current, method="asymp")
    return {
        **binned(reference, current),
        "ks": float(test.statistic),
        "ks.pValue": float(test.pvalue),
        "wasserstein": float(stats.wasserstein_distance(reference, current)),
    }


def measured(reference, current):
    """All measures of numbers that ml-cicd computes and scipy has."""
    anderson = stats.anderson_ksamp([reference, current], variant="midrank")
    cramer = stats.cramervonmises_2samp(reference, current, method="asymptotic")
    return {
        **screened(reference, current),
        "ad": float(anderson.statistic),
        "cvm": float(cramer.statistic),
    }


def main():
    reference, current, answer, which = sys.argv[1:5]
    compare = {"all": measured, "usual": screened}[which]
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    names = pyarrow.parquet.read_schema(reference).names
    columns = {}
    for name in names:
        before = pandas.read_parquet(reference, columns=[name])[name].to_numpy()
        now = pandas.read_parquet(current, columns=[name])[name].to_numpy()
        columns[name] = compare(before, now)
    seconds = time.perf_counter() - start
    python = "%d.%d.%d" % sys.version_info[:3]
    with open(answer, "w", encoding="utf-8") as file:
        json.dump(
            {
                "version": f"{scipy.__version__}, pandas {pandas.__version__}, Python {python}",
                "seconds": seconds,
                "columns": columns,
            },
            file,
        )


main()
