package io.mlcicd.spark;

import io.mlcicd.data.DataEngine;
import io.mlcicd.operation.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Structures laid flat: the field {@code city} of {@code address} is the column {@code address.city}.
 *
 * @param types Spark's names of the columns' types
 * @param expressions how the reader's view has them
 */
record FlatColumns(Map<String, String> types, Map<String, String> expressions) {

    /**
     * Lays columns flat.
     *
     * @param view the reader's
     * @param shown the data set, for messages
     * @throws InvalidInputException when two have the same name then
     */
    static FlatColumns of(SparkEngine engine, String view, String shown, Map<String, String> columns)
            throws InterruptedException {
        FlatColumns flat = new FlatColumns(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (Map.Entry<String, String> column : columns.entrySet()) {
            flat.add(engine, view, shown, column.getKey(), DataEngine.quote(column.getKey()), column.getValue());
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (String each : flat.types.keySet()) {
            String other = names.put(each.toLowerCase(Locale.ROOT), each);
            if (other != null) {
                throw new InvalidInputException(
                        "%s: the columns '%s' and '%s' have the same name; rename one".formatted(shown, other, each));
            }
        }
        return flat;
    }

    private void add(SparkEngine engine, String view, String shown, String column, String expression, String type)
            throws InterruptedException {
        if (SparkTypes.isStruct(type)) {
            Map<String, String> fields = engine.describe("SELECT " + expression + ".* FROM " + view);
            for (Map.Entry<String, String> field : fields.entrySet()) {
                String inner = expression + "." + DataEngine.quote(field.getKey());
                add(engine, view, shown, column + "." + field.getKey(), inner, field.getValue());
            }
        } else if (types.put(column, type) != null) {
            throw new InvalidInputException("%s: two columns are called '%s'; rename one".formatted(shown, column));
        } else {
            expressions.put(column, expression);
        }
    }

    /** The same columns, those that are named first in that order, and the others after them. */
    FlatColumns inOrder(Iterable<String> first) {
        FlatColumns ordered = new FlatColumns(new LinkedHashMap<>(), new LinkedHashMap<>());
        first.forEach(column -> ordered.put(column, this));
        types.keySet().forEach(column -> ordered.put(column, this));
        return ordered;
    }

    private void put(String column, FlatColumns from) {
        if (from.types.containsKey(column)) {
            types.put(column, from.types.get(column));
            expressions.put(column, from.expressions.get(column));
        }
    }
}
