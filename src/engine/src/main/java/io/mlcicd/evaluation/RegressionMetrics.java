package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.evaluation.EvaluationDetails.ResidualBin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Metrics of predicted numbers, in the label's own unit or its square, defined as in scikit-learn 1.x. */
final class RegressionMetrics implements TaskMetrics {

    private static final int BINS = 20;

    private final Predictions predictions;
    private final String actual;
    private final String predicted;
    private final List<String> notes = new ArrayList<>();

    RegressionMetrics(Predictions predictions, Column label, Column prediction) {
        this.predictions = predictions;
        this.actual = "CAST(" + DataEngine.quote(label.name()) + " AS DOUBLE)";
        this.predicted = "CAST(" + DataEngine.quote(prediction.name()) + " AS DOUBLE)";
    }

    @Override
    public Map<String, Map<String, Double>> by(Grouping grouping) throws InterruptedException {
        Map<String, Map<String, Double>> metrics = new TreeMap<>();
        String median = predictions.engine().dialect().quantiles("ABS(e)", List.of(0.5));
        predictions.engine().stream(
                "SELECT g, COUNT(*) AS n, AVG(ABS(e)) AS mae, AVG(e * e) AS mse, AVG(e) AS bias,"
                        + " MAX(ABS(e)) AS max_error, VAR_POP(y) AS spread, VAR_POP(e) AS error_spread,"
                        + " MIN(ABS(y)) AS least, AVG(ABS(e) / NULLIF(ABS(y), 0)) AS mape, " + median
                        + " AS median FROM (SELECT " + grouping.sql() + " AS g, " + actual + " AS y, "
                        + predicted + " - " + actual + " AS e FROM " + predictions.from()
                        + ") AS errors GROUP BY g",
                row -> metrics.put(row.text("g").orElseThrow(), metrics(row, grouping)));
        return metrics;
    }

    private Map<String, Double> metrics(Row row, Grouping grouping) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        double mse = row.number("mse").orElseThrow();
        metrics.put("mae", row.number("mae").orElseThrow());
        metrics.put("mse", mse);
        metrics.put("rmse", Math.sqrt(mse));
        metrics.put("medianAbsoluteError", row.numbers("median").get(0));
        metrics.put("maxError", row.number("max_error").orElseThrow());
        metrics.put("bias", row.number("bias").orElseThrow());
        boolean noted = grouping.equals(Grouping.all());
        if (row.number("least").orElseThrow() > 0) {
            metrics.put("mape", row.number("mape").orElseThrow());
        } else if (noted) {
            notes.add("mape is not defined, for at least one label is 0");
        }
        if (row.count("n") > 1) {
            double spread = row.number("spread").orElseThrow();
            metrics.put("r2", explained(mse, spread));
            metrics.put(
                    "explainedVariance", explained(row.number("error_spread").orElseThrow(), spread));
        } else if (noted) {
            notes.add("r2 and explainedVariance need two rows or more");
        }
        return metrics;
    }

    /** The share of the labels' variance that the errors leave; of constant labels 1 when there is no error, else 0. */
    private static double explained(double unexplained, double spread) {
        if (spread > 0) {
            return 1 - unexplained / spread;
        }
        return unexplained == 0 ? 1 : 0;
    }

    @Override
    public void describe(EvaluationDraft draft) throws InterruptedException {
        String error = predicted + " - " + actual;
        Row range = predictions
                .engine()
                .query("SELECT MIN(" + error + ") AS least, MAX(" + error + ") AS greatest FROM " + predictions.from())
                .get(0);
        double least = range.number("least").orElseThrow();
        double greatest = range.number("greatest").orElseThrow();
        double width = (greatest - least) / BINS;
        String bin =
                width > 0 ? "LEAST(FLOOR((" + error + " - (" + least + ")) / " + width + "), " + (BINS - 1) + ")" : "0";
        List<ResidualBin> bins = new ArrayList<>();
        predictions.engine().stream(
                "SELECT b, COUNT(*) AS n FROM (SELECT " + bin + " AS b FROM " + predictions.from()
                        + ") AS binned GROUP BY b ORDER BY b",
                row -> {
                    double from = least + row.number("b").orElseThrow() * width;
                    bins.add(new ResidualBin(from, from + width, row.count("n")));
                });
        draft.residuals(bins);
    }

    @Override
    public List<String> notes() {
        return notes;
    }
}
