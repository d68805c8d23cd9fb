package io.mlcicd.packaging.environment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An environment of conda ({@code conda.yaml}, {@code environment.yml}), or MLflow's {@code python_env.yaml}.
 *
 * @param python the version of Python; empty when it names none
 * @param pip what pip installs
 * @param conda what only conda installs
 */
record CondaFile(Optional<String> python, List<String> pip, List<String> conda) {

    /** Every image with Python has these. */
    private static final Set<String> THERE = Set.of("pip", "setuptools", "wheel");

    private static final Pattern ENTRY = Pattern.compile("(?:\\S+::)?(?<name>[A-Za-z0-9_.-]+)\\s*(?<wanted>.*)");

    static CondaFile of(JsonNode content) {
        Optional<String> python = Optional.empty();
        List<String> pip = new ArrayList<>();
        List<String> conda = new ArrayList<>();
        for (JsonNode entry : content.path("dependencies")) {
            entry.path("pip").forEach(line -> pip.add(line.asText()));
            Matcher matcher = ENTRY.matcher(entry.isTextual() ? entry.asText().strip() : "");
            if (!matcher.matches()) {
                continue;
            }
            if (matcher.group("name").equals("python")) {
                // One or two signs mean the same here, and a build may follow.
                String wanted = matcher.group("wanted").strip().replaceFirst("^={1,2}\\s*([^=]+)(=.*)?$", "$1");
                python = PythonVersion.exact(wanted).or(() -> PythonVersion.nearest(wanted));
            } else if (!THERE.contains(matcher.group("name"))) {
                conda.add(entry.asText().strip());
            }
        }
        return new CondaFile(python, List.copyOf(pip), List.copyOf(conda));
    }

    /** MLflow's file, whose {@code dependencies} are lines for pip and which names Python beside them. */
    static CondaFile ofMlflow(JsonNode content) {
        List<String> pip = new ArrayList<>();
        content.path("dependencies").forEach(line -> pip.add(line.asText()));
        return new CondaFile(PythonVersion.exact(content.path("python").asText("")), List.copyOf(pip), List.of());
    }
}
