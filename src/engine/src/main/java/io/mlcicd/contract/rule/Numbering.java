package io.mlcicd.contract.rule;

import io.mlcicd.data.Relation;

/** Names the column that numbers rows. */
final class Numbering {

    private Numbering() {}

    /** A name that no column has, whatever its case. */
    static String columnFor(Relation data) {
        String name = "row_number";
        while (taken(data, name)) {
            name = "_" + name;
        }
        return name;
    }

    private static boolean taken(Relation data, String name) {
        return data.columns().stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
    }
}
