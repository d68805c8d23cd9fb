package io.mlcicd.lineage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest, written as OCI writes it: {@code sha256:} and 64 lower-case hexadecimal digits.
 * Any other text is refused with an {@link IllegalArgumentException}.
 */
public record Digest(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    @JsonCreator
    public Digest {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a SHA-256 digest: " + value);
        }
    }

    /** The first twelve digits, as people quote it. */
    public String abbreviated() {
        return value.substring("sha256:".length(), "sha256:".length() + 12);
    }

    @Override
    public String toString() {
        return value;
    }
}
