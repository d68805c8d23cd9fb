package io.mlcicd.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.config.Project;
import io.mlcicd.gate.GateResult;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.report.GithubWorkflow;
import io.mlcicd.report.PullRequestSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job of GitHub Actions gets beside the printed lines: annotations, the step's outputs and the job's summary
 * ("Workflow commands for GitHub Actions", GitHub documentation). Outside of such a job nothing is told.
 *
 * @param active whether this is such a job
 * @param workspace the folder that names of files are relative to
 * @param summary the file that the step's summary is appended to
 * @param output the file that the step's outputs are appended to
 */
record GithubActions(boolean active, Optional<Path> workspace, Optional<Path> summary, Optional<Path> output) {

    /** Outside of GitHub Actions. */
    static final GithubActions NONE = new GithubActions(false, Optional.empty(), Optional.empty(), Optional.empty());

    /** GitHub refuses the summary of a step that has more than 1024 KiB. */
    static final long MOST_SUMMARY = 1L << 20;

    /** As errors about a file begin: its name, the line, and mostly the column. */
    private static final Pattern PLACE = Pattern.compile("^([^:\\r\\n]+):(\\d+):(?:\\d+:)? ");

    /** What the environment of the process says. */
    static GithubActions of(Map<String, String> environment) {
        return "true".equals(environment.get("GITHUB_ACTIONS"))
                ? new GithubActions(
                        true,
                        file(environment, "GITHUB_WORKSPACE"),
                        file(environment, "GITHUB_STEP_SUMMARY"),
                        file(environment, "GITHUB_OUTPUT"))
                : NONE;
    }

    private static Optional<Path> file(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    /** The command that shows an error; empty outside of GitHub Actions. */
    Optional<String> error(String message) {
        if (!active) {
            return Optional.empty();
        }
        Matcher place = PLACE.matcher(message);
        Optional<String> file =
                place.find() ? Optional.of(place.group(1)).filter(this::exists).flatMap(this::name) : Optional.empty();
        return Optional.of(
                GithubWorkflow.error(file, file.isPresent() ? Integer.parseInt(place.group(2)) : 1, message));
    }

    private boolean exists(String file) {
        return Files.isRegularFile(Path.of(file));
    }

    /**
     * Tells a result: annotations for gates that failed, the outputs, the summary.
     *
     * @param written the files that were written of it, by the name of their output
     * @param project where its gates are written
     * @param commands hears the annotations, and what could not be told
     */
    void tell(Result<JsonNode> document, Map<String, Path> written, Optional<Project> project, PrintWriter commands) {
        if (!active) {
            return;
        }
        List<Result<JsonNode>> documents = List.of(document);
        GithubWorkflow.annotations(documents, new ProjectPlaces(project)).forEach(commands::println);
        Map<String, String> outputs = new LinkedHashMap<>(GithubWorkflow.outputs(document));
        written.forEach((name, file) -> outputs.put(name, file.toString()));
        try {
            if (output.isPresent()) {
                StringBuilder lines = new StringBuilder();
                outputs.forEach((name, value) -> lines.append(assignment(name, value)));
                append(output.get(), lines.toString());
            }
            if (summary.isPresent()) {
                summarize(summary.get(), PullRequestSummary.markdown(documents), commands);
            }
        } catch (IOException e) {
            commands.println("mlcicd: GitHub's file of this step cannot be written: " + e.getMessage());
        }
        commands.flush();
    }

    private static void summarize(Path file, String markdown, PrintWriter commands) throws IOException {
        long there = Files.exists(file) ? Files.size(file) : 0;
        if (there + markdown.getBytes(StandardCharsets.UTF_8).length + 1 > MOST_SUMMARY) {
            commands.println("mlcicd: the summary of this step is full; this result is not in it");
        } else {
            append(file, markdown + "\n");
        }
    }

    /** A value of several lines ends at a line that it cannot hold. */
    private static String assignment(String name, String value) {
        if (value.indexOf('\n') < 0 && value.indexOf('\r') < 0) {
            return name + "=" + value + "\n";
        }
        String end = "end-" + UUID.randomUUID();
        return name + "<<" + end + "\n" + value + "\n" + end + "\n";
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Optional<String> name(String file) {
        Path absolute = Path.of(file).toAbsolutePath().normalize();
        return workspace
                .map(folder -> folder.toAbsolutePath().normalize())
                .filter(absolute::startsWith)
                .map(folder -> folder.relativize(absolute).toString().replace('\\', '/'));
    }

    /** Where the project's files ask for something. */
    private final class ProjectPlaces implements GithubWorkflow.Places {

        private final Optional<Project> project;

        ProjectPlaces(Optional<Project> project) {
            this.project = project;
        }

        @Override
        public Optional<GithubWorkflow.Place> of(Stage stage, GateResult gate) {
            return project.flatMap(known -> {
                String file = known.path().getFileName() == null
                        ? ""
                        : known.path().getFileName().toString();
                return known.line(stage, gate.gate()).stream()
                        .mapToObj(line -> new GithubWorkflow.Place(file, line))
                        .findFirst();
            });
        }

        @Override
        public Optional<String> file(String fromProject) {
            return project.flatMap(
                    known -> name(known.folder().resolve(fromProject).toString()));
        }
    }
}
