package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The slices of one grouping.
 *
 * @param grouping how rows are split
 * @param index which of the groupings it is
 * @param values the slices' values, in the order of reports
 * @param sizes how many rows each has
 */
record SliceGroups(Grouping grouping, int index, List<String> values, List<Long> sizes, DataEngine engine) {

    static SliceGroups count(JudgedRows rows, String table, Grouping grouping, int index) throws InterruptedException {
        record Group(String value, long rows) {}
        List<Group> groups = new ArrayList<>();
        for (Row row :
                rows.engine().query("SELECT group_" + index + " AS g, COUNT(*) AS n FROM " + table + " GROUP BY 1")) {
            groups.add(new Group(row.text("g").orElseThrow(), row.count("n")));
        }
        groups.sort(Comparator.comparing(Group::value, grouping.order()));
        return new SliceGroups(
                grouping,
                index,
                groups.stream().map(Group::value).toList(),
                groups.stream().map(Group::rows).toList(),
                rows.engine());
    }

    /** What the column of codes is called. */
    String column() {
        return "group_code_" + index;
    }

    /** A row's index in {@link #values}, in SQL. */
    String code() {
        return engine.dialect().indexIn("group_" + index, values);
    }
}
