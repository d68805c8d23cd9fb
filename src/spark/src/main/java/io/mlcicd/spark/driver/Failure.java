package io.mlcicd.spark.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What went wrong, in one line. */
record Failure(Wire.Fault fault, String message) {

    private static final Pattern CODE = Pattern.compile("^\\[[A-Z0-9_.]+\\]\\s*");

    private static final int LONGEST = 600;

    static Failure of(Throwable thrown) {
        List<Throwable> causes = Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .toList();
        if (causes.stream().anyMatch(cause -> named(cause, "AnalysisException", "ParseException"))) {
            return new Failure(Wire.Fault.QUERY, line(causes, "AnalysisException", "ParseException"));
        }
        boolean data = causes.stream()
                .anyMatch(cause -> named(
                                cause,
                                "SparkArithmeticException",
                                "SparkNumberFormatException",
                                "SparkDateTimeException",
                                "SparkRuntimeException",
                                "SparkUpgradeException",
                                "BadRecordException",
                                "FileNotFoundException",
                                "SparkFileNotFoundException",
                                "MalformedInputException",
                                "UnknownFormatException")
                        || cause.getClass().getName().startsWith("org.apache.parquet")
                        || cause.getClass().getName().startsWith("org.apache.orc"));
        return new Failure(data ? Wire.Fault.DATA : Wire.Fault.CLUSTER, line(causes));
    }

    private static boolean named(Throwable cause, String... names) {
        String name = cause.getClass().getSimpleName();
        for (String each : names) {
            if (name.equals(each)) {
                return true;
            }
        }
        return false;
    }

    /** The message of the innermost of these causes, or of any, without Spark's code and its hints. */
    private static String line(List<Throwable> causes, String... names) {
        List<Throwable> wanted = new ArrayList<>(causes);
        if (names.length > 0) {
            wanted.removeIf(cause -> !named(cause, names));
        }
        String message = wanted.stream()
                .filter(cause -> cause.getMessage() != null)
                .reduce((outer, inner) -> inner)
                .map(Throwable::getMessage)
                .orElseGet(() -> causes.get(0).getClass().getSimpleName());
        String line = CODE.matcher(message.lines().findFirst().orElse(message)).replaceFirst("");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
