package io.mlcicd.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.benchmarks.GeneratedData;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Drift of every column between two Parquet files by {@code mlcicd drift} as a process from its start to its exit, and by
 * scipy on pandas, whose time begins when its modules are loaded. The peer measures either {@code all} that ml-cicd
 * computes, or the {@code usual}: Kolmogorov-Smirnov test, Wasserstein distance, stability index and Jensen-Shannon
 * distance; ml-cicd always computes all. Measures are compared, for only then are the times.
 */
public final class DriftPeers {

    private static final Map<String, String> DEFAULTS =
            Map.of("rows", "1000000", "columns", "100", "peers", "all,usual", "repetitions", "3", "memory", "");

    private DriftPeers() {}

    /** One tool's measures of each column, and what they took. */
    private record Answer(double seconds, long peakBytes, String version, Map<String, JsonNode> columns) {}

    /** Takes settings as {@code key=value}; ends with 1 when a measure differs, and with 2 on a wrong setting. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings.run(arguments, DEFAULTS, DriftPeers::run);
    }

    private static boolean run(Settings settings) throws IOException, InterruptedException {
        int rows = settings.number("rows");
        Table table = new Table("columns", "rows", "tool", "median (s)", "peak (MB)", "ratio", "measures");
        boolean agree = true;
        for (int width : settings.numbers("columns")) {
            Path reference = GeneratedData.wide(rows, width, 0);
            Path current = GeneratedData.wide(rows, width, 0.1);
            List<String> tools = new ArrayList<>(List.of("ml-cicd"));
            tools.addAll(settings.list("peers"));
            Map<String, List<Answer>> answers = new HashMap<>();
            try (Workplace workplace = new Workplace(settings.text("memory"))) {
                for (int i = 0; i < settings.number("repetitions"); i++) {
                    for (String tool : tools) {
                        Answer answer = tool.equals("ml-cicd")
                                ? mlcicd(workplace, reference, current)
                                : scipy(workplace, reference, current, tool);
                        answers.computeIfAbsent(tool, key -> new ArrayList<>()).add(answer);
                        System.out.printf(
                                Locale.ROOT, "%d columns, %d rows: %s %.2f s%n", width, rows, tool, answer.seconds());
                    }
                }
            }
            Answer mine = median(answers.get("ml-cicd"));
            for (String tool : tools) {
                Answer theirs = median(answers.get(tool));
                List<String> differences = differences(mine, theirs);
                agree &= differences.isEmpty();
                table.add(
                        Table.count(width),
                        Table.count(rows),
                        tool.equals("ml-cicd")
                                ? "ml-cicd " + mine.version()
                                : "scipy " + theirs.version() + ": " + tool,
                        Table.seconds(theirs.seconds()),
                        Table.megabytes(theirs.peakBytes()),
                        String.format(Locale.ROOT, "%.1f", theirs.seconds() / mine.seconds()),
                        differences.isEmpty() ? "the same" : "differ: " + String.join(", ", differences));
            }
        }
        System.out.printf("%n%s", table);
        return agree;
    }

    private static Answer median(List<Answer> answers) {
        return answers.stream()
                .sorted((one, other) -> Double.compare(one.seconds(), other.seconds()))
                .toList()
                .get(answers.size() / 2);
    }

    private static List<String> differences(Answer mine, Answer theirs) {
        List<String> differences = new ArrayList<>();
        theirs.columns()
                .forEach(
                        (column, measures) -> Differences.between(mine.columns().get(column), measures)
                                .forEach(measure -> differences.add(column + "." + measure)));
        return differences;
    }

    private static Answer mlcicd(Workplace workplace, Path reference, Path current)
            throws IOException, InterruptedException {
        Path answer = workplace.answer();
        MeasuredProcess run = workplace.runToEnd(
                "mlcicd drift",
                List.of(
                        Settings.inCheckout("mlcicd").toString(),
                        "drift",
                        "--reference",
                        reference.toString(),
                        "--current",
                        current.toString(),
                        "--json",
                        answer.toString()));
        JsonNode document = Json.read(answer);
        Map<String, JsonNode> columns = new HashMap<>();
        for (JsonNode column : document.at("/details/columns")) {
            columns.put(column.get("name").asText(), column.get("distances"));
        }
        return new Answer(
                run.seconds(), run.peakBytes(), document.at("/tool/version").asText(), columns);
    }

    private static Answer scipy(Workplace workplace, Path reference, Path current, String measures)
            throws IOException, InterruptedException {
        Path answer = workplace.answer();
        List<String> command = new ArrayList<>(Settings.python(Settings.PYTHON));
        command.addAll(List.of(
                Settings.inCheckout("src/benchmarks/src/main/python/drift_peer.py")
                        .toString(),
                reference.toString(),
                current.toString(),
                answer.toString(),
                measures));
        MeasuredProcess run = workplace.runToEnd("scipy", command);
        JsonNode document = Json.read(answer);
        Map<String, JsonNode> columns = new HashMap<>();
        document.get("columns").properties().forEach(column -> columns.put(column.getKey(), column.getValue()));
        return new Answer(
                document.get("seconds").asDouble(),
                run.peakBytes(),
                document.get("version").asText(),
                columns);
    }
}
