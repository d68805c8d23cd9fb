package io.mlcicd.packaging.environment;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dependencies in {@code pyproject.toml} as requirements for pip: those of PEP 621 as they are, those of Poetry with
 * caret and tilde written out (Poetry's "Dependency specification").
 */
final class ProjectDependencies {

    private static final Pattern VERSION =
            Pattern.compile("(?<operator>\\^|~)\\s*(?<release>\\d+(\\.\\d+)*)(?<rest>\\S*)");

    private ProjectDependencies() {}

    /**
     * The requirements.
     *
     * @param shown the file's name for messages
     * @throws InvalidInputException when pip has no words for one of them
     */
    static List<String> of(JsonNode project, String shown) {
        List<String> lines = new ArrayList<>();
        project.path("project").path("dependencies").forEach(line -> lines.add(line.asText()));
        for (Map.Entry<String, JsonNode> entry :
                project.path("tool").path("poetry").path("dependencies").properties()) {
            // Since Poetry 2 this section may only add to what stands in the section of PEP 621.
            boolean known = lines.stream()
                    .anyMatch(line -> LockGraph.normal(line.replaceFirst("[^A-Za-z0-9._-].*$", ""))
                            .equals(LockGraph.normal(entry.getKey())));
            if (!entry.getKey().equals("python") && !known) {
                for (JsonNode one : entry.getValue().isArray() ? entry.getValue() : List.of(entry.getValue())) {
                    line(entry.getKey(), one, shown).ifPresent(lines::add);
                }
            }
        }
        return lines;
    }

    /** The versions of Python that it asks for; empty for any. */
    static String python(JsonNode project) {
        String wanted = project.path("project").path("requires-python").asText("");
        return wanted.isBlank()
                ? project.path("tool")
                        .path("poetry")
                        .path("dependencies")
                        .path("python")
                        .asText("")
                : wanted;
    }

    private static Optional<String> line(String name, JsonNode written, String shown) {
        if (written.path("optional").asBoolean()) {
            return Optional.empty();
        }
        if (written.isObject() && !written.has("version")) {
            throw new InvalidInputException(
                    ("%s: '%s' comes from no index, so the generated Dockerfile cannot install it;"
                                    + " give a 'dockerfile' of your own, or a requirements.txt")
                            .formatted(shown, name));
        }
        String wanted =
                written.isTextual() ? written.asText() : written.path("version").asText();
        List<String> extras = new ArrayList<>();
        written.path("extras").forEach(extra -> extras.add(extra.asText()));
        String marker = written.path("markers").asText("");
        return Optional.of(name
                + (extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]")
                + specifier(name, wanted, shown)
                + (marker.isBlank() ? "" : " ; " + marker));
    }

    /** Poetry's words for versions in those of PEP 440. */
    static String specifier(String name, String wanted, String shown) {
        if (wanted.contains("|")) {
            throw new InvalidInputException(
                    "%s: '%s' may be of versions '%s', which pip has no words for; lock the project, or name one range"
                            .formatted(shown, name, wanted));
        }
        List<String> clauses = new ArrayList<>();
        Pattern.compile("\\s*,\\s*|\\s+(?=[<>=!~^])")
                .splitAsStream(wanted.strip())
                .filter(clause -> !clause.isBlank() && !clause.equals("*"))
                .forEach(clause -> clauses.add(clause(clause)));
        return String.join(",", clauses);
    }

    private static String clause(String clause) {
        Matcher version = VERSION.matcher(clause);
        if (!version.matches()) {
            return clause.matches("\\d.*") ? "==" + clause : clause;
        }
        String release = version.group("release");
        int[] parts = Pattern.compile("\\.")
                .splitAsStream(release)
                .mapToInt(Integer::parseInt)
                .toArray();
        // The caret keeps the first part that is not 0, the tilde the first two.
        int kept = version.group("operator").equals("~") ? Math.min(2, parts.length) : firstOf(parts);
        StringBuilder next = new StringBuilder();
        for (int i = 0; i < kept; i++) {
            next.append(i == 0 ? "" : ".").append(i == kept - 1 ? parts[i] + 1 : parts[i]);
        }
        return ">=" + release + version.group("rest") + ",<" + next;
    }

    private static int firstOf(int[] parts) {
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] != 0) {
                return i + 1;
            }
        }
        return parts.length;
    }
}
