package io.mlcicd.contract;

import io.mlcicd.contract.rule.Bounds;
import io.mlcicd.contract.rule.IsOfType;
import io.mlcicd.contract.rule.Length;
import io.mlcicd.contract.rule.MeasureRule;
import io.mlcicd.contract.rule.NullShare;
import io.mlcicd.contract.rule.OneOf;
import io.mlcicd.contract.rule.Range;
import io.mlcicd.contract.rule.RowCount;
import io.mlcicd.contract.rule.Rule;
import io.mlcicd.contract.rule.TypedText;
import io.mlcicd.contract.rule.Unit;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.TopValues;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds the rule next to a broken one that data keep: with the margin a draft would leave, or a tenth where a draft has no
 * such rule.
 */
final class Widening {

    /** A set that grows beyond this has become something else than a set. */
    private static final int MOST_VALUES = 50;

    /** The share of a number that is left beyond it. */
    private static final BigDecimal MARGIN = new BigDecimal("0.1");

    private Widening() {}

    /**
     * The wider rule; empty when only a person can say what is right.
     *
     * @param broken the promise and what was found
     * @param seen what the profile has of its column
     * @param rows the number of rows
     */
    static Optional<Rule> of(DataValidation.Broken broken, Optional<ColumnProfile> seen, long rows) {
        if (!broken.promise().terms().plain()) {
            return Optional.empty();
        }
        Rule rule = broken.promise().rule();
        if (rule instanceof RowCount count) {
            return Optional.of(new RowCount(rows(count.bounds(), rows)));
        }
        if (rule instanceof MeasureRule measure && broken.measured().isPresent()) {
            return measure(measure, broken.measured().getAsDouble(), seen);
        }
        return seen.flatMap(column -> ofColumn(rule, column));
    }

    private static Optional<Rule> measure(MeasureRule rule, double number, Optional<ColumnProfile> seen) {
        if (rule instanceof NullShare nulls && nulls.bounds().min().isEmpty()) {
            return seen.map(column -> new NullShare(Bounds.atMost(InferContract.maxNullShare(column))));
        }
        return rule.within(around(rule.bounds(), number, number, rule.unit()));
    }

    /** Bounds that hold what was seen, with a tenth of it left beyond, on the side where they do not. */
    private static Bounds around(Bounds bounds, double least, double most, Unit unit) {
        boolean low = bounds.least().isPresent() && least < bounds.least().getAsDouble();
        boolean high = bounds.greatest().isPresent() && most > bounds.greatest().getAsDouble();
        return new Bounds(
                low ? OptionalDouble.of(beyond(least, RoundingMode.FLOOR, unit)) : bounds.min(),
                high ? OptionalDouble.of(beyond(most, RoundingMode.CEILING, unit)) : bounds.max(),
                bounds.above() && !low,
                bounds.below() && !high);
    }

    private static double beyond(double number, RoundingMode outward, Unit unit) {
        BigDecimal seen = BigDecimal.valueOf(number);
        BigDecimal margin = seen.abs().multiply(MARGIN);
        BigDecimal wide = (outward == RoundingMode.FLOOR ? seen.subtract(margin) : seen.add(margin))
                .round(new MathContext(2, outward));
        return switch (unit) {
            case COUNT -> wide.setScale(0, outward).doubleValue();
            case SHARE -> Math.max(0, Math.min(1, wide.doubleValue()));
            case NUMBER, SECONDS -> Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, wide.doubleValue()));
        };
    }

    private static Optional<Rule> ofColumn(Rule rule, ColumnProfile column) {
        if (rule instanceof Length length) {
            return column.lengths()
                    .map(seen ->
                            new Length(around(length.bounds(), (double) seen.min(), (double) seen.max(), Unit.COUNT)));
        }
        if (rule instanceof Range range) {
            return range(range, column);
        }
        if (rule instanceof OneOf set && !set.forbidden()) {
            return set(set, column);
        }
        if (rule instanceof IsOfType type) {
            boolean wider = (type.type() == ColumnType.INTEGER && column.type() == ColumnType.NUMBER)
                    || (type.type() == ColumnType.DATE && column.type() == ColumnType.TIMESTAMP);
            return wider ? Optional.of(new IsOfType(column.type())) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Bounds rows(Bounds bounds, long rows) {
        boolean few = bounds.min().isPresent() && rows < bounds.min().getAsDouble();
        boolean many = bounds.max().isPresent() && rows > bounds.max().getAsDouble();
        return new Bounds(
                few ? Bounds.atLeast(Math.floor(rows / 2.0)).min() : bounds.min(),
                many ? Bounds.atMost(2.0 * rows).max() : bounds.max(),
                false,
                false);
    }

    /** The range that holds what was seen; empty when the column's values cannot be held against it. */
    static Optional<Rule> range(Range range, ColumnProfile column) {
        if (column.min().isEmpty() || column.max().isEmpty() || !comparable(range, column)) {
            return Optional.empty();
        }
        if (column.distribution().filter(spread -> spread.notFinite() > 0).isPresent()) {
            return Optional.empty();
        }
        boolean low =
                range.min().filter(min -> below(column.min().get(), min, range)).isPresent();
        boolean high =
                range.max().filter(max -> above(column.max().get(), max, range)).isPresent();
        return Optional.of(new Range(
                range.type(),
                low ? Optional.of(bound(column, RoundingMode.FLOOR)) : range.min(),
                high ? Optional.of(bound(column, RoundingMode.CEILING)) : range.max(),
                range.above() && !low,
                range.below() && !high));
    }

    private static boolean comparable(Range range, ColumnProfile column) {
        return column.type() == range.type()
                || (range.type().isNumeric() && column.type().isNumeric());
    }

    private static boolean below(String seen, String min, Range range) {
        int order = TypedText.compare(seen, min, range.type());
        return order < 0 || (order == 0 && range.above());
    }

    private static boolean above(String seen, String max, Range range) {
        int order = TypedText.compare(seen, max, range.type());
        return order > 0 || (order == 0 && range.below());
    }

    private static String bound(ColumnProfile column, RoundingMode outward) {
        if (column.type().isNumeric()) {
            return InferContract.bound(column, outward);
        }
        return (outward == RoundingMode.FLOOR ? column.min() : column.max()).orElseThrow();
    }

    private static Optional<Rule> set(OneOf set, ColumnProfile column) {
        Optional<TopValues> all = column.topValues().filter(TopValues::complete);
        if (all.isEmpty() || column.type() != set.type()) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>(set.values());
        all.get().values().stream()
                .map(TopValues.ValueCount::value)
                .filter(value -> !values.contains(value))
                .sorted()
                .forEach(values::add);
        return values.size() > MOST_VALUES ? Optional.empty() : Optional.of(new OneOf(set.type(), values, false));
    }
}
