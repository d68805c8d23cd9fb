package io.mlcicd.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a check looks at. */
public enum CheckKind {
    ROWS("rows"),
    EXTRA_COLUMNS("extraColumns"),
    NULLS("nullShare"),
    TYPE("type"),
    RANGE("range"),
    VALUES("values"),
    PATTERN("pattern"),
    UNIQUE("unique");

    private final String key;

    CheckKind(String key) {
        this.key = key;
    }

    /** The name in result documents, which is also the last part of the metric's name. */
    @JsonValue
    public String key() {
        return key;
    }

    @JsonCreator
    public static CheckKind of(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of check is called '" + key + "'"));
    }
}
