package io.mlcicd.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of a run, given as {@code key=value}; where data are and what runs them, as system properties. */
final class Settings {

    /** Python with pandera and pandas. */
    static final String PYTHON = "benchmarks.python";

    /** Python with Great Expectations and pandas. */
    static final String GREAT_EXPECTATIONS = "benchmarks.great-expectations";

    /** The folder that Spark is installed in. */
    static final String SPARK = "benchmarks.spark";

    private static final String HOME = "benchmarks.home";

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the arguments over these defaults.
     *
     * @throws IllegalArgumentException when an argument is not of the form, or its key is not among the defaults
     */
    static Settings of(String[] arguments, Map<String, String> defaults) {
        Map<String, String> values = new HashMap<>(defaults);
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0 || !defaults.containsKey(argument.substring(0, equals))) {
                throw new IllegalArgumentException(
                        "'%s' is no setting; there are %s".formatted(argument, new TreeMap<>(defaults)));
            }
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new Settings(values);
    }

    /** A comparison that goes by settings. */
    interface Measuring {
        /** Measures; whether all came to the same results. */
        boolean by(Settings settings) throws IOException, InterruptedException;
    }

    /** Ends this process: with 0, with 1 when results differ, and with 2 and a sentence on a wrong setting. */
    static void run(String[] arguments, Map<String, String> defaults, Measuring measuring)
            throws IOException, InterruptedException {
        try {
            System.exit(measuring.by(of(arguments, defaults)) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    String text(String key) {
        return values.get(key);
    }

    List<String> list(String key) {
        return Arrays.stream(text(key).split(","))
                .filter(each -> !each.isBlank())
                .toList();
    }

    /** @throws IllegalArgumentException when the setting is no whole number */
    int number(String key) {
        return number(key, text(key));
    }

    List<Integer> numbers(String key) {
        return list(key).stream().map(each -> number(key, each)).toList();
    }

    private static int number(String key, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s: '%s' is no whole number".formatted(key, text), e);
        }
    }

    /** The interpreter that a system property names, with what comes before its arguments. */
    static List<String> python(String property) {
        String command = System.getProperty(property, "");
        return List.of((command.isBlank() ? "python3" : command.strip()).split("\\s+"));
    }

    /** A path in this project's checkout. */
    static Path inCheckout(String path) {
        return Path.of(System.getProperty(HOME, "."))
                .resolve(path)
                .toAbsolutePath()
                .normalize();
    }
}
