package io.mlcicd.retrain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a person must agree before a retraining starts. */
public enum Approval {
    /** It starts by itself. */
    NONE,
    /** It is proposed, and waits for a person. */
    REQUIRED;

    /** The name in configuration files and documents. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that {@link #key()}; any other text is refused with an {@link IllegalArgumentException}. */
    @JsonCreator
    public static Approval of(String key) {
        for (Approval each : values()) {
            if (each.key().equals(key)) {
                return each;
            }
        }
        throw new IllegalArgumentException("'" + key + "' says nothing of approval; write 'none' or 'required'");
    }

    /** The stricter of the two. */
    Approval and(Approval other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
