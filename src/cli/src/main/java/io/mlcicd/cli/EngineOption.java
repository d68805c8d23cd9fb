package io.mlcicd.cli;

import io.mlcicd.data.ClusterSettings;
import io.mlcicd.data.EngineChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What computes on data. Together these options take the place of the key {@code engine}. */
final class EngineOption {

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            converter = ToKind.class,
            description =
                    "What computes on data: embedded (in this process), spark, or auto, which chooses by their size.")
    private EngineChoice.Kind kind;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's cluster, such as local[*], spark://host:7077 or yarn; implies --engine spark.")
    private String master;

    @Option(
            names = "--spark",
            paramLabel = "PATH",
            description =
                    "spark-submit, or the folder that Spark is installed in; SPARK_HOME or the PATH when left out.")
    private String submit;

    @Option(
            names = "--spark-conf",
            paramLabel = "KEY=VALUE",
            description = "A setting of Spark, such as spark.executor.memory=8g; may be repeated.")
    private Map<String, String> conf = new LinkedHashMap<>();

    private boolean given() {
        return kind != null || master != null || submit != null || !conf.isEmpty();
    }

    private EngineChoice.Kind kindOrSpark() {
        return kind == null ? EngineChoice.Kind.SPARK : kind;
    }

    /** Takes the place of the file's key, if anything was said. */
    void replace(Replacements replacements) {
        if (!given()) {
            return;
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("name", kindOrSpark().name().toLowerCase(Locale.ROOT));
        if (submit != null) {
            keys.put("submit", submit);
        }
        if (master != null) {
            keys.put("master", master);
        }
        if (!conf.isEmpty()) {
            keys.put("conf", conf);
        }
        replacements.set("/engine", keys, kind != null ? "--engine" : "--master");
    }

    /** For what needs no project. */
    EngineChoice choice() {
        return given()
                ? new EngineChoice(
                        kindOrSpark(),
                        new ClusterSettings(Optional.ofNullable(submit), Optional.ofNullable(master), conf, List.of()),
                        EngineChoice.DEFAULT_ABOVE)
                : EngineChoice.EMBEDDED;
    }

    /** An engine by its name. */
    static final class ToKind implements ITypeConverter<EngineChoice.Kind> {
        @Override
        public EngineChoice.Kind convert(String text) {
            return switch (text) {
                case "embedded" -> EngineChoice.Kind.EMBEDDED;
                case "spark" -> EngineChoice.Kind.SPARK;
                case "auto" -> EngineChoice.Kind.AUTO;
                default -> throw new TypeConversionException("'" + text + "' is none of embedded, spark, auto");
            };
        }
    }
}
