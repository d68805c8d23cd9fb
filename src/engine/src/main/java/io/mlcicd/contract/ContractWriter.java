package io.mlcicd.contract;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.Distribution;
import io.mlcicd.gate.Criticality;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes contracts as YAML that {@link Contract#read} reads back the same. */
public final class ContractWriter {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
    private static final Pattern NOT_TEXT = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private ContractWriter() {}

    /** The contract alone. */
    public static String write(Contract contract) {
        return write(contract, Optional.empty());
    }

    /** The contract with a comment on each column that says what was seen. */
    public static String write(Contract contract, DataProfile seen) {
        return write(contract, Optional.of(seen));
    }

    private static String write(Contract contract, Optional<DataProfile> seen) {
        StringBuilder yaml = new StringBuilder();
        seen.ifPresent(profile -> yaml.append("# Drafted from ")
                .append(Wording.count(profile.rows(), "row"))
                .append("; what is promised is for you to decide.\n"));
        yaml.append("contract: ").append(text(contract.name())).append('\n');
        List<String> rows = new ArrayList<>();
        contract.minRows().ifPresent(min -> rows.add("min: " + min));
        contract.maxRows().ifPresent(max -> rows.add("max: " + max));
        if (!rows.isEmpty()) {
            yaml.append("rows: { ").append(String.join(", ", rows)).append(" }\n");
        }
        yaml.append("extraColumns: ").append(contract.extraColumns().key()).append('\n');
        yaml.append(contract.columns().isEmpty() ? "columns: {}\n" : "columns:\n");
        for (ColumnRule rule : contract.columns()) {
            seen.flatMap(profile -> profile.find(rule.name()))
                    .ifPresent(column ->
                            yaml.append("  # ").append(comment(column)).append('\n'));
            yaml.append("  ")
                    .append(text(rule.name()))
                    .append(": ")
                    .append(flow(rule))
                    .append('\n');
        }
        return yaml.toString();
    }

    private static String flow(ColumnRule rule) {
        List<String> keys = new ArrayList<>();
        rule.type().ifPresent(type -> keys.add("type: " + type.key()));
        if (!rule.required()) {
            keys.add("required: false");
        }
        rule.min().ifPresent(min -> keys.add("min: " + scalar(min, rule)));
        rule.max().ifPresent(max -> keys.add("max: " + scalar(max, rule)));
        if (!rule.values().isEmpty()) {
            List<String> values =
                    rule.values().stream().map(value -> scalar(value, rule)).toList();
            keys.add("values: [" + String.join(", ", values) + "]");
        }
        rule.pattern().ifPresent(pattern -> keys.add("pattern: " + text(pattern)));
        if (rule.unique()) {
            keys.add("unique: true");
        }
        rule.maxNullShare().ifPresent(share -> keys.add("maxNullShare: " + TypedText.of(BigDecimal.valueOf(share))));
        if (rule.criticality() != Criticality.FAILURE) {
            keys.add("criticality: " + rule.criticality());
        }
        rule.description().ifPresent(description -> keys.add("description: " + text(description)));
        return keys.isEmpty() ? "{}" : "{ " + String.join(", ", keys) + " }";
    }

    private static String scalar(String value, ColumnRule rule) {
        ColumnType type = rule.type().orElseThrow();
        return type.isNumeric() || type == ColumnType.BOOLEAN ? value : text(value);
    }

    /** A string as YAML: as it is where that can only be a string, else in double quotes, escaped as in JSON. */
    private static String text(String value) {
        return PLAIN.matcher(value).matches() && !NOT_TEXT.matcher(value).matches()
                ? value
                : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }

    private static String comment(ColumnProfile column) {
        List<String> parts = new ArrayList<>();
        parts.add(Wording.count(column.count(), "value"));
        parts.add(column.nulls() == 0 ? "no nulls" : Wording.percent(column.nullShare()) + " null");
        if (column.count() > 0) {
            parts.add((column.distinctExact() ? "" : "about ") + Wording.number(column.distinct()) + " different");
        }
        if (column.min().isPresent() && column.max().isPresent()) {
            parts.add(column.min().get() + " to " + column.max().get());
        }
        column.distribution()
                .filter(spread -> column.type().isNumeric())
                .ifPresent(spread -> parts.add("mean " + shortened(spread)));
        column.lengths().ifPresent(lengths -> parts.add(lengths.min() + " to " + lengths.max() + " characters"));
        return String.join(", ", parts);
    }

    private static String shortened(Distribution spread) {
        return TypedText.of(new BigDecimal(spread.mean()).round(new MathContext(4)));
    }
}
