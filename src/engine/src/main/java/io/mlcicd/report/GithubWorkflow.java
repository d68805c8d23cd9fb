package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.contract.Check;
import io.mlcicd.contract.ValidatedData;
import io.mlcicd.contract.ValidationDetails;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Results in the words that a job of GitHub Actions hands to its runner: annotations and outputs ("Workflow commands for
 * GitHub Actions", GitHub documentation; escaping as in the package {@code @actions/core}).
 */
public final class GithubWorkflow {

    /** GitHub shows ten errors and ten warnings of a step. */
    static final int MOST_OF_A_KIND = 10;

    /** GitHub takes a title of 255 characters and a message of 64 KB. */
    private static final int LONGEST_TITLE = 200;

    private static final int LONGEST_MESSAGE = 4000;

    /** Outputs of a whole job may have 1 MB. */
    private static final int LONGEST_METRICS = 100_000;

    private GithubWorkflow() {}

    /**
     * A place in a file of the repository.
     *
     * @param file as seen from the project's folder
     * @param line counted from 1
     */
    public record Place(String file, int line) {}

    /** Knows where files ask for something. */
    public interface Places {

        /** Where a gate of that stage is written; empty when no file has it. */
        Optional<Place> of(Stage stage, GateResult gate);

        /** How GitHub calls a file; empty when it is none of the repository's. */
        Optional<String> file(String fromProject);
    }

    /** An annotation and the level that GitHub shows it at. */
    private record Annotation(String level, Optional<Place> place, String title, String message) {}

    /**
     * One workflow command for each gate that failed, errors first; of those of criticality NOTE none. At most ten of a
     * kind, the last of which says how many more there are.
     */
    public static List<String> annotations(List<Result<JsonNode>> documents, Places places) {
        List<Annotation> errors = new ArrayList<>();
        List<Annotation> warnings = new ArrayList<>();
        for (Result<JsonNode> stage :
                documents.stream().flatMap(HtmlReport::unfold).toList()) {
            Map<String, Place> promises = promises(stage);
            for (GateResult gate : stage.gates()) {
                Criticality criticality = gate.gate().criticality();
                if (gate.outcome() == Outcome.FAILED && criticality != Criticality.NOTE) {
                    boolean fails = criticality == Criticality.FAILURE;
                    Optional<Place> place = Optional.ofNullable(
                                    promises.get(gate.gate().metric()))
                            .or(() -> places.of(stage.stage(), gate));
                    (fails ? errors : warnings)
                            .add(new Annotation(
                                    fails ? "error" : "warning",
                                    place,
                                    HtmlReport.title(stage) + ": " + gate.gate().metric(),
                                    gate.message()));
                }
            }
        }
        List<String> commands = new ArrayList<>();
        limited(errors).forEach(annotation -> commands.add(command(annotation, places)));
        limited(warnings).forEach(annotation -> commands.add(command(annotation, places)));
        return commands;
    }

    /**
     * The command that shows an error of the program itself.
     *
     * @param file what GitHub calls the file that is at fault; empty when there is none
     */
    public static String error(Optional<String> file, int line, String message) {
        return command("error", file, line, "mlcicd", message);
    }

    /**
     * Outputs of a step by name: {@code verdict} ({@code passed}, {@code unstable}, {@code failed}), {@code failed-gates},
     * and {@code metrics} as JSON, unless they are too many.
     */
    public static Map<String, String> outputs(Result<JsonNode> document) {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("verdict", document.verdict().name().toLowerCase(Locale.ROOT));
        outputs.put(
                "failed-gates",
                String.valueOf(document.gates().stream()
                        .filter(gate -> gate.outcome() == Outcome.FAILED)
                        .count()));
        String metrics = Json.mapper().valueToTree(document.metrics()).toString();
        if (metrics.length() <= LONGEST_METRICS) {
            outputs.put("metrics", metrics);
        }
        return outputs;
    }

    private static Map<String, Place> promises(Result<JsonNode> stage) {
        Map<String, Place> promises = new LinkedHashMap<>();
        if (stage.stage() == Stage.VALIDATE) {
            for (ValidatedData data :
                    StageSections.bind(stage.details(), ValidationDetails.class).data()) {
                for (Check check : data.checks()) {
                    check.place()
                            .ifPresent(place ->
                                    promises.putIfAbsent(check.metric(), new Place(place.file(), place.line())));
                }
            }
        }
        return promises;
    }

    private static List<Annotation> limited(List<Annotation> all) {
        if (all.size() <= MOST_OF_A_KIND) {
            return all;
        }
        List<Annotation> shown = new ArrayList<>(all.subList(0, MOST_OF_A_KIND - 1));
        shown.add(new Annotation(
                all.get(0).level(),
                Optional.empty(),
                "mlcicd",
                "and " + Numbers.count(all.size() - shown.size(), "more gate")
                        + " failed; the job's summary has all of them"));
        return shown;
    }

    private static String command(Annotation annotation, Places places) {
        Optional<String> file = annotation.place().map(Place::file).flatMap(places::file);
        int line = annotation.place().map(Place::line).orElse(1);
        return command(annotation.level(), file, line, annotation.title(), annotation.message());
    }

    private static String command(String level, Optional<String> file, int line, String title, String message) {
        StringBuilder command = new StringBuilder("::").append(level).append(' ');
        file.ifPresent(name -> command.append("file=")
                .append(property(name))
                .append(",line=")
                .append(line)
                .append(','));
        return command.append("title=")
                .append(property(shortened(title, LONGEST_TITLE)))
                .append("::")
                .append(data(shortened(message, LONGEST_MESSAGE)))
                .toString();
    }

    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
