package io.mlcicd.packaging.licence;

import java.util.List;

/**
 * Which licences the libraries of an image may have, by the words that their packages use, without regard to case; a
 * {@code *} at the end stands for anything.
 *
 * @param allow the only ones that may be there; empty for any
 * @param deny those that may not; goes before {@code allow}
 */
public record LicencePolicy(List<String> allow, List<String> deny) {

    /** Any licence. */
    public static final LicencePolicy ANY = new LicencePolicy(List.of(), List.of());

    public LicencePolicy {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /** Whether a library of that licence may be there. */
    boolean permits(String licence) {
        boolean denied = deny.stream().anyMatch(rule -> matches(rule, licence));
        return !denied && (allow.isEmpty() || allow.stream().anyMatch(rule -> matches(rule, licence)));
    }

    private static boolean matches(String rule, String licence) {
        if (rule.endsWith("*")) {
            int length = rule.length() - 1;
            return licence.regionMatches(true, 0, rule, 0, length);
        }
        return rule.equalsIgnoreCase(licence);
    }
}
