package io.mlcicd.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Why a column counts as drifted. */
public enum DriftReason {
    /** Its type changed to one whose values cannot be compared. */
    TYPE("type"),
    /** Its test found that the values are distributed otherwise. */
    DISTRIBUTION("distribution"),
    /** The share of rows without a value changed. */
    MISSING("missing"),
    /** Values came that the reference does not have. */
    NEW_CATEGORIES("newCategories");

    private final String key;

    DriftReason(String key) {
        this.key = key;
    }

    @JsonValue
    public String key() {
        return key;
    }

    @JsonCreator
    public static DriftReason of(String key) {
        return Arrays.stream(values())
                .filter(reason -> reason.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no reason is called " + key));
    }
}
