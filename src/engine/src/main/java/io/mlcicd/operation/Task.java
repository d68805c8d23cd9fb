package io.mlcicd.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kind of prediction a model makes. */
public enum Task {
    BINARY,
    MULTICLASS,
    REGRESSION;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Task of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
