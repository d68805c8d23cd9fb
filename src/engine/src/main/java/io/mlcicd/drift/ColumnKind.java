package io.mlcicd.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.data.ColumnType;
import java.util.Locale;

/** How the values of a column are compared. */
public enum ColumnKind {
    /** Ordered, in bins: numbers; dates and timestamps as seconds since 1970-01-01T00:00Z. */
    NUMERIC,
    /** Value by value: texts and booleans. */
    CATEGORICAL;

    /** The kind of columns of that type, which must not be {@link ColumnType#OTHER}. */
    static ColumnKind of(ColumnType type) {
        return switch (type) {
            case INTEGER, NUMBER, DATE, TIMESTAMP -> NUMERIC;
            case BOOLEAN, STRING -> CATEGORICAL;
            case OTHER -> throw new IllegalArgumentException("columns of type other cannot be compared");
        };
    }

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static ColumnKind ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
