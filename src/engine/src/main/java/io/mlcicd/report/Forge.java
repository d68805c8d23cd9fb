package io.mlcicd.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where commits can be looked at, for remotes of forges whose addresses are known: GitHub, GitLab, Bitbucket Cloud and
 * Codeberg, and hosts named {@code github.*} and {@code gitlab.*}. The forms are those of the forges' own documentation.
 */
public final class Forge {

    private static final Pattern URL = Pattern.compile(
            "(?:https?|ssh|git)://(?:[^/@]*@)?(?<host>[A-Za-z0-9.-]+)(?::\\d+)?/(?<path>[A-Za-z0-9._~/-]+)");
    private static final Pattern SCP =
            Pattern.compile("(?:[^/@:]+@)(?<host>[A-Za-z0-9.-]+):(?<path>[A-Za-z0-9._~/-]+)");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private Forge() {}

    /** The page of a commit; empty when the forge is not known, or what should be a commit's id is none. */
    public static Optional<String> commit(String remote, String sha) {
        return COMMIT.matcher(sha).matches()
                ? place(remote).map(place -> place.base + place.kind.commit + sha)
                : Optional.empty();
    }

    /** The page of what lies between two commits; empty likewise. */
    public static Optional<String> range(String remote, String from, String to) {
        boolean commits = COMMIT.matcher(from).matches() && COMMIT.matcher(to).matches();
        return commits
                ? place(remote)
                        .map(place -> place.base
                                + (place.kind == Kind.BITBUCKET
                                        ? place.kind.compare + to + "%0D" + from
                                        : place.kind.compare + from + "..." + to))
                : Optional.empty();
    }

    private record Place(String base, Kind kind) {}

    private enum Kind {
        GITHUB("/commit/", "/compare/"),
        GITLAB("/-/commit/", "/-/compare/"),
        BITBUCKET("/commits/", "/branches/compare/"),
        CODEBERG("/commit/", "/compare/");

        private final String commit;
        private final String compare;

        Kind(String commit, String compare) {
            this.commit = commit;
            this.compare = compare;
        }
    }

    private static Optional<Place> place(String remote) {
        Matcher matcher = URL.matcher(remote);
        if (!matcher.matches()) {
            matcher = SCP.matcher(remote);
        }
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host = matcher.group("host");
        String path = matcher.group("path").replaceFirst("/+$", "").replaceFirst("\\.git$", "");
        return kind(host).map(kind -> new Place("https://" + host + "/" + path, kind));
    }

    private static Optional<Kind> kind(String host) {
        if (host.startsWith("github.")) {
            return Optional.of(Kind.GITHUB);
        }
        if (host.startsWith("gitlab.")) {
            return Optional.of(Kind.GITLAB);
        }
        return switch (host) {
            case "bitbucket.org" -> Optional.of(Kind.BITBUCKET);
            case "codeberg.org" -> Optional.of(Kind.CODEBERG);
            default -> Optional.empty();
        };
    }
}
