package io.mlcicd.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a column is to the model. */
public enum ColumnRole {
    /** What it predicts from. */
    FEATURE,
    /** What it is to predict. */
    TARGET,
    /** What it predicted. */
    PREDICTION;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static ColumnRole of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
