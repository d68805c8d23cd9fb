package io.mlcicd.retrain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.document.Spelling;
import java.util.Arrays;
import java.util.List;

/** What can call for a new model. */
public enum Condition {
    /** A scheduled time has come. */
    ALWAYS("always"),
    /** The share of drifted columns is high, or the drift check's own gates ask for a new model. */
    DRIFT("drift"),
    /** A column that is named as critical drifted. */
    CRITICAL_COLUMNS("criticalColumns"),
    /** The model does worse than when it was accepted, or a watch over its performance raised an alarm. */
    PERFORMANCE("performance"),
    /** There are data that the accepted model was not trained on. */
    NEW_DATA("newData"),
    /** The accepted model is old. */
    AGE("age");

    private final String key;

    Condition(String key) {
        this.key = key;
    }

    /** The name in configuration files and documents. */
    @JsonValue
    public String key() {
        return key;
    }

    /** The condition of that {@link #key()}; any other text is refused with an {@link IllegalArgumentException}. */
    @JsonCreator
    public static Condition of(String key) {
        for (Condition each : values()) {
            if (each.key.equals(key)) {
                return each;
            }
        }
        throw new IllegalArgumentException("'%s' is no condition to retrain%s; there are: %s"
                .formatted(key, Spelling.hint(key, keys()), String.join(", ", keys())));
    }

    /** All keys, in their order. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(Condition::key).toList();
    }
}
