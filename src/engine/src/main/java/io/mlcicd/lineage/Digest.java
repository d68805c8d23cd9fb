package io.mlcicd.lineage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A SHA-256 digest, written as OCI writes it: {@code sha256:} and 64 lower-case hexadecimal digits.
 * Any other text is refused with an {@link IllegalArgumentException}.
 */
public record Digest(@JsonValue String value) {

    private static final String BEGIN = "sha256:";
    private static final int LENGTH = BEGIN.length() + 64;

    @JsonCreator
    public Digest {
        if (!isDigest(value)) {
            throw new IllegalArgumentException("not a SHA-256 digest: " + value);
        }
    }

    /** By hand, for a lineage of a hundred thousand records holds half a million of them. */
    private static boolean isDigest(String value) {
        if (value.length() != LENGTH || !value.startsWith(BEGIN)) {
            return false;
        }
        for (int i = BEGIN.length(); i < LENGTH; i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The first twelve digits, as people quote it. */
    public String abbreviated() {
        return value.substring(BEGIN.length(), BEGIN.length() + 12);
    }

    @Override
    public String toString() {
        return value;
    }
}
