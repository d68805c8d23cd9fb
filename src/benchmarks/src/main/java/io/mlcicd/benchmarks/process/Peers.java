package io.mlcicd.benchmarks.process;

import io.mlcicd.benchmarks.GeneratedData;
import io.mlcicd.benchmarks.process.Tool.Answer;
import io.mlcicd.benchmarks.process.Tool.Checks;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The same checks on the same file by ml-cicd, by itself and on Spark, pandera, Great Expectations and Deequ, each in a process of its own from
 * start to exit. Their verdicts are compared, for only then are the times.
 */
public final class Peers {

    private static final Map<String, String> DEFAULTS = Map.of(
            "rows", "1000000",
            "formats", "csv,parquet",
            "checks", "60",
            "repetitions", "3",
            "tools", "spark,deequ,pandera,great-expectations",
            "memory", "",
            "csvEngine", "c");

    /** So few rows that a run is nothing but start-up and end. */
    private static final int START_UP_ROWS = 100;

    private static final List<Integer> MACHINES = List.of(2, 4, 8, 16, 32);

    private final Settings settings;
    private final List<EqualCheck> checks;
    private final List<Tool> tools;
    private final Table table = new Table(
            "rows",
            "format",
            "checks",
            "tool",
            "wall (s)",
            "start-up (s)",
            "peak (MB)",
            "wall / ml-cicd",
            "failed checks",
            "verdicts");

    /** Seconds by format, tool and number of rows. */
    private final Map<String, Map<Tool, Map<Integer, Double>>> seconds = new LinkedHashMap<>();

    private Peers(Settings settings, List<Tool> tools) {
        this.settings = settings;
        this.checks = EqualChecks.some(settings.number("checks"));
        this.tools = tools;
    }

    /** Takes settings as {@code key=value}; ends with 1 when tools differ in a verdict, and with 2 on a wrong setting. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings.run(arguments, DEFAULTS, Peers::run);
    }

    private static boolean run(Settings settings) throws IOException, InterruptedException {
        Peers peers = new Peers(settings, present(settings));
        boolean agree = true;
        for (int rows : settings.numbers("rows")) {
            for (String format : settings.list("formats")) {
                agree &= peers.compare(rows, format);
            }
        }
        System.out.printf("%n%s", peers.table);
        peers.tools.stream().filter(MlcicdOnSpark.class::isInstance).findFirst().ifPresent(peers::printWhereItPays);
        return agree;
    }

    private static List<Tool> present(Settings settings) throws IOException, InterruptedException {
        String csvEngine = settings.text("csvEngine");
        Path scripts = Settings.inCheckout("src/benchmarks/src/main/python");
        Mlcicd mlcicd = new Mlcicd(Settings.inCheckout("mlcicd"));
        mlcicd.missing().ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        List<Tool> others = List.of(
                MlcicdOnSpark.found(mlcicd),
                RunnerTool.deequ(Settings.inCheckout("src/benchmarks/deequ/target/deequ-runner.jar")),
                RunnerTool.python(
                        "pandera",
                        Settings.python(Settings.PYTHON),
                        scripts.resolve("pandera_peer.py"),
                        "pandera",
                        Settings.PYTHON,
                        csvEngine),
                RunnerTool.python(
                        "Great Expectations",
                        Settings.python(Settings.GREAT_EXPECTATIONS),
                        scripts.resolve("great_expectations_peer.py"),
                        "great_expectations",
                        Settings.GREAT_EXPECTATIONS,
                        csvEngine));
        List<Tool> present = new ArrayList<>(List.of(mlcicd));
        for (Tool tool : others) {
            if (!settings.list("tools").contains(key(tool))) {
                continue;
            }
            tool.missing()
                    .ifPresentOrElse(
                            why -> System.out.printf("%s is left out: %s%n", tool.name(), why),
                            () -> present.add(tool));
        }
        return present;
    }

    private static String key(Tool tool) {
        return tool instanceof MlcicdOnSpark
                ? "spark"
                : tool.name().toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** Runs all tools in turn, as often as asked for, so that what disturbs the machine disturbs them all. */
    private boolean compare(int rows, String format) throws IOException, InterruptedException {
        Path few = GeneratedData.mixed(format, START_UP_ROWS);
        Path many = GeneratedData.mixed(format, rows);
        Map<Tool, Runs> startUps = new LinkedHashMap<>();
        Map<Tool, Runs> runs = new LinkedHashMap<>();
        Map<Tool, Answer> answers = new LinkedHashMap<>();
        List<Tool> broken = new ArrayList<>();
        try (Workplace workplace = new Workplace(settings.text("memory"))) {
            Checks files = new Checks(
                    workplace.file("checks.json", Json.write(checks)),
                    workplace.file("contract.yml", ContractText.of(checks)));
            for (int repetition = 0; repetition < settings.number("repetitions"); repetition++) {
                for (Tool tool : tools) {
                    if (broken.contains(tool)) {
                        continue;
                    }
                    Optional<Answer> start = run(workplace, tool, few, files, startUps);
                    Optional<Answer> answer = start.isEmpty() ? start : run(workplace, tool, many, files, runs);
                    answer.ifPresentOrElse(found -> answers.put(tool, found), () -> broken.add(tool));
                }
            }
        }
        answers.keySet().removeAll(broken);
        if (broken.contains(tools.get(0))) {
            return false; // there is nothing to compare with
        }
        boolean agree = broken.isEmpty();
        for (Map.Entry<Tool, Answer> each : answers.entrySet()) {
            Tool tool = each.getKey();
            List<String> differences = differences(answers.get(tools.get(0)), each.getValue());
            agree &= differences.isEmpty();
            Map<Integer, Double> points = seconds.computeIfAbsent(format, any -> new LinkedHashMap<>())
                    .computeIfAbsent(tool, any -> new TreeMap<>());
            points.put(START_UP_ROWS, startUps.get(tool).seconds());
            points.put(rows, runs.get(tool).seconds());
            table.add(
                    Table.count(rows),
                    format,
                    Integer.toString(checks.size()),
                    tool.name() + " " + each.getValue().version(),
                    Table.seconds(runs.get(tool).seconds()),
                    Table.seconds(startUps.get(tool).seconds()),
                    Table.megabytes(runs.get(tool).peakBytes()),
                    String.format(
                            Locale.ROOT,
                            "%.1f",
                            runs.get(tool).seconds() / runs.get(tools.get(0)).seconds()),
                    Long.toString(each.getValue().verdicts().values().stream()
                            .filter(kept -> !kept)
                            .count()),
                    differences.isEmpty() ? "the same" : "differ: " + String.join(", ", differences));
        }
        return agree;
    }

