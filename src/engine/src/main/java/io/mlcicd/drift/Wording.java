package io.mlcicd.drift;

import io.mlcicd.data.ColumnType;
import io.mlcicd.document.Figures;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Numbers, bins and findings in words. */
final class Wording {
    private static final int NAMED = 3;

    private Wording() {}

    /** A bin's label; seconds are shown as the instant they stand for. */
    static String label(OptionalDouble from, OptionalDouble to, boolean seconds) {
        if (from.isEmpty() && to.isEmpty()) {
            return "of any size";
        }
        if (from.isEmpty()) {
            return "below " + edge(to.getAsDouble(), seconds);
        }
        double least = from.getAsDouble();
        if (to.isEmpty()) {
            return edge(least, seconds) + " and above";
        }
        boolean single = to.getAsDouble() == Math.nextUp(least);
        return single ? edge(least, seconds) : edge(least, seconds) + " to " + edge(to.getAsDouble(), seconds);
    }

    /** A value's label. */
    static String label(double value, boolean seconds) {
        return edge(value, seconds);
    }

    private static String edge(double value, boolean seconds) {
        return seconds ? Instant.ofEpochSecond((long) Math.floor(value)).toString() : Figures.number(value);
    }

    /** What the test found, what moved most, and what is new or gone. */
    static String finding(
            Comparison comparison,
            ColumnTest test,
            Optional<PValue> pValue,
            List<DriftReason> reasons,
            double newCategoryShare) {
        Optional<ColumnType> changedTo = comparison.column().changedTo();
        if (changedTo.isPresent()) {
            return "the type changed from %s to %s, which counts as drift"
                    .formatted(comparison.column().type().key(), changedTo.get().key());
        }
        double value = comparison.distances().get(test.method().measure()).orElse(0);
        double held = pValue.map(PValue::adjusted).orElse(value);
        StringBuilder finding = new StringBuilder("%s is %s%s, %s the threshold %s"
                .formatted(
                        test.method().title(),
                        Figures.number(value),
                        held == value
                                ? ""
                                : " (%s corrected for the number of columns)".formatted(Figures.number(held)),
                        held < test.bound() ? "below" : "at least",
                        Figures.number(test.bound())));
        if (reasons.contains(DriftReason.MISSING)) {
            finding.append("; missing values went from %s to %s of the rows"
                    .formatted(
                            Figures.percent(comparison.reference().missingShare()),
                            Figures.percent(comparison.current().missingShare())));
        }
        if (reasons.contains(DriftReason.NEW_CATEGORIES)) {
            finding.append("; %s of the rows are in new categories".formatted(Figures.percent(newCategoryShare)));
        }
        comparison
                .contingency()
                .moved()
                .filter(bin ->
                        !(reasons.contains(DriftReason.MISSING) && bin.label().equals(Contingency.MISSING)))
                .ifPresent(bin -> finding.append("; ").append(moved(bin, comparison.kind())));
        return finding + listed("new", comparison.added()) + listed("vanished", comparison.vanished());
    }

    private static String moved(Bin bin, ColumnKind kind) {
        String what = bin.label().equals(Contingency.MISSING)
                ? "missing values"
                : kind == ColumnKind.NUMERIC ? "values " + bin.label() : "'" + bin.label() + "'";
        return "%s moved most, from %s to %s of the rows"
                .formatted(what, Figures.percent(bin.reference()), Figures.percent(bin.current()));
    }

    private static String listed(String what, List<String> categories) {
        if (categories.isEmpty()) {
            return "";
        }
        String names =
                categories.stream().limit(NAMED).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        int more = categories.size() - NAMED;
        return "; %s: %s%s".formatted(what, names, more > 0 ? " and " + more + " more" : "");
    }
}
