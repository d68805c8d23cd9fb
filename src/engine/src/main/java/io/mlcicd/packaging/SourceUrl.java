package io.mlcicd.packaging;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a repository that reads the same on every machine, however the repository was cloned there. */
final class SourceUrl {

    private static final Pattern WEB = Pattern.compile("(?<scheme>https?)://(?<host>[^/]+)/(?<path>.+)");
    private static final Pattern SSH =
            Pattern.compile("(?:ssh|git|git\\+ssh)://(?:[^/@]*@)?(?<host>[^/:]+)(?::\\d+)?/(?<path>.+)");
    private static final Pattern SCP = Pattern.compile("(?:[^/@:]+@)?(?<host>[^/:]{2,}):(?<path>[^/].*)");

    private SourceUrl() {}

    /**
     * The page of the repository on its server, as {@code https}, which is what hosting sites link an image by.
     *
     * @return empty for a repository on this machine
     */
    static Optional<String> of(String remote) {
        Matcher web = WEB.matcher(remote);
        if (web.matches()) {
            return Optional.of(address(web.group("scheme"), web));
        }
        for (Pattern form : new Pattern[] {SSH, SCP}) {
            Matcher matcher = form.matcher(remote);
            if (!remote.startsWith("file:") && matcher.matches()) {
                return Optional.of(address("https", matcher));
            }
        }
        return Optional.empty();
    }

    private static String address(String scheme, Matcher matcher) {
        String path = matcher.group("path").replaceFirst("/+$", "").replaceFirst("\\.git$", "");
        return scheme + "://" + matcher.group("host") + "/" + path;
    }
}
