package io.mlcicd.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.benchmarks.GeneratedData;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All binary metrics and curves of one file of predictions by {@code mlcicd evaluate}, as a process from its start to its
 * exit, and by scikit-learn on the loaded arrays. The command computes confidence intervals besides, reads the file and
 * digests it; scikit-learn's time starts when its arrays are loaded. Their metrics are compared, for only then are the
 * times.
 */
public final class EvaluationPeers {

    private static final Map<String, String> DEFAULTS = Map.of("rows", "10000000", "repetitions", "3", "memory", "");

    /** What both sum up over millions of rows differs by rounding alone. */
    private static final double SAME = 1e-9;

    private EvaluationPeers() {}

    /** One run of one of the two: how long, and what came out. */
    private record Timed(double seconds, long peakBytes, String version, JsonNode metrics) {}

    /** Takes settings as {@code key=value}; ends with 1 when a metric differs, and with 2 on a wrong setting. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            System.exit(run(Settings.of(arguments, DEFAULTS)) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(Settings settings) throws IOException, InterruptedException {
        Table table = new Table("rows", "tool", "median (s)", "peak (MB)", "ratio", "metrics");
        boolean agree = true;
        for (int rows : settings.numbers("rows")) {
            Path data = GeneratedData.predictions(rows);
            List<Timed> mine = new ArrayList<>();
            List<Timed> theirs = new ArrayList<>();
            try (Workplace workplace = new Workplace(settings.text("memory"))) {
                for (int i = 0; i < settings.number("repetitions"); i++) {
                    mine.add(mlcicd(workplace, data));
                    theirs.add(scikitLearn(workplace, data));
                    System.out.printf(
                            Locale.ROOT,
                            "%d rows: ml-cicd %.2f s, scikit-learn %.2f s%n",
                            rows,
                            mine.get(i).seconds(),
                            theirs.get(i).seconds());
                }
            }
            List<String> differences =
                    differences(mine.get(0).metrics(), theirs.get(0).metrics());
            agree &= differences.isEmpty();
            double own = median(mine);
            double peer = median(theirs);
            String same = differences.isEmpty() ? "the same" : "differ: " + String.join(", ", differences);
            add(table, rows, "ml-cicd " + mine.get(0).version() + ", whole process", mine, 1, same);
            add(table, rows, "scikit-learn " + theirs.get(0).version(), theirs, peer / own, same);
        }
        System.out.printf("%n%s", table);
        return agree;
    }

    private static void add(Table table, int rows, String tool, List<Timed> runs, double ratio, String metrics) {
        table.add(
                Table.count(rows),
                tool,
                Table.seconds(median(runs)),
                Table.megabytes(runs.stream().mapToLong(Timed::peakBytes).max().orElse(0)),
                String.format(Locale.ROOT, "%.1f", ratio),
                metrics);
    }

    private static double median(List<Timed> runs) {
        return runs.stream()
                .map(Timed::seconds)
                .sorted(Comparator.naturalOrder())
                .toList()
                .get(runs.size() / 2);
    }

    private static Timed mlcicd(Workplace workplace, Path data) throws IOException, InterruptedException {
        Path answer = workplace.answer();
        MeasuredProcess run = workplace.run(List.of(
                Settings.inCheckout("mlcicd").toString(),
                "evaluate",
                "--predictions",
                data.toString(),
                "--task",
                "binary",
                "--label",
                "label",
                "--prediction",
                "prediction",
                "--score",
                "score",
                "--json",
                answer.toString()));
        requireEnd(workplace, run, "mlcicd evaluate");
        JsonNode document = Json.read(answer);
        return new Timed(
                run.seconds(), run.peakBytes(), document.at("/tool/version").asText(), document.get("metrics"));
    }

    private static Timed scikitLearn(Workplace workplace, Path data) throws IOException, InterruptedException {
        Path answer = workplace.answer();
        List<String> command = new ArrayList<>(Settings.python(Settings.PYTHON));
        command.addAll(List.of(
                Settings.inCheckout("src/benchmarks/src/main/python/scikit_learn_peer.py")
                        .toString(),
                data.toString(),
                answer.toString()));
        MeasuredProcess run = workplace.run(command);
        requireEnd(workplace, run, "scikit-learn");
        JsonNode document = Json.read(answer);
        return new Timed(
                document.get("seconds").asDouble(),
                run.peakBytes(),
                document.get("version").asText(),
                document.get("metrics"));
    }

    private static void requireEnd(Workplace workplace, MeasuredProcess run, String what) throws IOException {
        if (run.exitCode() != 0) {
            throw new IllegalArgumentException(
                    "%s ended with %d:%n%s".formatted(what, run.exitCode(), workplace.lastLines()));
        }
    }

    /** The metrics that are not the same, by name. */
    static List<String> differences(JsonNode mine, JsonNode theirs) {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : theirs.properties()) {
            double expected = each.getValue().asDouble();
            double actual = mine.path(each.getKey()).asDouble(Double.NaN);
            if (!(Math.abs(actual - expected) <= SAME * Math.max(1, Math.abs(expected)))) {
                differences.add(each.getKey());
            }
        }
        return differences;
    }
}
