package io.mlcicd.drift;

import io.mlcicd.data.ColumnType;
import io.mlcicd.drift.Contingency.Rows;
import io.mlcicd.drift.Plan.Planned;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Both distributions of a column side by side.
 *
 * @param column the column
 * @param kind how its values are compared
 * @param contingency the rows of both sides by bin or category
 * @param reference the reference's rows
 * @param current the current rows
 * @param ks the Kolmogorov–Smirnov test, where values have an order
 * @param approximate whether a profile gave less than the exact distances
 * @param added categories that only the current data have
 * @param vanished categories that only the reference has
 */
record Comparison(
        Planned column,
        ColumnKind kind,
        Contingency contingency,
        Rows reference,
        Rows current,
        Optional<KolmogorovSmirnov> ks,
        boolean approximate,
        List<String> added,
        List<String> vanished) {

    /** The finding under that test. */
    ColumnDrift judge(ColumnTest asked) {
        ColumnTest test = asked.suiting(kind);
        Optional<ColumnType> changedTo = column.changedTo();
        Distances distances = distances();
        double value = distances.of(test.method());
        boolean drifted = changedTo.isPresent() || test.drifted(value);
        Optional<Bin> moved = contingency.moved();
        String message = changedTo
                .map(type -> "the type changed from %s to %s, which counts as drift"
                        .formatted(column.type().key(), type.key()))
                .orElseGet(() -> Wording.finding(test, value, drifted, kind, moved, added, vanished));
        return new ColumnDrift(
                column.name(),
                column.type(),
                changedTo,
                kind,
                drifted,
                test.method(),
                value,
                test.threshold(),
                distances,
                approximate,
                reference.missingShare(),
                current.missingShare(),
                contingency.chart(ColumnDrift.CHART_BINS),
                moved,
                added.stream().limit(ColumnDrift.LISTED_CATEGORIES).toList(),
                vanished.stream().limit(ColumnDrift.LISTED_CATEGORIES).toList(),
                message);
    }

    private Distances distances() {
        Optional<ChiSquare> chi2 = kind == ColumnKind.CATEGORICAL
                ? Optional.of(ChiSquare.of(contingency.reference(), contingency.current()))
                : Optional.empty();
        return new Distances(
                contingency.populationStabilityIndex(),
                contingency.jensenShannon(),
                number(ks.map(KolmogorovSmirnov::statistic)),
                number(ks.map(KolmogorovSmirnov::pValue)),
                number(chi2.map(ChiSquare::statistic)),
                chi2.map(test -> OptionalLong.of(test.degreesOfFreedom())).orElse(OptionalLong.empty()),
                number(chi2.map(ChiSquare::pValue)));
    }

    private static OptionalDouble number(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
