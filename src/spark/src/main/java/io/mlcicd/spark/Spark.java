package io.mlcicd.spark;

import io.mlcicd.data.ClusterEngine;
import io.mlcicd.data.ClusterSettings;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.spark.DriverProcess.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Starts Spark as a data engine: the service behind {@code engine: spark}. */
public final class Spark implements ClusterEngine {

    /** Below this size quantiles are exact: a worker holds the different values of a column in memory. */
    private static final long SMALL = 64L << 20;

    /** What a command line must not show. */
    private static final Pattern SECRET = Pattern.compile("(?i)secret|password|token|access[.-]?key|credential");

    @Override
    public String name() {
        return "spark";
    }

    @Override
    public boolean isThere(ClusterSettings settings) {
        return SparkSubmit.exists(settings);
    }

    @Override
    public DataEngine open(ClusterSettings settings, Collection<? extends DataSource> sources, Progress progress)
            throws InterruptedException {
        SparkSubmit submit = SparkSubmit.find(settings);
        Map<String, String> shown = new TreeMap<>(settings.conf());
        Map<String, String> hidden = new TreeMap<>();
        settings.conf().forEach((key, value) -> {
            if (SECRET.matcher(key).find()) {
                hidden.put(key, value);
                shown.remove(key);
            }
        });
        ClusterSettings told = new ClusterSettings(
                settings.submit(), settings.master(), shown, settings.options(), settings.environment());
        Started started = DriverProcess.start(submit, told, progress);
        DriverConnection connection = new DriverConnection(started.process(), started.channel(), progress);
        try {
            List<String> hello = connection.greet(hidden);
            progress.line("Spark %s runs application %s at %s".formatted(hello.get(0), hello.get(1), hello.get(2)));
            return new SparkEngine(
                    connection, hello.get(0), hello.get(2), new SparkDialect(hello.get(0), small(sources)));
        } catch (RuntimeException | InterruptedException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean small(Collection<? extends DataSource> sources) {
        long bytes = 0;
        for (DataSource source : sources) {
            if (!(source instanceof FileSource file)) {
                return false;
            }
            for (Path path : file.files().values()) {
                try {
                    bytes += Files.size(path);
                } catch (IOException e) {
                    throw new OutsideSystemException("cannot look at " + path + ": " + e.getMessage(), e);
                }
            }
        }
        return bytes < SMALL;
    }
}
