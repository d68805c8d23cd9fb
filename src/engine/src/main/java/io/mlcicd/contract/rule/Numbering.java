package io.mlcicd.contract.rule;

import io.mlcicd.data.Relation;

/** Names the column that numbers rows. */
final class Numbering {

    private Numbering() {}

    /** A name that no column has, whatever its case. */
    static String columnFor(Relation data) {
        return columnFor(data, "row_number");
    }

    /** A name that no column has, whatever its case, and that ends with that word. */
    static String columnFor(Relation data, String word) {
        String name = word;
        while (taken(data, name)) {
            name = "_" + name;
        }
        return name;
    }

    private static boolean taken(Relation data, String name) {
        return data.columns().stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
    }
}
