package io.mlcicd.packaging.docker;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the image that a Dockerfile's last stage stands on. Source: the instruction {@code FROM} of Docker's Dockerfile
 * reference.
 */
final class DockerfileBase {

    private static final Pattern FROM = Pattern.compile(
            "^\\s*FROM\\s+(?:--\\S+\\s+)*(?<image>\\S+)(?:\\s+AS\\s+(?<stage>\\S+))?\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final String SCRATCH = "scratch";

    private DockerfileBase() {}

    /** The image's name; empty for {@code scratch}, and for a name that an argument of the build decides. */
    static Optional<String> of(String dockerfile) {
        Map<String, String> stages = new HashMap<>();
        String image = SCRATCH;
        Matcher from = FROM.matcher(dockerfile);
        while (from.find()) {
            String named = from.group("image");
            image = stages.getOrDefault(named.toLowerCase(Locale.ROOT), named);
            if (from.group("stage") != null) {
                stages.put(from.group("stage").toLowerCase(Locale.ROOT), image);
            }
        }
        return image.equals(SCRATCH) || image.contains("$") ? Optional.empty() : Optional.of(image);
    }
}
