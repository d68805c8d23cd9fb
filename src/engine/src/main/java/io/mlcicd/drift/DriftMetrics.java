package io.mlcicd.drift;

import io.mlcicd.drift.DriftDetails.MissingColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The numbers of a drift check to follow over builds; their names are a contract. */
final class DriftMetrics {

    private static final Set<String> ALWAYS = Set.of("psi", "js", "ks", "ks.pValue", "chi2", "chi2.pValue");

    private DriftMetrics() {}

    /**
     * The metrics of these findings, in their order; every value is finite. Of each column the measures that are followed
     * as a rule, those of the method that was used, and those that gates name.
     */
    static Map<String, Double> of(
            List<ColumnDrift> columns, List<MissingColumn> missing, ColumnRoles roles, Set<String> wanted) {
        List<ColumnDrift> features =
                columns.stream().filter(ColumnDrift::isFeature).toList();
        double drifted = count(features, ColumnDrift::drifted);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("drift.share", features.isEmpty() ? 0 : drifted / features.size());
        metrics.put("drift.columns", drifted);
        metrics.put("drift.compared", (double) features.size());
        metrics.put("drift.missingColumns", (double) missing.stream()
                .filter(column -> roles.of(column.name()) == ColumnRole.FEATURE)
                .count());
        metrics.put(
                "drift.weightedShare",
                Math.min(
                        1,
                        features.stream()
                                .filter(ColumnDrift::drifted)
                                .mapToDouble(ColumnDrift::weight)
                                .sum()));
        metrics.put(
                "drift.missingValues",
                count(features, column -> column.reasons().contains(DriftReason.MISSING)));
        metrics.put(
                "drift.newCategories",
                count(features, column -> column.reasons().contains(DriftReason.NEW_CATEGORIES)));
        putRole(metrics, columns, ColumnRole.TARGET);
        putRole(metrics, columns, ColumnRole.PREDICTION);
        columns.forEach(column -> putColumn(metrics, column, wanted));
        return metrics;
    }

    private static double count(List<ColumnDrift> columns, Predicate<ColumnDrift> condition) {
        return columns.stream().filter(condition).count();
    }

    private static void putRole(Map<String, Double> metrics, List<ColumnDrift> columns, ColumnRole role) {
        List<ColumnDrift> some =
                columns.stream().filter(column -> column.role() == role).toList();
        if (!some.isEmpty()) {
            metrics.put("drift." + role.key(), count(some, ColumnDrift::drifted) > 0 ? 1.0 : 0.0);
        }
    }

    private static void putColumn(Map<String, Double> metrics, ColumnDrift column, Set<String> wanted) {
        String prefix = column.name() + ".";
        String used = column.method().measure();
        column.distances().values().forEach((name, value) -> {
            boolean ofMethod = name.equals(used) || used.startsWith(name + ".");
            if (ALWAYS.contains(name) || ofMethod || wanted.contains(prefix + name)) {
                metrics.put(prefix + name, value);
            }
        });
        metrics.put(prefix + "missingChange", column.missingChange());
        if (column.kind() == ColumnKind.CATEGORICAL) {
            metrics.put(prefix + "newCategoryShare", column.newCategoryShare());
        }
    }
}
