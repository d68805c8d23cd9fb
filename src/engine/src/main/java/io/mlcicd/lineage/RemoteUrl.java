package io.mlcicd.lineage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the URL of a git or DVC remote fit to be shown. */
public final class RemoteUrl {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
    private static final Pattern NETWORK = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?:(?<user>[^/]*)@)?"
            + "(?<host>(?:[^/@:?#]+|\\[[0-9A-Fa-f:.]+])(?::\\d+)?)(?<path>/[^?#]*)?(?:[?#].*)?");

    private RemoteUrl() {}

    /**
     * The URL without user, password, query and fragment, any of which may be a secret. The user of an SSH URL is
     * part of the address and stays.
     *
     * @return empty when it looks like a URL but cannot be taken apart, for then it cannot be known to be clean
     */
    public static Optional<String> withoutCredentials(String url) {
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (!SCHEME.matcher(url).matches() || url.startsWith("file://")) {
            return Optional.of(url);
        }
        Matcher matcher = NETWORK.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String user = matcher.group("user");
        boolean keepUser = user != null && matcher.group("scheme").endsWith("ssh://");
        String shownUser = keepUser ? user.replaceFirst(":.*", "") + "@" : "";
        String path = matcher.group("path") == null ? "" : matcher.group("path");
        return Optional.of(matcher.group("scheme") + shownUser + matcher.group("host") + path);
    }
}
