package io.mlcicd.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What it means that a required column is missing. */
public enum MissingColumns {
    /** The data cannot be used: nothing that follows could be computed. */
    REFUSE,
    /** It is a broken promise like others; what is asked of the column's values is skipped. */
    FAIL;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static MissingColumns of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
