package io.mlcicd.data;

import io.mlcicd.operation.Computed;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** Engines as somebody chose them, or as the size of the data does. For use by one thread at a time. */
public final class ChosenEngines implements DataEngines {

    private static final String SPARK = "spark";

    private final EngineChoice choice;
    private Optional<Computed> computed = Optional.empty();

    /** Engines of that choice. */
    public ChosenEngines(EngineChoice choice) {
        this.choice = choice;
    }

    /** Which engine was started last, and why; empty for the usual one that nobody had to choose. */
    public Optional<Computed> computed() {
        return computed;
    }

    private record Decision(boolean cluster, String why) {}

    @Override
    public DataEngine open(Collection<? extends DataSource> sources, Progress progress) throws InterruptedException {
        computed = Optional.empty();
        if (choice.kind() == EngineChoice.Kind.EMBEDDED) {
            return DataEngine.embedded(sources);
        }
        Decision decision = decide(sources);
        DataEngine engine =
                decision.cluster() ? spark().open(choice.cluster(), sources, progress) : DataEngine.embedded(sources);
        computed = Optional.of(new Computed(engine.version(), engine.where(), decision.why()));
        progress.line("computing with %s in %s: %s".formatted(engine.version(), engine.where(), decision.why()));
        return engine;
    }

    private Decision decide(Collection<? extends DataSource> sources) {
        if (choice.kind() == EngineChoice.Kind.SPARK) {
            return new Decision(true, "engine: spark");
        }
        Optional<? extends DataSource> there =
                sources.stream().filter(ClusterSource.class::isInstance).findFirst();
        if (there.isPresent()) {
            return new Decision(true, there.get().shown() + " is reached by Spark alone");
        }
        long bytes = size(sources);
        String compared =
                "the files have %s, and Spark is for more than %s".formatted(shown(bytes), shown(choice.above()));
        if (bytes <= choice.above()) {
            return new Decision(false, compared);
        }
        return spark().isThere(choice.cluster())
                ? new Decision(true, compared)
                : new Decision(false, compared + "; but there is no spark-submit on this machine");
    }

    private static long size(Collection<? extends DataSource> sources) {
        long bytes = 0;
        for (DataSource source : sources) {
            if (source instanceof FileSource file) {
                for (Path path : file.files().values()) {
                    try {
                        bytes += Files.size(path);
                    } catch (IOException e) {
                        throw new InvalidInputException("cannot look at " + path + ": " + e.getMessage(), e);
                    }
                }
            }
        }
        return bytes;
    }

    /** A size for people, in powers of 1024 as {@code MLCICD_MEMORY} has them. */
    static String shown(long bytes) {
        int unit = bytes < 1024 ? 0 : (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double number = bytes / (double) (1L << (10 * unit));
        String digits = number == Math.rint(number) || unit == 0
                ? String.valueOf((long) number)
                : String.format(Locale.ROOT, "%.1f", number);
        return digits + " " + (unit == 0 ? "bytes" : "KMGTPE".charAt(unit - 1) + "B");
    }

    /** The engine comes with its own jar, which both the command and the plugin have. */
    private static ClusterEngine spark() {
        return ServiceLoader.load(ClusterEngine.class, ClusterEngine.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(engine -> engine.name().equals(SPARK))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "engine: spark needs ml-cicd's jar for Spark (ml-cicd-spark) beside the engine's"));
    }
}
