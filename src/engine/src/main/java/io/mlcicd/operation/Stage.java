package io.mlcicd.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The stages of the ML pipeline that leave a result document. */
public enum Stage {
    VALIDATE("validated"),
    PROFILE("profiled"),
    TRAIN("trained"),
    EVALUATE("evaluated"),
    PACKAGE("packaged"),
    DEPLOY("deployed"),
    DRIFT("checked for drift"),
    /** All stages in one document. */
    RUN("run");

    private final String done;

    Stage(String done) {
        this.done = done;
    }

    /** The past participle, for sentences such as "the data were validated". */
    public String done() {
        return done;
    }

    /** The name in result documents and file names: lower case. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stage of that {@link #key()}. */
    @JsonCreator
    public static Stage of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
