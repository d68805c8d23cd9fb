package io.mlcicd.drift;

import io.mlcicd.data.ColumnType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Says of compared columns which have drifted, and why: of all together, for p-values of many need a correction. */
final class Judge {

    /** From this p-value down a change of missing values is none by chance. */
    private static final double SIGNIFICANT = 0.05;

    /** New categories come in clusters, which chance makes a little more often than the test takes for. */
    private static final double SIGNIFICANT_NEW = 0.01;

    private final ColumnTests tests;
    private final ColumnRoles roles;
    private final Weights weights;
    private final Set<String> wanted;

    /** Judges by these tests; {@code wanted} are the metrics that gates name. */
    Judge(ColumnTests tests, ColumnRoles roles, Weights weights, Set<String> wanted) {
        this.tests = tests;
        this.roles = roles;
        this.weights = weights;
        this.wanted = wanted;
    }

    private record Tested(Comparison comparison, ColumnTest test) {
        String name() {
            return comparison.column().name();
        }

        double value() {
            return comparison.distances().get(test.method().measure()).orElse(0);
        }
    }

    /** The findings: what a reader must see first comes first. */
    List<ColumnDrift> judge(List<Comparison> comparisons) {
        List<Tested> tested = comparisons.stream().map(this::tested).toList();
        Map<String, PValue> distribution = adjusted(
                tested.stream().filter(each -> each.test().method().onPValue()).toList(), Tested::value);
        Map<String, PValue> missing = adjusted(
                tested,
                each -> Proportions.different(
                        each.comparison().current().missing(),
                        each.comparison().current().total(),
                        each.comparison().reference().missing(),
                        each.comparison().reference().total()));
        Map<String, PValue> newCategories = adjusted(
                tested.stream()
                        .filter(each -> each.comparison().newCategories().isPresent())
                        .toList(),
                each -> each.comparison()
                        .newCategories()
                        .orElseThrow()
                        .pValue(each.comparison().reference(), each.comparison().current()));
        List<ColumnDrift> findings = new ArrayList<>();
        Map<String, Double> severity = new HashMap<>();
        for (Tested each : tested) {
            ColumnDrift finding = judge(
                    each,
                    Optional.ofNullable(distribution.get(each.name())),
                    missing.get(each.name()),
                    Optional.ofNullable(newCategories.get(each.name())));
            findings.add(finding);
            double held = finding.pValue().map(PValue::adjusted).orElse(finding.value());
            severity.put(each.name(), each.test().severity(held));
        }
        findings.sort(byWeight(severity));
        return List.copyOf(findings);
    }

    private Tested tested(Comparison comparison) {
        ColumnTest test = comparison.test(tests.of(comparison.column().name()));
        String fisher = TestMethod.FISHER.measure();
        boolean needed = test.method() == TestMethod.FISHER
                || wanted.contains(comparison.column().name() + "." + fisher);
        return new Tested(needed ? comparison.withFisher() : comparison, test);
    }

    private Map<String, PValue> adjusted(List<Tested> tested, ToDoubleFunction<Tested> pValue) {
        double[] raw = tested.stream().mapToDouble(pValue).toArray();
        double[] adjusted = tests.correction().adjust(raw);
        Map<String, PValue> pValues = new LinkedHashMap<>();
        for (int i = 0; i < raw.length; i++) {
            pValues.put(tested.get(i).name(), new PValue(raw[i], adjusted[i]));
        }
        return pValues;
    }

    private ColumnDrift judge(
            Tested tested, Optional<PValue> distribution, PValue missing, Optional<PValue> newCategories) {
        Comparison comparison = tested.comparison();
        ColumnTest test = tested.test();
        Optional<ColumnType> changedTo = comparison.column().changedTo();
        double held = distribution.map(PValue::adjusted).orElse(tested.value());
        double newShare = comparison
                .newCategories()
                .map(some -> some.share(comparison.current()))
                .orElse(0.0);
        List<DriftReason> reasons = new ArrayList<>();
        if (changedTo.isPresent()) {
            reasons.add(DriftReason.TYPE);
        } else if (test.drifted(held)) {
            reasons.add(DriftReason.DISTRIBUTION);
        }
        if (missing.adjusted() < SIGNIFICANT && missingMatters(comparison)) {
            reasons.add(DriftReason.MISSING);
        }
        if (newCategories.filter(p -> p.adjusted() < SIGNIFICANT_NEW).isPresent()
                && newShare >= tests.newCategoryShare()) {
            reasons.add(DriftReason.NEW_CATEGORIES);
        }
        String name = tested.name();
        return new ColumnDrift(
                name,
                comparison.column().type(),
                changedTo,
                comparison.kind(),
                roles.of(name),
                weights.of(name),
                !reasons.isEmpty(),
                reasons,
                test.method(),
                tested.value(),
                test.bound(),
                distribution,
                comparison.distances(),
                comparison.approximate(),
                comparison.errors(),
                comparison.reference().missingShare(),
                comparison.current().missingShare(),
                missing,
                newShare,
                newCategories,
                comparison.contingency().chart(ColumnDrift.CHART_BINS),
                comparison.contingency().moved(),
                comparison.added().stream().limit(ColumnDrift.LISTED_CATEGORIES).toList(),
                comparison.vanished().stream()
                        .limit(ColumnDrift.LISTED_CATEGORIES)
                        .toList(),
                Wording.finding(comparison, test, distribution, reasons, newShare));
    }

    /** A missing value where the model has seen none is a new value. */
    private boolean missingMatters(Comparison comparison) {
        double change =
                comparison.current().missingShare() - comparison.reference().missingShare();
        return Math.abs(change) >= tests.missingChange()
                || (comparison.reference().missing() == 0 && change >= tests.newCategoryShare());
    }

    /** Drifted columns, changed types among them, then the farthest from the threshold, times the column's weight. */
    private static Comparator<ColumnDrift> byWeight(Map<String, Double> severity) {
        return Comparator.comparing(ColumnDrift::drifted)
                .thenComparing(column -> column.changedTo().isPresent())
                .thenComparingDouble(
                        column -> weighted(severity.get(column.name()), column.isFeature() ? column.weight() : 1))
                .thenComparingDouble(column -> column.distances().psi())
                .reversed()
                .thenComparing(ColumnDrift::name);
    }

    /** A p-value of 0 is infinitely severe, which is nothing that a weight could scale. */
    private static double weighted(double severity, double weight) {
        return Math.min(severity, 1e12) * weight;
    }
}
