package io.mlcicd.packaging.licence;

import java.util.List;
import java.util.Map;

/**
 * The licences of the libraries in an image.
 *
 * @param byName licence by the library's name
 * @param denied the libraries, with their licence, that the policy does not permit
 * @param unknown the libraries that tell none
 */
public record LicenceFindings(Map<String, String> byName, List<String> denied, List<String> unknown) {

    /** Nothing known. */
    public static final LicenceFindings NONE = new LicenceFindings(Map.of(), List.of(), List.of());

    public LicenceFindings {
        byName = byName == null ? Map.of() : byName;
        denied = denied == null ? List.of() : List.copyOf(denied);
        unknown = unknown == null ? List.of() : List.copyOf(unknown);
    }
}
