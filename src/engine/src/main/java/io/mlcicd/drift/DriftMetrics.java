package io.mlcicd.drift;

import io.mlcicd.drift.DriftDetails.MissingColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The numbers of a drift check to follow over builds; their names are a contract. */
final class DriftMetrics {

    private DriftMetrics() {}

    /** The metrics of these findings, in their order; every value is finite. */
    static Map<String, Double> of(List<ColumnDrift> columns, List<MissingColumn> missing) {
        long drifted = columns.stream().filter(ColumnDrift::drifted).count();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("drift.share", columns.isEmpty() ? 0 : (double) drifted / columns.size());
        metrics.put("drift.columns", (double) drifted);
        metrics.put("drift.compared", (double) columns.size());
        metrics.put("drift.missingColumns", (double) missing.size());
        for (ColumnDrift column : columns) {
            Distances distances = column.distances();
            String prefix = column.name() + ".";
            metrics.put(prefix + "psi", distances.psi());
            putIfPresent(metrics, prefix + "ks", distances.ks());
            putIfPresent(metrics, prefix + "ks.pValue", distances.ksPValue());
            putIfPresent(metrics, prefix + "chi2", distances.chi2());
            putIfPresent(metrics, prefix + "chi2.pValue", distances.chi2PValue());
            metrics.put(prefix + "js", distances.js());
        }
        return metrics;
    }

    private static void putIfPresent(Map<String, Double> metrics, String name, OptionalDouble value) {
        value.ifPresent(number -> metrics.put(name, number));
    }
}
