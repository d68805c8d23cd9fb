package io.mlcicd.benchmarks;

import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks and prints each as a ratio against its peer. */
public final class Benchmarks {

    private static final String ROW = "| %-18s | %-28s | %12s | %10s | %5s |%n";

    private Benchmarks() {}

    /** Takes JMH's own options, such as {@code -p rows=100000} or a pattern that names some of the benchmarks. */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        List<Comparison> comparisons = run(new CommandLineOptions(arguments));
        System.out.printf(ROW, "benchmark", "parameters", "engine (ms)", "peer (ms)", "ratio");
        System.out.printf(ROW, "---", "---", "---", "---", "---");
        for (Comparison each : comparisons) {
            System.out.printf(
                    ROW,
                    each.name(),
                    each.parameters(),
                    millis(each.engineMillis()),
                    millis(each.peerMillis()),
                    number("%.2f", each.ratio()));
        }
    }

    static List<Comparison> run(Options options) throws RunnerException {
        return Comparison.of(new Runner(new OptionsBuilder()
                        .parent(options)
                        .shouldFailOnError(true)
                        .build())
                .run());
    }

    private static String millis(double value) {
        return number(value < 10 ? "%.2f" : "%,.0f", value);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
