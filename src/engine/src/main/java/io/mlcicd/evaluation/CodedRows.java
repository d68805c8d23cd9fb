package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.evaluation.metric.JudgedColumns;
import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Judged rows as numbers, as {@link JudgedColumns} name them: classes, queries and slices are codes. */
final class CodedRows {

    private final JudgedRows rows;
    private final String table;
    private final List<String> classes;
    private final List<SliceGroups> groups;
    private final boolean weighted;
    private final Set<String> predictedNames;
    private final boolean withChampion;

    private CodedRows(
            JudgedRows rows, String table, List<String> classes, List<SliceGroups> groups, boolean withChampion) {
        this.rows = rows;
        this.table = table;
        this.classes = classes;
        this.groups = groups;
        this.weighted = rows.columns().weight().isPresent();
        this.predictedNames = rows.columns().predicted().keySet();
        this.withChampion = withChampion;
    }

    /**
     * The rows of the model, and beside each the champion's.
     *
     * @param table the rows, with the champion's columns when there is one
     */
    static CodedRows of(JudgedRows rows, String table, boolean withChampion, List<Grouping> groupings)
            throws InterruptedException {
        List<String> classes = classes(rows, table, withChampion);
        List<SliceGroups> groups = new ArrayList<>();
        for (int i = 0; i < groupings.size(); i++) {
            groups.add(SliceGroups.count(rows, table, groupings.get(i), i));
        }
        return new CodedRows(rows, table, classes, groups, withChampion);
    }

    private static List<String> classes(JudgedRows rows, String table, boolean withChampion)
            throws InterruptedException {
        return switch (rows.task()) {
            case BINARY -> binary(rows, distinct(rows, table, withChampion));
            case MULTICLASS -> multiclass(rows, table, distinct(rows, table, withChampion));
            case MULTILABEL -> List.copyOf(rows.roles().labels().keySet());
            case REGRESSION, QUANTILE, RANKING -> List.of();
        };
    }

    private static NavigableSet<String> distinct(JudgedRows rows, String table, boolean withChampion)
            throws InterruptedException {
        List<String> columns = new ArrayList<>(List.of("actual"));
        if (rows.columns().predicted().containsKey("predicted")) {
            columns.add("predicted");
            if (withChampion) {
                columns.add("champion_predicted");
            }
        }
        String list = String.join(", ", columns);
        String texts = columns.stream()
                .map(column -> rows.classText(column, column.replace("champion_", "")) + " AS " + column)
                .collect(Collectors.joining(", "));
        NavigableSet<String> found = new TreeSet<>();
        for (Row row : rows.engine()
                .query("SELECT " + texts + " FROM (SELECT " + list + " FROM " + table + " GROUP BY " + list
                        + ") AS present")) {
            columns.forEach(column -> row.text(column).ifPresent(found::add));
        }
        return found;
    }

    private static List<String> binary(JudgedRows rows, NavigableSet<String> found) {
        String positive =
                ClassLabels.positive(found, rows.roles().positive(), rows.file().file());
        String negative = found.stream()
                .filter(name -> !name.equals(positive))
                .findFirst()
                .orElse("not " + positive);
        return List.of(negative, positive);
    }

    private static List<String> multiclass(JudgedRows rows, String table, NavigableSet<String> found)
            throws InterruptedException {
        Set<String> scored = rows.roles().scores().keySet();
        if (!scored.isEmpty()) {
            String actual = rows.classText("actual", "actual");
            for (Row row :
                    rows.engine().query("SELECT " + actual + " AS name FROM " + table + " GROUP BY 1 ORDER BY 1")) {
                String name = row.text("name").orElseThrow();
                if (!scored.contains(name)) {
                    throw new InvalidInputException(
                            "%s has the class '%s', but 'scores' names no column for it; it has: %s"
                                    .formatted(rows.file().file(), name, String.join(", ", scored)));
                }
            }
            if (!rows.columns().predicted().containsKey("predicted")) {
                found.addAll(scored);
            }
        }
        return List.copyOf(found);
    }

    JudgedRows rows() {
        return rows;
    }

    List<SliceGroups> groups() {
        return groups;
    }

    boolean withChampion() {
        return withChampion;
    }

    DataEngine engine() {
        return rows.engine();
    }

    /** The columns of a side. */
    JudgedColumns columns(Side side) {
        return new JudgedColumns(
                side,
                classes,
                scored(),
                predictedNames.contains("predicted") || predictedNames.contains("predicted_0"),
                rows.task() == Task.QUANTILE ? rows.roles().levels() : List.of());
    }

    private List<Integer> scored() {
        return switch (rows.task()) {
            case BINARY -> predictedNames.contains("score") ? List.of(1) : List.of();
            case MULTICLASS ->
                rows.roles().scores().keySet().stream()
                        .map(classes::indexOf)
                        .filter(index -> index >= 0)
                        .sorted()
                        .toList();
            case MULTILABEL -> {
                List<Integer> scored = new ArrayList<>();
                for (int i = 0; i < classes.size(); i++) {
                    if (predictedNames.contains("score_" + i)) {
                        scored.add(i);
                    }
                }
                yield scored;
            }
            case REGRESSION, QUANTILE, RANKING -> List.of();
        };
    }

