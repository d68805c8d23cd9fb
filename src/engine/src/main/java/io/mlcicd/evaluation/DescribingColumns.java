package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.evaluation.DescribingColumn.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds out what the described columns can say of rows. */
final class DescribingColumns {

    /** A column's most frequent values; rows with others are in no slice of that column. */
    static final int MOST_VALUES = 20;

    private static final List<Double> QUARTILES = List.of(0.25, 0.5, 0.75);

    /** From this share on, the approximate number of different values may be the number of rows. */
    private static final double NEARLY_ALL = 0.9;

    private final CodedRows rows;
    private final int minRows;

    private DescribingColumns(CodedRows rows, int minRows) {
        this.rows = rows;
        this.minRows = minRows;
    }

    /**
     * The columns with what they can say: texts, truth values and numbers of few values say those, other numbers, dates and
     * timestamps the quarter that a row is in. Lists and structures say nothing, nor do columns of whole numbers that are
     * all different, which are ids.
     *
     * @param minRows values of fewer rows are left out
     */
    static List<DescribingColumn> of(CodedRows rows, int minRows) throws InterruptedException {
        return new DescribingColumns(rows, minRows).find();
    }

    private List<DescribingColumn> find() throws InterruptedException {
        List<Column> columns = rows.rows().described();
        List<Integer> comparable = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).type() != ColumnType.OTHER)
                .boxed()
                .toList();
        if (comparable.isEmpty()) {
            return List.of();
        }
        String counts = comparable.stream()
                .map(i -> "COUNT(%1$s) AS n_%2$d, %3$s AS d_%2$d"
                        .formatted(name(i), i, rows.engine().dialect().approximateDistinct(name(i))))
                .collect(Collectors.joining(", "));
        Row row =
                rows.engine().query("SELECT " + counts + " FROM " + rows.from()).get(0);
        List<DescribingColumn> found = new ArrayList<>();
        for (int i : comparable) {
            List<Literal> literals = literals(columns.get(i), i, row.count("n_" + i), row.count("d_" + i));
            if (!literals.isEmpty()) {
                found.add(new DescribingColumn(columns.get(i), i, literals));
            }
        }
        return found;
    }

    private List<Literal> literals(Column column, int index, long present, long distinct) throws InterruptedException {
        List<Literal> literals = new ArrayList<>();
        literals.add(new Literal(column.name() + " is missing", value(column, index) + " IS NULL"));
        if (column.type() == ColumnType.STRING || column.type() == ColumnType.BOOLEAN) {
            literals.addAll(texts(column, index));
        } else if (column.type().isNumeric() && distinct <= MOST_VALUES) {
            literals.addAll(numbers(column, index));
        } else if (column.type() != ColumnType.INTEGER || !isId(index, present, distinct)) {
            literals.addAll(quarters(column, index));
        } else {
            return List.of();
        }
        return literals;
    }

    private boolean isId(int index, long present, long distinct) throws InterruptedException {
        return distinct >= NEARLY_ALL * present
                && rows.engine()
                                .query("SELECT COUNT(DISTINCT %s) AS d FROM %s".formatted(name(index), rows.from()))
                                .get(0)
                                .count("d")
                        == present;
    }

    private List<Literal> texts(Column column, int index) throws InterruptedException {
        List<Literal> literals = new ArrayList<>();
        for (Row row : frequent(value(column, index))) {
            String text = row.text("v").orElseThrow();
            literals.add(new Literal(
                    column.name() + " = " + (text.isEmpty() ? "''" : Wording.shown(text)),
                    value(column, index) + " = " + DataEngine.literal(text)));
        }
        return literals;
    }

    private List<Literal> numbers(Column column, int index) throws InterruptedException {
        List<Literal> literals = new ArrayList<>();
        for (Row row : frequent(value(column, index))) {
            double number = row.number("v").orElseThrow();
            literals.add(new Literal(
                    column.name() + " = " + Wording.exact(number),
                    value(column, index) + " = " + DataEngine.literal(number)));
        }
        return literals;
    }

    private List<Row> frequent(String value) throws InterruptedException {
        return rows.engine()
                .query(
                        "SELECT %s AS v, COUNT(*) AS n FROM %s WHERE %s IS NOT NULL GROUP BY 1 HAVING COUNT(*) >= %d ORDER BY n DESC, v LIMIT %d"
                                .formatted(value, rows.from(), value, minRows, MOST_VALUES));
    }

    private List<Literal> quarters(Column column, int index) throws InterruptedException {
        String value = value(column, index);
        List<Double> quartiles = rows.engine()
                .query("SELECT %s AS q FROM %s"
                        .formatted(rows.engine().dialect().quantiles(value, QUARTILES), rows.from()))
                .get(0)
                .numbers("q");
        List<BinEdge> edges = BinEdge.between(quartiles, column.type());
        List<Literal> literals = new ArrayList<>();
        for (int i = 0; i <= edges.size() && !edges.isEmpty(); i++) {
            Optional<BinEdge> from = i == 0 ? Optional.empty() : Optional.of(edges.get(i - 1));
            Optional<BinEdge> to = i == edges.size() ? Optional.empty() : Optional.of(edges.get(i));
            // Bins are asked from below, so that each needs its upper edge alone.
            String condition = to.map(edge -> value + " < " + DataEngine.literal(edge.value()))
                    .orElse(value + " IS NOT NULL");
            literals.add(new Literal(column.name() + " " + BinEdge.words(from, to), condition));
        }
        return literals;
    }

    /** What of a row's value is compared: a text, or a finite number. */
    private String value(Column column, int index) {
        return column.type() == ColumnType.STRING || column.type() == ColumnType.BOOLEAN
                ? "CAST(" + name(index) + " AS VARCHAR)"
                : rows.engine().dialect().finite(name(index), column.type());
    }

    private static String name(int index) {
        return "described_" + index;
    }
}
