package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import io.mlcicd.document.Spelling;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the columns hold stands in another data set; rows without a value in one of them are passed over.
 *
 * @param columns the columns
 * @param in the other data set
 * @param keys the columns there, in the same order
 */
public record ForeignKey(List<String> columns, String in, List<String> keys) implements CountedRule {

    public ForeignKey {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    static Optional<DataSetRules.OnColumns> read(Place place) {
        if (!place.has("foreignKey")) {
            return Optional.empty();
        }
        Place key = place.at("foreignKey");
        List<String> columns = key.columnNames("columns");
        List<String> keys = key.has("keys") ? key.columnNames("keys") : columns;
        if (keys.size() != columns.size()) {
            throw key.error("keys", "has %d columns for %d".formatted(keys.size(), columns.size()));
        }
        return Optional.of(new DataSetRules.OnColumns(
                columns, new ForeignKey(columns, key.text("in").orElseThrow(), keys)));
    }

    @Override
    public Optional<Other> other() {
        return Optional.of(new Other(in, "/foreignKey/in"));
    }

    @Override
    public String key() {
        return "foreignKey";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode key = node.putObject("foreignKey");
        columns.forEach(key.putArray("columns")::add);
        key.put("in", in);
        if (!keys.equals(columns)) {
            keys.forEach(key.putArray("keys")::add);
        }
        return node;
    }

    @Override
    public String expected() {
        return String.join(", ", columns) + " of " + in + "'s " + String.join(", ", keys);
    }

    @Override
    public String noun(Scope scope) {
        return "row";
    }

    @Override
    public String broken(long violations) {
        return "whose %s %s not in %s".formatted(String.join(", ", columns), violations == 1 ? "is" : "are", in);
    }

    @Override
    public String kept() {
        return "only " + expected();
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(scope.count(scope.present()), scope.count("true"));
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        Relation other = facts.beside().other(in);
        List<Pair> pairs = pairs(scope.data(), other);
        String present =
                keys.stream().map(key -> DataEngine.quote(key) + " IS NOT NULL").collect(Collectors.joining(" AND "));
        String broken = scope.present() + " AND "
                + facts.engine()
                        .dialect()
                        .isNowhere(
                                pairs.stream().map(Pair::mine).toList(),
                                pairs.stream().map(Pair::theirs).toList(),
                                other.sql() + " WHERE " + present);
        long violations = facts.engine()
                .query("SELECT count(*) AS n FROM %s WHERE %s"
                        .formatted(scope.data().sql(), scope.within(broken)))
                .get(0)
                .count("n");
        return Finding.ofRows(
                violations,
                facts.count(scope.count(scope.present())),
                facts.count(scope.count("true")),
                Optional.of(scope.breaking(broken)));
    }

    /** A column and its key. */
    private record Pair(Column column, Column key) {

        String mine() {
            return comparable(column);
        }

        String theirs() {
            return comparable(key);
        }

        /** Text files tell "01" from 1, and other data may write the same key as either. */
        private String comparable(Column side) {
            String name = DataEngine.quote(side.name());
            return Comparison.of(column.type(), key.type()) == Comparison.AS_TEXT
                    ? "CAST(" + name + " AS VARCHAR)"
                    : name;
        }
    }

    /** How values of two types are compared. */
    private enum Comparison {
        AS_THEY_ARE,
        AS_TEXT,
        NOT_AT_ALL;

        private static final Set<ColumnType> ONE_WAY_TO_WRITE =
                EnumSet.of(ColumnType.BOOLEAN, ColumnType.INTEGER, ColumnType.STRING, ColumnType.DATE);
        private static final Set<ColumnType> TIMES = EnumSet.of(ColumnType.DATE, ColumnType.TIMESTAMP);

        static Comparison of(ColumnType one, ColumnType other) {
            Set<ColumnType> both = EnumSet.of(one, other);
            if (both.size() == 1 || (one.isNumeric() && other.isNumeric()) || TIMES.containsAll(both)) {
                return AS_THEY_ARE;
            }
            return both.contains(ColumnType.STRING) && ONE_WAY_TO_WRITE.containsAll(both) ? AS_TEXT : NOT_AT_ALL;
        }
    }

    private List<Pair> pairs(Relation data, Relation other) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            pairs.add(new Pair(
                    data.require(columns.get(i), "a column with a foreign key"),
                    other.require(keys.get(i), "the key of " + columns.get(i))));
        }
        return pairs;
    }

    /**
     * Looks for a key that no column can be held against.
     *
     * @return what is wrong, with the place of the first such key among the keys
     */
    public Optional<Problem> problem(Relation data, Relation other) {
        List<String> there = other.columns().stream().map(Column::name).toList();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            Optional<Column> found = other.find(key);
            if (found.isEmpty()) {
                return Optional.of(new Problem(
                        i,
                        "%s (%s) has no column '%s'%s; its columns are: %s"
                                .formatted(
                                        in,
                                        other.source().shown(),
                                        key,
                                        Spelling.hint(key, there),
                                        String.join(", ", there))));
            }
            Column column = data.require(columns.get(i), "a column with a foreign key");
            if (Comparison.of(column.type(), found.get().type()) == Comparison.NOT_AT_ALL) {
                return Optional.of(new Problem(
                        i,
                        "'%s' holds values of type %s and cannot be compared with %s's '%s' of type %s"
                                .formatted(
                                        column.name(),
                                        column.type().key(),
                                        in,
                                        key,
                                        found.get().type().key())));
            }
        }
        return Optional.empty();
    }

    /** What is wrong with the key at an index, counted from 0. */
    public record Problem(int index, String message) {}
}