    /** Whether there are so many rows that equal ones are to be added up where they are. */
    boolean areMany() {
        return rows.rows() > engine().mostHandedOver();
    }

    /**
     * Hands on every row: the expressions, then its weight, then the code of its slice in each grouping.
     *
     * @param order indices of expressions in whose falling order rows come
     */
    void scan(List<String> expressions, List<Integer> order, Consumer<double[]> each) throws InterruptedException {
        List<String> select = new ArrayList<>(expressions);
        select.add("weight");
        groups.forEach(group -> select.add(group.column()));
        String falling = order.stream().map(i -> (i + 1) + " DESC").collect(Collectors.joining(", "));
        engine().scan(
                        "SELECT " + String.join(", ", select) + " FROM " + from()
                                + (falling.isEmpty() ? "" : " ORDER BY " + falling),
                        select.size(),
                        each);
    }

    /** The rows with all columns that {@link #columns} and groups name; goes after FROM. */
    String from() {
        return from(source(), List.of());
    }

    /** The same with each row's number in the kept rows as a column. */
    String numbered(String number) {
        String numbered = rows.place()
                .map(place -> "SELECT *, " + place + " AS " + number + " FROM " + table)
                .orElseGet(() -> "SELECT * FROM " + engine().dialect().numbered(table, number) + " AS numbered");
        return from("(" + numbered + ")", List.of(number));
    }

    private String from(String source, List<String> more) {
        Set<String> select = new LinkedHashSet<>();
        rows.columns().actual().keySet().forEach(name -> select.add(coded("", name)));
        for (String side : withChampion ? List.of("", "champion_") : List.of("")) {
            predictedNames.forEach(name -> predicted(side, name).ifPresent(select::add));
            if (rows.task() == Task.MULTICLASS && !predictedNames.contains("predicted")) {
                select.add(mostLikely(side) + " AS " + side + "predicted");
            }
        }
        if (rows.columns().query().isPresent()) {
            select.add(areMany() ? "query" : "query_code AS query");
        }
        select.add(weighted ? "weight" : "CAST(1 AS TINYINT) AS weight");
        for (SliceGroups group : groups) {
            select.add(group.code() + " AS " + group.column());
        }
        for (int i = 0; i < rows.described().size(); i++) {
            select.add("described_" + i);
        }
        rows.place().ifPresent(select::add);
        select.addAll(more);
        String positive = weighted ? " WHERE weight > 0" : "";
        return "(SELECT " + String.join(", ", select) + " FROM " + source + positive + ") AS judged";
    }

    /** The kept rows; those of ranking, unless they are many, with a code for each query. */
    private String source() {
        return rows.columns().query().isPresent() && !areMany()
                ? "(SELECT *, dense_rank() OVER (ORDER BY query) AS query_code FROM " + table + ")"
                : table;
    }

    /** A score of a class that neither occurs nor was predicted tells nothing. */
    private Optional<String> predicted(String side, String name) {
        if (rows.task() == Task.MULTICLASS && name.startsWith("score_")) {
            String ofClass = List.copyOf(rows.roles().scores().keySet())
                    .get(Integer.parseInt(name.substring("score_".length())));
            int index = classes.indexOf(ofClass);
            return index < 0 ? Optional.empty() : Optional.of(side + name + " AS " + side + "score_" + index);
        }
        return Optional.of(coded(side, name));
    }

    private String coded(String side, String name) {
        String column = side + name;
        boolean isClass = name.equals("actual") || name.equals("predicted");
        if (isClass && rows.task() == Task.BINARY) {
            return "CAST(CASE WHEN " + rows.isClass(column, name, classes.get(1)) + " THEN 1 ELSE 0 END AS TINYINT) AS "
                    + column;
        }
        if (isClass && rows.task() == Task.MULTICLASS) {
            return engine().dialect().indexIn(rows.classText(column, name), classes) + " AS " + column;
        }
        return column;
    }

    /** The class of the greatest score; of equal ones the first, as numpy's argmax has it. */
    private String mostLikely(String side) {
        List<String> names = List.copyOf(rows.roles().scores().keySet());
        List<Integer> inOrder =
                classes.stream().map(names::indexOf).filter(i -> i >= 0).toList();
        String scores = inOrder.stream().map(i -> side + "score_" + i).collect(Collectors.joining(", "));
        StringBuilder sql = new StringBuilder("CASE ").append(inOrder.size() > 1 ? "GREATEST(" + scores + ")" : scores);
        for (int i : inOrder) {
            sql.append(" WHEN ")
                    .append(side)
                    .append("score_")
                    .append(i)
                    .append(" THEN ")
                    .append(classes.indexOf(names.get(i)));
        }
        return sql.append(" END").toString();
    }
}
