package io.mlcicd.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;

/** What a failed gate means for the run; named after Jenkins' own build results. */
public enum Criticality {
    /** Only shown. */
    NOTE,
    /** Warns: marks a Jenkins stage and build unstable; the command still exits with 0 unless told to be strict. */
    UNSTABLE,
    /** Stops the release. */
    FAILURE;

    /** Reads a name without regard to case, as people write it in YAML. */
    @JsonCreator
    public static Criticality of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
