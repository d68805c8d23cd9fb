package io.mlcicd.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.benchmarks.GeneratedData;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * All binary metrics and curves of one file of predictions, with a confidence interval of each, by {@code mlcicd evaluate}
 * as a process from its start to its exit, and by scikit-learn on the loaded arrays. scikit-learn has no intervals: its
 * user evaluates resamples of the rows, here as few as {@code resamples}, where some hundred are customary. What the
 * metrics alone take is told, too. The metrics are compared, for only then are the times.
 */
public final class EvaluationPeers {

    private static final Map<String, String> DEFAULTS =
            Map.of("rows", "10000000", "repetitions", "3", "resamples", "5", "memory", "");

    private EvaluationPeers() {}

    /**
     * One run of one of the two: how long, and what came out.
     *
     * @param seconds metrics, curves and intervals
     * @param metricsOnly metrics and curves alone; the command does not tell it
     */
    private record Timed(double seconds, double metricsOnly, long peakBytes, String version, JsonNode metrics) {}

    /** Takes settings as {@code key=value}; ends with 1 when a metric differs, and with 2 on a wrong setting. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings.run(arguments, DEFAULTS, EvaluationPeers::run);
    }

    private static boolean run(Settings settings) throws IOException, InterruptedException {
        int resamples = settings.number("resamples");
        Table table = new Table("rows", "tool", "median (s)", "peak (MB)", "ratio", "metrics");
        boolean agree = true;
        for (int rows : settings.numbers("rows")) {
            Path data = GeneratedData.predictions(rows);
            List<Timed> mine = new ArrayList<>();
            List<Timed> theirs = new ArrayList<>();
            try (Workplace workplace = new Workplace(settings.text("memory"))) {
                for (int i = 0; i < settings.number("repetitions"); i++) {
                    mine.add(mlcicd(workplace, data));
                    theirs.add(scikitLearn(workplace, data, resamples));
                    System.out.printf(
                            Locale.ROOT,
                            "%d rows: ml-cicd %.2f s, scikit-learn %.2f s, %.2f s with intervals%n",
                            rows,
                            mine.get(i).seconds(),
                            theirs.get(i).metricsOnly(),
                            theirs.get(i).seconds());
                }
            }
            List<String> differences =
                    Differences.between(mine.get(0).metrics(), theirs.get(0).metrics());
            agree &= differences.isEmpty();
            double own = median(mine, Timed::seconds);
            String same = differences.isEmpty() ? "the same" : "differ: " + String.join(", ", differences);
            String peer = "scikit-learn " + theirs.get(0).version() + ": ";
            add(table, rows, "ml-cicd " + mine.get(0).version() + ", whole process", mine, Timed::seconds, own, same);
            add(table, rows, peer + "metrics alone", theirs, Timed::metricsOnly, own, same);
            add(table, rows, peer + resamples + " resamples", theirs, Timed::seconds, own, same);
        }
        System.out.printf("%n%s", table);
        return agree;
    }

    private static void add(
            Table table,
            int rows,
            String tool,
            List<Timed> runs,
            ToDoubleFunction<Timed> time,
            double own,
            String metrics) {
        table.add(
                Table.count(rows),
                tool,
                Table.seconds(median(runs, time)),
                Table.megabytes(runs.stream().mapToLong(Timed::peakBytes).max().orElse(0)),
                String.format(Locale.ROOT, "%.1f", median(runs, time) / own),
                metrics);
    }

    private static double median(List<Timed> runs, ToDoubleFunction<Timed> time) {
        return runs.stream().mapToDouble(time).sorted().toArray()[runs.size() / 2];
    }

    private static Timed mlcicd(Workplace workplace, Path data) throws IOException, InterruptedException {
        Path answer = workplace.answer();
        MeasuredProcess run = workplace.runToEnd(
                "mlcicd evaluate",
                List.of(
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
        JsonNode document = Json.read(answer);
        return new Timed(
                run.seconds(),
                run.seconds(),
                run.peakBytes(),
                document.at("/tool/version").asText(),
                document.get("metrics"));
    }

    private static Timed scikitLearn(Workplace workplace, Path data, int resamples)
            throws IOException, InterruptedException {
        Path answer = workplace.answer();
        List<String> command = new ArrayList<>(Settings.python(Settings.PYTHON));
        command.addAll(List.of(
                Settings.inCheckout("src/benchmarks/src/main/python/scikit_learn_peer.py")
                        .toString(),
                data.toString(),
                answer.toString(),
                Integer.toString(resamples)));
        MeasuredProcess run = workplace.runToEnd("scikit-learn", command);
        JsonNode document = Json.read(answer);
        return new Timed(
                document.get("withIntervals").asDouble(),
                document.get("seconds").asDouble(),
                run.peakBytes(),
                document.get("version").asText(),
                document.get("metrics"));
    }
}
