package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Lays structures flat: the field {@code city} of {@code address} is the column {@code address.city}. */
final class NestedColumns {

    private final DuckDbSession session;
    private final String shown;
    private final Map<String, String> flat = new LinkedHashMap<>();

    NestedColumns(DuckDbSession session, String shown) {
        this.session = session;
        this.shown = shown;
    }

    /**
     * The select list of the flat columns, each in the one form that its type has here.
     *
     * @param columns types by name, as the engine's catalogue has them
     * @param checked what becomes of an expression of a type before that
     * @throws InvalidInputException when two columns would have the same name
     */
    String select(Map<String, String> columns, BinaryOperator<String> checked)
            throws SQLException, InterruptedException {
        for (Map.Entry<String, String> column : columns.entrySet()) {
            add(column.getKey(), DataEngine.quote(column.getKey()), column.getValue(), checked);
        }
        if (flat.size() > CsvDialect.MOST_COLUMNS) {
            throw new InvalidInputException(
                    "%s: has %,d columns and may have %,d; write long data (a row per value) or lists instead"
                            .formatted(shown, flat.size(), CsvDialect.MOST_COLUMNS));
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (String name : flat.keySet()) {
            String other = names.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new InvalidInputException(
                        "%s: the columns '%s' and '%s' have the same name; rename one".formatted(shown, other, name));
            }
        }
        return flat.entrySet().stream()
                .map(column -> column.getValue() + " AS " + DataEngine.quote(column.getKey()))
                .collect(Collectors.joining(", "));
    }

    private void add(String name, String expression, String type, BinaryOperator<String> checked)
            throws SQLException, InterruptedException {
        if (type.startsWith("STRUCT(") && type.endsWith(")")) {
            Map<String, String> fields = DuckDbSources.describe(session, "SELECT unnest(CAST(NULL AS " + type + "))");
            for (Map.Entry<String, String> field : fields.entrySet()) {
                String inner = "struct_extract(%s, %s)".formatted(expression, DataEngine.literal(field.getKey()));
                add(name + "." + field.getKey(), inner, field.getValue(), checked);
            }
        } else if (flat.put(name, DuckDbValues.normal(checked.apply(expression, type), type)) != null) {
            throw new InvalidInputException("%s: two columns are called '%s'; rename one".formatted(shown, name));
        }
    }
}
