package io.mlcicd.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Types of columns as contracts name them; engines map their own onto these. */
public enum ColumnType {
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    DATE,
    TIMESTAMP,
    /** Lists, structures, blobs: can be counted, not compared. */
    OTHER;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static ColumnType of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** Whether values of this type can be added up. */
    public boolean isNumeric() {
        return this == INTEGER || this == NUMBER;
    }
}
