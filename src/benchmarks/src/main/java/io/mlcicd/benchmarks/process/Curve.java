package io.mlcicd.benchmarks.process;

import io.mlcicd.benchmarks.GeneratedData;
import io.mlcicd.benchmarks.MixedContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Time and memory of a profile and a validation by the number of rows, against DuckDB's {@code SUMMARIZE}. */
public final class Curve {

    private static final Map<String, String> DEFAULTS = Map.of(
            "rows", "1000000,3000000,10000000,30000000,100000000",
            "formats", "csv,parquet",
            "repetitions", "1",
            "memory", "");

    private static final String SUMMARIZE = "SUMMARIZE";

    private static final int COMMANDS = 3;

    /** So few rows that a run is nothing but start-up and end. */
    private static final int START_UP_ROWS = 100;

    private final Settings settings;
    private final Mlcicd mlcicd = new Mlcicd(Settings.inCheckout("mlcicd"));
    private final Table table = new Table(
            "format", "rows", "what", "wall (s)", "rows / s", "s / million rows", "peak (MB)", "wall / SUMMARIZE");
    private final Table growth =
            new Table("format", "what", "start-up (s)", "the rest grows with the rows to the power of");

    private Curve(Settings settings) {
        this.settings = settings;
    }

    /** Takes settings as {@code key=value}; ends with 1 when a command fails, and with 2 on a wrong setting. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings.run(arguments, DEFAULTS, settings -> new Curve(settings).measure());
    }

    private boolean measure() throws IOException, InterruptedException {
        mlcicd.missing().ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        boolean complete = true;
        for (String format : settings.list("formats")) {
            complete &= measure(format);
        }
        System.out.printf("%n%s", table);
        if (settings.numbers("rows").size() > 1) {
            System.out.printf("%n%s", growth);
        }
        return complete;
    }

    private boolean measure(String format) throws IOException, InterruptedException {
        boolean complete = true;
        Map<String, Map<Integer, Double>> curves = new LinkedHashMap<>();
        try (Workplace workplace = new Workplace(settings.text("memory"))) {
            Path contract = workplace.file("contract.yml", MixedContract.text());
            Map<String, Runs> startUps = run(workplace, contract, GeneratedData.mixed(format, START_UP_ROWS));
            for (int rows : settings.numbers("rows")) {
                Map<String, Runs> runs = run(workplace, contract, GeneratedData.mixed(format, rows));
                complete &= runs.size() == COMMANDS;
                runs.forEach((what, of) -> {
                    row(format, rows, what, of, Optional.ofNullable(runs.get(SUMMARIZE)));
                    if (startUps.containsKey(what)) {
                        curves.computeIfAbsent(what, key -> new LinkedHashMap<>())
                                .put(rows, of.seconds() - startUps.get(what).seconds());
                    }
                });
            }
            curves.forEach((what, curve) -> growth.add(
                    format,
                    what,
                    Table.seconds(startUps.get(what).seconds()),
                    String.format(Locale.ROOT, "%.2f", exponent(curve))));
        }
        return complete;
    }

    /** Runs the commands in turn, as often as asked for; a command that fails is told and left out. */
    private Map<String, Runs> run(Workplace workplace, Path contract, Path data)
            throws IOException, InterruptedException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put(SUMMARIZE, summarize(data));
        commands.put("profile", mlcicd.profile(data, workplace.answer()));
        commands.put("validate", mlcicd.validate(data, contract, workplace.answer()));
        Map<String, Runs> runs = new LinkedHashMap<>();
        for (int repetition = 0; repetition < settings.number("repetitions"); repetition++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                MeasuredProcess run = workplace.run(command.getValue());
                System.out.printf(
                        Locale.ROOT,
                        "%s: %s %.2f s, %s MB%n",
                        data.getFileName(),
                        command.getKey(),
                        run.seconds(),
                        Table.megabytes(run.peakBytes()));
                if (finished(command.getKey(), run.exitCode())) {
                    runs.computeIfAbsent(command.getKey(), key -> new Runs()).add(run);
                } else {
                    System.out.printf(
                            "%s ended with %d:%n%s%n", command.getKey(), run.exitCode(), workplace.lastLines());
                }
            }
        }
        return runs;
    }

    private boolean finished(String what, int exitCode) {
        return what.equals(SUMMARIZE) ? exitCode == 0 : mlcicd.finished(exitCode);
    }

    /** With the options that the launcher gives Java, too, so that both pay the same for their start. */
    private static List<String> summarize(Path data) {
        return List.of(
                "java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Summarize.class.getName(),
                data.toString());
    }

    private void row(String format, int rows, String what, Runs runs, Optional<Runs> summarize) {
        double seconds = runs.seconds();
        table.add(
                format,
                Table.count(rows),
                what,
                Table.seconds(seconds),
                Table.count(rows / seconds),
                String.format(Locale.ROOT, "%.3f", seconds / rows * 1e6),
                Table.megabytes(runs.peakBytes()),
                summarize
                        .map(peer -> String.format(Locale.ROOT, "%.2f", seconds / peer.seconds()))
                        .orElse("unknown"));
    }

    /** Slope of the line of least squares through the logarithms of rows and seconds; 1 is linear growth. */
    static double exponent(Map<Integer, Double> curve) {
        double meanX = curve.keySet().stream().mapToDouble(Math::log).average().orElse(0);
        double meanY = curve.values().stream().mapToDouble(Math::log).average().orElse(0);
        double covariance = 0;
        double variance = 0;
        for (Map.Entry<Integer, Double> point : curve.entrySet()) {
            double x = Math.log(point.getKey()) - meanX;
            covariance += x * (Math.log(point.getValue()) - meanY);
            variance += x * x;
        }
        return covariance / variance;
    }
}
