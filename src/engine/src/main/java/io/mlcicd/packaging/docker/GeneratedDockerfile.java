package io.mlcicd.packaging.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.packaging.environment.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A Dockerfile for a model: what seldom changes comes first, so that a new model rebuilds its own layer only. Source of
 * the language: Docker's Dockerfile reference (docs.docker.com/reference/dockerfile), of which only what the first
 * builder knew is used.
 *
 * @param base what it is built on
 * @param installation the libraries that are installed, if any
 * @param requirements path, in the context, of the requirements file that was made for them
 * @param files the project's other files
 * @param model the model's files
 * @param environment variables of the image
 * @param command what a container runs; empty to keep the base's
 * @param port the port it listens on, if known
 */
public record GeneratedDockerfile(
        String base,
        Optional<Installation> installation,
        String requirements,
        List<String> files,
        List<String> model,
        Map<String, String> environment,
        List<String> command,
        OptionalInt port) {

    private static final JsonMapper COMPACT = new JsonMapper();

    public GeneratedDockerfile {
        files = List.copyOf(files);
        model = List.copyOf(model);
        environment = Map.copyOf(environment);
        command = List.copyOf(command);
    }

    /** The Dockerfile's text. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add("FROM " + base);
        lines.add("WORKDIR /app");
        installation.ifPresent(what -> install(what, lines));
        copy("# code", files.stream().filter(file -> !copied(file)).toList(), lines);
        copy("# model", model.stream().filter(file -> !copied(file)).toList(), lines);
        new TreeMap<>(environment).forEach((name, value) -> lines.add("ENV " + name + "=" + quoted(name, value)));
        port.ifPresent(number -> lines.add("EXPOSE " + number));
        if (!command.isEmpty()) {
            lines.add("ENTRYPOINT " + json(command));
        }
        return String.join("\n", lines) + "\n";
    }

    private void install(Installation what, List<String> lines) {
        lines.add("# dependencies" + (what.generated().isPresent() ? " of " + what.from() : ""));
        what.copied().keySet().forEach(file -> lines.add("COPY " + json(List.of(escaped(file), "/app/" + file))));
        if (what.generated().isPresent()) {
            lines.add("COPY " + json(List.of(escaped(requirements), Installation.GENERATED)));
        }
        lines.add("RUN " + json(what.command()));
        if (what.installer() != Installation.Installer.PIP) {
            // Without their shell's start-up file, images with conda do not find what is installed there.
            lines.add("ENV PATH=/opt/conda/bin:$PATH");
        }
    }

    private boolean copied(String file) {
        return installation.isPresent() && installation.get().copied().containsKey(file);
    }

    /** One instruction per folder, for {@code COPY} puts everything it names side by side. */
    private static void copy(String heading, List<String> paths, List<String> lines) {
        if (paths.isEmpty()) {
            return;
        }
        lines.add(heading);
        Map<String, List<String>> folders = new TreeMap<>();
        for (String path : paths) {
            folders.computeIfAbsent(
                            path.contains("/") ? path.substring(0, path.lastIndexOf('/') + 1) : "",
                            folder -> new ArrayList<>())
                    .add(escaped(path));
        }
        folders.forEach((folder, inside) -> {
            List<String> all = new ArrayList<>(inside);
            all.add("/app/" + folder);
            lines.add("COPY " + json(all));
        });
    }

    /** In a source of {@code COPY}, {@code [} begins a set of characters. */
    private static String escaped(String path) {
        return path.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]");
    }

    private static String quoted(String name, String value) {
        if (value.contains("\n")) {
            throw new InvalidInputException(
                    "env: the value of '%s' has several lines, which a Dockerfile cannot hold".formatted(name));
        }
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + "\"";
    }

    private static String json(List<String> parts) {
        try {
            return COMPACT.writeValueAsString(parts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of texts must serialize", e);
        }
    }
}
