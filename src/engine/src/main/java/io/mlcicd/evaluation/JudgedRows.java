package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows of a predictions file with the columns that judge them, by role, kept in the engine so that the file is read
 * once. Classes are texts here; {@link CodedRows} makes them codes.
 */
final class JudgedRows {

    private static final String PLACE = "place";

    private final Predictions file;
    private final Task task;
    private final Roles roles;
    private final RoleColumns columns;
    private final List<Column> described;
    private final String table;
    private final long rows;
    private final boolean withId;
    private final boolean placed;

    private JudgedRows(
            Predictions file,
            Task task,
            Roles roles,
            RoleColumns columns,
            List<Column> described,
            String table,
            long rows,
            boolean withId,
            boolean placed) {
        this.file = file;
        this.task = task;
        this.roles = roles;
        this.columns = columns;
        this.described = List.copyOf(described);
        this.table = table;
        this.rows = rows;
        this.withId = withId;
        this.placed = placed;
    }

    /**
     * Reads the file.
     *
     * @param groupings how rows are split; kept as {@code group_0} and so on
     * @param described columns that may describe slices; kept as {@code described_0} and so on
     * @param identified whether rows will be told apart by {@link #identified}
     * @throws InvalidInputException when a column is missing, or a value that every row must have
     */
    static JudgedRows read(
            Predictions file,
            Task task,
            Roles roles,
            RoleColumns columns,
            List<Grouping> groupings,
            List<Column> described,
            boolean identified)
            throws InterruptedException {
        DataEngine engine = file.engine();
        Map<String, String> select = new LinkedHashMap<>();
        columns.actual().forEach((name, column) -> select.put(name, value(task, name, column)));
        columns.predicted().forEach((name, column) -> select.put(name, value(task, name, column)));
        columns.query().ifPresent(column -> select.put("query", text(column)));
        columns.weight().ifPresent(column -> select.put("weight", number(column)));
        columns.id().ifPresent(column -> select.put("id", text(column)));
        for (int i = 0; i < groupings.size(); i++) {
            select.put("group_" + i, groupings.get(i).sql());
        }
        for (int i = 0; i < described.size(); i++) {
            select.put("described_" + i, DataEngine.quote(described.get(i).name()));
        }
        String from = file.from();
        boolean numbered =
                identified && columns.id().isEmpty() && !engine.dialect().keepsOrder();
        // Beside the champion's, rows no longer tell by themselves where in the file they were.
        boolean placed = identified
                && (roles.horizon().orElse(1) > 1 || !engine.dialect().keepsOrder());
        if (numbered || placed) {
            String number = file.freeName("row_number");
            if (numbered) {
                select.put("id", "CAST(" + number + " AS VARCHAR)");
            }
            if (placed) {
                select.put(PLACE, number);
            }
            from = engine.dialect().numbered(file.relation(), number) + " AS numbered";
        }
        String list = select.entrySet().stream()
                .map(entry -> entry.getValue() + " AS " + entry.getKey())
                .collect(Collectors.joining(", "));
        String table = engine.keep("SELECT " + list + " FROM " + from);
        long rows = requireValues(file, task, columns, table);
        return new JudgedRows(
                file,
                task,
                roles,
                columns,
                described,
                table,
                rows,
                numbered || columns.id().isPresent(),
                placed);
    }

    private static String value(Task task, String name, Column column) {
        if (task == Task.MULTILABEL && !name.startsWith("score")) {
            return "CAST(" + DataEngine.quote(column.name()) + " AS INTEGER)";
        }
        if (!isClass(task, name)) {
            return number(column);
        }
        // Texts of millions of rows take longer to make than all metrics do, so classes stay what they are where they
        // can.
        return column.type() == ColumnType.INTEGER || column.type() == ColumnType.BOOLEAN
                ? DataEngine.quote(column.name())
                : ClassLabels.sql(column);
    }

    private static String number(Column column) {
        return "CAST(" + DataEngine.quote(column.name()) + " AS DOUBLE)";
    }

    private static String text(Column column) {
        return "CAST(" + DataEngine.quote(column.name()) + " AS VARCHAR)";
    }

