package io.mlcicd.contract.rule;

import io.mlcicd.data.ColumnType;

/** A rule whose words are values of a type: the column's, or that which {@code as} names. */
public interface TypedRule extends Rule {

    /** The type. */
    ColumnType type();
}
