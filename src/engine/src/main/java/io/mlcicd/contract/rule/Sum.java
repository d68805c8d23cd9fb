package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * In each row, columns add up to a number or to another column; rows without a value in one of them are passed over.
 *
 * @param parts the columns that are added up
 * @param total the column they add up to; empty when it is a number
 * @param number the number they add up to; empty when it is a column
 * @param tolerance how far off they may be, 0 or more
 */
public record Sum(List<String> parts, Optional<String> total, OptionalDouble number, double tolerance)
        implements RowRule {

    public Sum {
        parts = List.copyOf(parts);
    }

    static Optional<DataSetRules.OnColumns> read(Place place) {
        if (!place.has("sum")) {
            return Optional.empty();
        }
        Place sum = place.at("sum");
        List<String> parts = sum.columnNames("columns");
        JsonNode equals = sum.get("equals");
        Optional<String> total = equals.isTextual() ? Optional.of(equals.asText()) : Optional.empty();
        List<String> all = new ArrayList<>(parts);
        total.ifPresent(all::add);
        OptionalDouble number = total.isPresent() ? OptionalDouble.empty() : sum.number("equals");
        return Optional.of(new DataSetRules.OnColumns(
                all, new Sum(parts, total, number, sum.number("tolerance").orElse(0))));
    }

    @Override
    public String key() {
        return "sum";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode sum = node.putObject("sum");
        parts.forEach(sum.putArray("columns")::add);
        total.ifPresent(column -> sum.put("equals", column));
        number.ifPresent(value -> sum.put("equals", BigDecimal.valueOf(value)));
        if (tolerance != 0) {
            sum.put("tolerance", BigDecimal.valueOf(tolerance));
        }
        return node;
    }

    @Override
    public String expected() {
        return String.join(" + ", parts) + " = "
                + total.orElseGet(() -> Wording.number(number.orElseThrow()))
                + (tolerance == 0 ? "" : " ± " + Wording.number(tolerance));
    }

    @Override
    public String noun(Scope scope) {
        return "row";
    }

    @Override
    public String broken(Scope scope) {
        String sum = parts.stream().map(part -> number(scope, part)).collect(Collectors.joining(" + "));
        String other =
                total.map(column -> number(scope, column)).orElseGet(() -> DataEngine.literal(number.orElseThrow()));
        return "abs((%s) - %s) > %s".formatted(sum, other, DataEngine.literal(tolerance));
    }

    /** Wide enough that adding up cannot overflow. */
    private static String number(Scope scope, String column) {
        String value = scope.value(column, ColumnType.NUMBER);
        boolean whole =
                scope.data().require(column, "a column that is added up").type() == ColumnType.INTEGER;
        return whole ? "CAST(" + value + " AS HUGEINT)" : value;
    }

    @Override
    public String broken(long violations) {
        return "where not " + expected();
    }

    @Override
    public String kept() {
        return "only rows where " + expected();
    }
}
