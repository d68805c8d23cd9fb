package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.evaluation.DescribingColumn.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Losses of the rows beside what describes them, kept in the engine as numbers. */
final class SliceTable {

    private final DataEngine engine;
    private final String table;
    private final List<DescribingColumn> columns;

    private SliceTable(DataEngine engine, String table, List<DescribingColumn> columns) {
        this.engine = engine;
        this.table = table;
        this.columns = columns;
    }

    static SliceTable of(CodedRows rows, SliceLoss loss, List<DescribingColumn> columns) throws InterruptedException {
        String codes = columns.stream()
                .map(column -> ", " + column.code() + " AS code_" + column.index())
                .collect(Collectors.joining());
        String table = rows.engine()
                .keep("SELECT CAST(%s AS DOUBLE) AS loss, CAST(weight AS DOUBLE) AS weight%s FROM %s"
                        .formatted(loss.sql(), codes, rows.from()));
        return new SliceTable(rows.engine(), table, columns);
    }

    List<DescribingColumn> columns() {
        return columns;
    }

    /**
     * What one column says of a slice's rows.
     *
     * @param column its position in {@link SliceTable#columns}
     * @param literal which of its literals
     */
    record Condition(int column, int literal) {}

    String words(Condition condition) {
        return literal(condition).words();
    }

    private Literal literal(Condition condition) {
        return columns.get(condition.column()).literals().get(condition.literal());
    }

    LossMoments all() throws InterruptedException {
        return LossMoments.of(engine.query("SELECT " + LossMoments.AGGREGATES + " FROM " + table)
                .get(0));
    }

    /**
     * Tells every slice that these columns describe together, in one pass.
     *
     * @param positions positions in {@link #columns}, rising
     * @param minRows slices of fewer rows are left out
     */
    void slices(List<Integer> positions, long minRows, BiConsumer<List<Condition>, LossMoments> slices)
            throws InterruptedException {
        List<String> codes = positions.stream().map(this::code).toList();
        String list = String.join(", ", codes);
        String described = codes.stream().map(code -> code + " >= 0").collect(Collectors.joining(" AND "));
        String sql = "SELECT %s, %s FROM %s WHERE %s GROUP BY %s HAVING COUNT(*) >= %d ORDER BY %s"
                .formatted(list, LossMoments.AGGREGATES, table, described, list, minRows, list);
        for (Row row : engine.query(sql)) {
            List<Condition> conditions = new ArrayList<>();
            for (int position : positions) {
                conditions.add(new Condition(position, (int) row.count(code(position))));
            }
            slices.accept(List.copyOf(conditions), LossMoments.of(row));
        }
    }

    private String code(int position) {
        return "code_" + columns.get(position).index();
    }

    /** Rows that are in the same ones of some slices: bit i tells whether they are in slice i. */
    record Cell(long slices, LossMoments moments) {
        boolean in(int slice) {
            return (slices >> slice & 1) == 1;
        }
    }

    /** All rows by which of the slices they are in, of which there are 62 at the most. */
    List<Cell> cells(List<List<Condition>> slices) throws InterruptedException {
        List<String> bits = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            String condition = slices.get(i).stream()
                    .map(each -> code(each.column()) + " = " + each.literal())
                    .collect(Collectors.joining(" AND "));
            bits.add("CASE WHEN %s THEN %d ELSE 0 END".formatted(condition, 1L << i));
        }
        String sql =
                "SELECT CAST(%s AS BIGINT) AS slices, loss, weight FROM %s".formatted(String.join(" + ", bits), table);
        List<Cell> cells = new ArrayList<>();
        for (Row row : engine.query("SELECT slices, %s FROM (%s) AS cells GROUP BY slices ORDER BY slices"
                .formatted(LossMoments.AGGREGATES, sql))) {
            cells.add(new Cell(row.count("slices"), LossMoments.of(row)));
        }
        return cells;
    }
}
