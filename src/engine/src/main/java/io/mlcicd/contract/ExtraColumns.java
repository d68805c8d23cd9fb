package io.mlcicd.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a contract says of columns it does not name. */
public enum ExtraColumns {
    ALLOW,
    FORBID;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static ExtraColumns of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