    /** What was measured on this machine, drawn out to several like it: the work is divided, the start-up is not. */
    private void printWhereItPays(Tool spark) {
        Table pays = new Table("format", "machines", "Spark is faster than ml-cicd on one from rows", "a file of (GB)");
        seconds.forEach((format, ofTools) -> {
            if (!ofTools.containsKey(spark) || !ofTools.containsKey(tools.get(0))) {
                return;
            }
            GrowthLine one = GrowthLine.through(ofTools.get(tools.get(0)));
            GrowthLine cluster = GrowthLine.through(ofTools.get(spark));
            int largest = settings.numbers("rows").stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElseThrow();
            double bytes =
                    (double) GeneratedData.mixed(format, largest).toFile().length() / largest;
            for (int machines : MACHINES) {
                OptionalDouble rows = cluster.pays(machines, one);
                pays.add(
                        format,
                        Integer.toString(machines),
                        rows.isPresent() ? Table.count(rows.getAsDouble()) : "never",
                        rows.isPresent() ? String.format(Locale.ROOT, "%.1f", rows.getAsDouble() * bytes / 1e9) : "");
            }
        });
        System.out.printf("%n%s", pays);
    }

    private Optional<Answer> run(Workplace workplace, Tool tool, Path data, Checks files, Map<Tool, Runs> into)
            throws IOException, InterruptedException {
        Path answer = workplace.answer();
        MeasuredProcess run = workplace.run(tool.command(data, files, answer));
        System.out.printf(
                Locale.ROOT,
                "%s: %s %.2f s, %s MB%n",
                data.getFileName(),
                tool.name(),
                run.seconds(),
                Table.megabytes(run.peakBytes()));
        if (!tool.finished(run.exitCode())) {
            System.out.printf("%s ended with %d:%n%s%n", tool.name(), run.exitCode(), workplace.lastLines());
            return Optional.empty();
        }
        into.computeIfAbsent(tool, key -> new Runs()).add(run);
        return Optional.of(tool.read(answer, checks));
    }

    private List<String> differences(Answer reference, Answer other) {
        return checks.stream()
                .map(EqualCheck::id)
                .filter(id -> !Optional.ofNullable(reference.verdicts().get(id))
                        .equals(Optional.ofNullable(other.verdicts().get(id))))
                .toList();
    }
}
