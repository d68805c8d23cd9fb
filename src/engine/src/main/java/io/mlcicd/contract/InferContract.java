package io.mlcicd.contract;

import io.mlcicd.contract.rule.Bounds;
import io.mlcicd.contract.rule.IsOfType;
import io.mlcicd.contract.rule.NullShare;
import io.mlcicd.contract.rule.OneOf;
import io.mlcicd.contract.rule.Range;
import io.mlcicd.contract.rule.RowCount;
import io.mlcicd.contract.rule.Rule;
import io.mlcicd.contract.rule.TypedText;
import io.mlcicd.contract.rule.Unique;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.TopValues;
import io.mlcicd.gate.Criticality;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Drafts the contract that a person would sign after a look at the data: what held by a margin, not what held by chance.
 * The data it was drafted from keep it.
 */
public final class InferContract {

    /** Numbers may leave the range that was seen by this share of it, on either side. */
    private static final double MARGIN = 0.1;

    private static final int MOST_VALUES = 20;
    private static final int LEAST_REPEATS = 5;
    private static final List<Double> NULL_SHARES = List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5);
    private static final double NULL_MARGIN = 1.5;
    private static final Pattern KEY =
            Pattern.compile("(?i)(.*[_\\W])?(id|key|uuid|guid|code|date|day|timestamp|datetime)|.*[a-z](Id|Key|Code)");

    private InferContract() {}

    /** The draft; columns of types that no contract can name are asked for without one. */
    public static Contract infer(DataProfile profile) {
        List<ContractColumn> columns = new ArrayList<>();
        for (ColumnProfile column : profile.columns()) {
            columns.add(column(column, columns.isEmpty()));
        }
        List<Promise> rows = profile.rows() < 2
                ? List.of()
                : List.of(promise(List.of(), new RowCount(Bounds.atLeast(Math.floor(profile.rows() / 2.0)))));
        return new Contract(profile.name(), Optional.empty(), MissingColumns.REFUSE, rows, columns);
    }

    /** What is promised of one column. */
    static ContractColumn column(ColumnProfile column, boolean first) {
        boolean typed = column.count() > 0 && column.type() != ColumnType.OTHER;
        boolean bounded = column.type().isNumeric()
                && column.distribution()
                        .filter(spread -> spread.notFinite() == 0)
                        .isPresent()
                && !isKey(column, first);
        List<Rule> rules = new ArrayList<>();
        if (typed) {
            rules.add(new IsOfType(column.type()));
        }
        if (column.count() > 0) {
            rules.add(new NullShare(Bounds.atMost(maxNullShare(column))));
        }
        if (bounded) {
            rules.add(new Range(
                    column.type(),
                    Optional.of(bound(column, RoundingMode.FLOOR)),
                    Optional.of(bound(column, RoundingMode.CEILING)),
                    false,
                    false));
        }
        List<String> values = values(column);
        if (!values.isEmpty()) {
            rules.add(new OneOf(column.type(), values, false));
        }
        if (isKey(column, first)) {
            rules.add(new Unique(List.of()));
        }
        return new ContractColumn(
                column.name(),
                typed ? Optional.of(column.type()) : Optional.empty(),
                true,
                false,
                Optional.empty(),
                rules.stream()
                        .map(rule -> promise(List.of(column.name()), rule))
                        .toList());
    }

    private static Promise promise(List<String> columns, Rule rule) {
        return new Promise(columns, rule, Promise.Terms.strict(Criticality.FAILURE));
    }

    /** The least of the round shares that leaves a margin. */
    static double maxNullShare(ColumnProfile column) {
        double share = column.nullShare();
        return share == 0
                ? 0
                : NULL_SHARES.stream()
                        .filter(round -> round >= share * NULL_MARGIN)
                        .findFirst()
                        .orElse(1.0);
    }

    /** A range with a margin in two digits of its width, which does not cross zero where no value has. */
    static String bound(ColumnProfile column, RoundingMode outward) {
        BigDecimal min = new BigDecimal(column.min().orElseThrow());
        BigDecimal max = new BigDecimal(column.max().orElseThrow());
        BigDecimal width = max.subtract(min);
        BigDecimal size = width.signum() > 0 ? width : max.abs().max(BigDecimal.ONE);
        BigDecimal margin = size.multiply(BigDecimal.valueOf(MARGIN));
        boolean lower = outward == RoundingMode.FLOOR;
        if (lower
                ? min.signum() >= 0 && min.compareTo(margin) <= 0
                : max.signum() <= 0 && max.negate().compareTo(margin) <= 0) {
            return "0";
        }
        int digits = size.round(new MathContext(2, RoundingMode.UP)).scale();
        int scale = column.type() == ColumnType.INTEGER ? Math.min(0, digits) : digits;
        BigDecimal wide = lower ? min.subtract(margin) : max.add(margin);
        return TypedText.of(wide.setScale(scale, outward));
    }

    private static List<String> values(ColumnProfile column) {
        Optional<TopValues> all = column.topValues()
                .filter(top -> column.type() == ColumnType.STRING && top.complete())
                .filter(top -> top.values().size() <= MOST_VALUES
                        && column.count() >= (long) LEAST_REPEATS * top.values().size());
        return all.map(top -> top.values().stream()
                        .map(TopValues.ValueCount::value)
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    /** A column without repetition that stands first, or whose name says that it identifies a row. */
    private static boolean isKey(ColumnProfile column, boolean first) {
        return column.nulls() == 0
                && column.count() >= 2
                && column.distinctExact()
                && column.distinct() == column.count()
                && column.type() != ColumnType.NUMBER
                && (first || KEY.matcher(column.name()).matches());
    }
}