    private static long requireValues(Predictions file, Task task, RoleColumns columns, String table)
            throws InterruptedException {
        Map<String, Column> all = new LinkedHashMap<>(columns.actual());
        all.putAll(columns.predicted());
        columns.query().ifPresent(column -> all.put("query", column));
        columns.weight().ifPresent(column -> all.put("weight", column));
        columns.id().ifPresent(column -> all.put("id", column));
        List<String> names = List.copyOf(all.keySet());
        String counts = names.stream()
                .map(name -> ", COUNT(CASE WHEN "
                        + Predictions.missing(name, isText(task, name) ? ColumnType.STRING : ColumnType.NUMBER)
                        + " THEN 1 END) AS missing_" + name)
                .collect(Collectors.joining());
        String negative = columns.weight().isPresent() ? ", COUNT(CASE WHEN weight < 0 THEN 1 END) AS negative" : "";
        Row row = file.engine()
                .query("SELECT COUNT(*) AS n" + counts + negative + " FROM " + table)
                .get(0);
        if (row.count("n") == 0) {
            throw new InvalidInputException(file.file() + " has no rows to evaluate");
        }
        for (String name : names) {
            if (row.count("missing_" + name) > 0) {
                throw file.incomplete(all.get(name), row.count("missing_" + name));
            }
        }
        if (row.count("negative") > 0) {
            throw new InvalidInputException("%s: column '%s' (the weight) is below 0 in %d rows"
                    .formatted(file.file(), columns.weight().orElseThrow().name(), row.count("negative")));
        }
        return row.count("n");
    }

    /** Whether the kept column is a text. */
    private static boolean isText(Task task, String name) {
        return name.equals("query") || name.equals("id") || isClass(task, name);
    }

    private static boolean isClass(Task task, String name) {
        return (task == Task.BINARY || task == Task.MULTICLASS) && (name.equals("actual") || name.equals("predicted"));
    }

    /**
     * The class that a kept column holds, as text, in SQL.
     *
     * @param column a column of the kept rows, or of the champion's beside them
     * @param role {@code actual} or {@code predicted}
     */
    String classText(String column, String role) {
        return isText(role) && column.equals(role) ? column : "CAST(" + column + " AS VARCHAR)";
    }

    /** Whether a kept column holds that class, in SQL. */
    String isClass(String column, String role, String name) {
        // The champion's column may be of another type than the model's, its text is the same all the same.
        boolean whole =
                column.equals(role) && columnOf(role).type() == ColumnType.INTEGER && name.matches("-?[0-9]{1,18}");
        return whole ? column + " = " + name : classText(column, role) + " = " + DataEngine.literal(name);
    }

    /** A true value in a form in which it equals the same one of another file, where it may be of another type. */
    String comparable(String column) {
        return task == Task.BINARY || task == Task.MULTICLASS ? "CAST(" + column + " AS VARCHAR)" : column;
    }

    private boolean isText(String role) {
        return columnOf(role).type() == ColumnType.STRING;
    }

    private Column columnOf(String role) {
        return role.equals("actual")
                ? columns.actual().get(role)
                : columns.predicted().get(role);
    }

    /** How queries name the kept rows. */
    String table() {
        return table;
    }

    long rows() {
        return rows;
    }

    Predictions file() {
        return file;
    }

    DataEngine engine() {
        return file.engine();
    }

    Task task() {
        return task;
    }

    Roles roles() {
        return roles;
    }

    RoleColumns columns() {
        return columns;
    }

    /** The columns that may describe slices, kept as {@code described_0} and so on. */
    List<Column> described() {
        return described;
    }

    /** The rows with an {@code id}: the user's, else their number in the file. Only for rows that were read for that. */
    String identified() {
        return withId ? table : "(SELECT CAST(row_number() OVER () AS VARCHAR) AS id, * FROM " + table + ")";
    }

    /** The column that has the rows' numbers in the file, if they were kept with them. */
    Optional<String> place() {
        return placed ? Optional.of(PLACE) : Optional.empty();
    }

    /** What a later evaluation needs to be compared with these rows one by one. */
    String export() {
        List<String> names = new ArrayList<>(List.of("id"));
        names.addAll(columns.actual().keySet());
        names.addAll(columns.predicted().keySet());
        columns.query().ifPresent(column -> names.add("query"));
        return "SELECT " + String.join(", ", names) + " FROM " + identified();
    }
}
