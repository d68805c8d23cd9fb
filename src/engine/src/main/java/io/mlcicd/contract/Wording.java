package io.mlcicd.contract;

import io.mlcicd.contract.Check.Example;
import io.mlcicd.data.ColumnType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What checks say to people. */
final class Wording {

    private static final int LONGEST_VALUE = 60;
    private static final int MOST_NAMES = 12;

    private Wording() {}

    /** What a rule asks for, such as {@code 0..150}. */
    static String expected(ColumnRule rule, CheckKind kind) {
        return switch (kind) {
            case TYPE -> rule.type().map(ColumnType::key).orElseThrow();
            case NULLS -> "at most " + percent(rule.maxNullShare().orElseThrow()) + " null";
            case RANGE -> range(rule);
            case VALUES -> "one of " + some(rule.values());
            case PATTERN -> "matches " + rule.pattern().orElseThrow();
            case UNIQUE -> "no value twice";
            case ROWS, EXTRA_COLUMNS -> throw new IllegalArgumentException("no check of a column: " + kind);
        };
    }

    private static String range(ColumnRule rule) {
        if (rule.min().isPresent() && rule.max().isPresent()) {
            return rule.min().get() + ".." + rule.max().get();
        }
        return rule.min()
                .map(min -> "at least " + min)
                .orElseGet(() -> "at most " + rule.max().orElseThrow());
    }

    /** What the data have: "3 values outside 0..150 (0.27 % of 1,096 rows), such as 151.2 in row 17". */
    static String observed(ColumnRule rule, CheckKind kind, long violations, long rows, List<Example> examples) {
        if (violations == 0) {
            return kept(rule, kind);
        }
        if (kind == CheckKind.NULLS) {
            double most = rule.maxNullShare().orElseThrow();
            return "null in %s (%s of %s), %s"
                    .formatted(
                            count(violations, "row"),
                            percent(violations, rows),
                            number(rows),
                            most == 0 ? "must never be" : "may be in at most " + percent(most));
        }
        return count(violations, "value") + " " + broken(rule, kind, violations) + " (" + percent(violations, rows)
                + " of " + count(rows, "row") + ")" + suchAs(rule, kind, examples);
    }

    /** What the data have beyond the contract. */
    static String extraColumns(List<String> names) {
        return names.isEmpty()
                ? "no columns beyond the contract's"
                : count(names.size(), "column") + " that the contract does not name: " + some(names);
    }

    /** A whole sentence on a check: "train: precipitation has 3 values outside ...". */
    static String sentence(String data, Check check) {
        String subject = data + check.column().map(name -> ": " + name).orElse("");
        boolean nulls = check.kind() == CheckKind.NULLS && check.violations() > 0;
        String sentence = subject + (nulls ? " is " : " has ") + check.observed();
        return check.kind() == CheckKind.ROWS ? sentence + ", must have " + check.expected() : sentence;
    }

    private static String kept(ColumnRule rule, CheckKind kind) {
        return switch (kind) {
            case TYPE ->
                "only values of type " + rule.type().map(ColumnType::key).orElseThrow();
            case NULLS -> "no nulls";
            case RANGE ->
                rule.min().isPresent() && rule.max().isPresent()
                        ? "only values within " + range(rule)
                        : "only values of " + range(rule);
            case VALUES -> "only known values";
            case PATTERN -> "only values that match " + rule.pattern().orElseThrow();
            case UNIQUE -> "no value twice";
            case ROWS, EXTRA_COLUMNS -> throw new IllegalArgumentException("no check of a column: " + kind);
        };
    }

    private static String broken(ColumnRule rule, CheckKind kind, long violations) {
        return switch (kind) {
            case TYPE ->
                (violations == 1 ? "that is " : "that are ") + notOf(rule.type().orElseThrow(), violations);
            case RANGE ->
                rule.min().isPresent() && rule.max().isPresent()
                        ? "outside " + range(rule)
                        : rule.min()
                                .map(min -> "below " + min)
                                .orElseGet(() -> "above " + rule.max().orElseThrow());
            case VALUES -> "other than " + some(rule.values());
            case PATTERN ->
                (violations == 1 ? "that does" : "that do") + " not match "
                        + rule.pattern().orElseThrow();
            case UNIQUE -> (violations == 1 ? "that repeats" : "that repeat") + " an earlier one";
            case ROWS, EXTRA_COLUMNS, NULLS -> throw new IllegalArgumentException("told otherwise: " + kind);
        };
    }

    private static String notOf(ColumnType type, long violations) {
        boolean one = violations == 1;
        return switch (type) {
            case BOOLEAN -> one ? "not true or false" : "neither true nor false";
            case INTEGER -> one ? "not a whole number" : "not whole numbers";
            case NUMBER -> one ? "not a number" : "not numbers";
            case STRING, OTHER -> "not text";
            case DATE -> one ? "not an ISO date" : "not ISO dates";
            case TIMESTAMP -> one ? "not an ISO timestamp" : "not ISO timestamps";
        };
    }

    private static String suchAs(ColumnRule rule, CheckKind kind, List<Example> examples) {
        if (examples.isEmpty()) {
            return "";
        }
        Example first = examples.get(0);
        String rows = kind == CheckKind.UNIQUE
                ? " in rows "
                        + examples.stream()
                                .filter(example -> example.value().equals(first.value()))
                                .map(example -> number(example.row()))
                                .collect(Collectors.joining(", "))
                : " in row " + number(first.row());
        boolean text = kind == CheckKind.TYPE || rule.type().equals(Optional.of(ColumnType.STRING));
        return ", such as " + (text ? "'" + shown(first.value()) + "'" : shown(first.value())) + rows;
    }

    private static String shown(Optional<String> value) {
        String text = value.orElse("null");
        String start = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text;
        return start.replace("\n", "\\n").replace("\r", "\\r");
    }

    /** Names in one line, the first few of many. */
    static String some(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? first + " and " + (names.size() - MOST_NAMES) + " more" : first;
    }

    /** "1 row" or "1,096 rows". */
    static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(long part, long whole) {
        return percent(whole == 0 ? 0 : (double) part / whole);
    }

    /** Two digits are enough to see how much it is. */
    static String percent(double share) {
        BigDecimal percent = BigDecimal.valueOf(share * 100).round(new MathContext(2));
        return (percent.signum() == 0 ? "0" : percent.stripTrailingZeros().toPlainString()) + " %";
    }
}
