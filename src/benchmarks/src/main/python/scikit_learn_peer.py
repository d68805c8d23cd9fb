"""All binary metrics and curves of a file of predictions with scikit-learn, then their intervals by a bootstrap; times
what comes after reading."""

import json
import sys
import time

import numpy
import pandas
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve


def expected_calibration_error(label, score):
    """Mean gap between share of positives and mean score over ten bins, by their rows."""
    share, mean = calibration_curve(label, score, n_bins=10)
    bins = numpy.linspace(0, 1, 11)
    rows = numpy.bincount(numpy.searchsorted(bins[1:-1], score), minlength=10)
    return float(numpy.sum(numpy.abs(share - mean) * rows[rows > 0]) / len(label))


def lift(label, score):
    """Positives among the tenth of the rows that scores highest, over those among all."""
    count = len(label) // 10
    top = numpy.argpartition(-score, count)[:count]
    return float(label[top].mean() / label.mean())


def evaluate(label, prediction, score):
    """The metrics that ml-cicd computes, each by the function that a user would call."""
    false_positive, true_positive, _ = metrics.roc_curve(label, score)
    precision, recall, _ = metrics.precision_recall_curve(label, score)
    metrics.confusion_matrix(label, prediction)
    return {
        "accuracy": metrics.accuracy_score(label, prediction),
        "balancedAccuracy": metrics.balanced_accuracy_score(label, prediction),
        "precision": metrics.precision_score(label, prediction),
        "recall": metrics.recall_score(label, prediction),
        "specificity": metrics.recall_score(label, prediction, pos_label=0),
        "f1": metrics.f1_score(label, prediction),
        "mcc": metrics.matthews_corrcoef(label, prediction),
        "cohenKappa": metrics.cohen_kappa_score(label, prediction),
        "rocAuc": metrics.roc_auc_score(label, score),
        "prAuc": metrics.average_precision_score(label, score),
        "prAucTrapezoidal": metrics.auc(recall, precision),
        "ks": float(numpy.max(true_positive - false_positive)),
        "liftTop10": lift(label, score),
        "logLoss": metrics.log_loss(label, score),
        "brier": metrics.brier_score_loss(label, score),
        "ece": expected_calibration_error(label, score),
        "prevalence": float(label.mean()),
        "positiveShare": float(prediction.mean()),
    }


def intervals(label, prediction, score, resamples):
    """Percentile intervals of every metric, by evaluating resamples: scikit-learn itself has none."""
    random = numpy.random.default_rng(0)
    rows = len(label)
    drawn = []
    for _ in range(resamples):
        at = random.integers(0, rows, rows)
        drawn.append(evaluate(label[at], prediction[at], score[at]))
    return {name: numpy.percentile([one[name] for one in drawn], [2.5, 97.5]) for name in drawn[0]}


def main():
    data, answer, resamples = sys.argv[1:4]
    table = pandas.read_parquet(data)
    label, prediction, score = (table[name].to_numpy() for name in ("label", "prediction", "score"))
    start = time.perf_counter()
    found = evaluate(label, prediction, score)
    seconds = time.perf_counter() - start
    if int(resamples) > 0:
        intervals(label, prediction, score, int(resamples))
    with_intervals = time.perf_counter() - start
    python = "%d.%d.%d" % sys.version_info[:3]
    with open(answer, "w", encoding="utf-8") as file:
        json.dump(
            {
                "version": f"{sklearn.__version__}, numpy {numpy.__version__}, Python {python}",
                "seconds": seconds,
                "withIntervals": with_intervals,
                "metrics": {name: float(value) for name, value in found.items()},
            },
            file,
        )


main()
