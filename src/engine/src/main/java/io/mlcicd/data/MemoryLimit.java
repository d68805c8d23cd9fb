package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory this process may take for data: what the system property {@code mlcicd.memory} or the environment
 * variable {@code MLCICD_MEMORY} says, such as {@code 4GB}, else a quarter of the machine or of the container this process
 * is held in. Data beyond it wait in a temporary folder.
 *
 * @param bytes the limit
 */
record MemoryLimit(long bytes) {

    private static final String VARIABLE = "MLCICD_MEMORY";
    private static final String PROPERTY = "mlcicd.memory";
    private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMGT])I?B?");

    /** Less than this and an engine cannot even hold what its threads work on. */
    private static final long LEAST = 256L << 20;

    /** The heap and the libraries need this much beside the engine, whatever the data. */
    private static final long BESIDE = 640L << 20;

    /**
     * The limit of this process.
     *
     * @throws InvalidInputException when property or variable is no amount, or too small to work with
     */
    static MemoryLimit ofProcess() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .map(text -> parse(PROPERTY, text))
                .or(() -> Optional.ofNullable(System.getenv(VARIABLE)).map(text -> parse(VARIABLE, text)))
                .orElseGet(() -> new MemoryLimit(Math.max(LEAST, machine() / 4)));
    }

    static MemoryLimit parse(String name, String text) {
        Matcher amount = AMOUNT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!amount.matches()) {
            throw new InvalidInputException(
                    "%s: '%s' is not an amount of memory; write it such as 512MB or 4GB".formatted(name, text));
        }
        int shift = 10 * ("KMGT".indexOf(amount.group(2)) + 1);
        MemoryLimit limit = new MemoryLimit((long) (Double.parseDouble(amount.group(1)) * (1L << shift)));
        if (limit.bytes < LEAST) {
            throw new InvalidInputException(
                    "%s: %s is too little memory to work with; give at least 256MB".formatted(name, text));
        }
        return limit;
    }

    private static long machine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    /** What of it the engine may take for its tables and sorts. */
    long forEngine() {
        return Math.max(LEAST / 2, bytes - Math.min(BESIDE, bytes / 2));
    }
}
