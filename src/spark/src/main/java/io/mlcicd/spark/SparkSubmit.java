package io.mlcicd.spark;

import io.mlcicd.data.ClusterSettings;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds {@code spark-submit} and writes its command. */
final class SparkSubmit {

    /** The first version that runs on Java 17 and reads what the engine writes. */
    private static final int[] LEAST = {3, 5};

    private static final Pattern VERSION =
            Pattern.compile("(?:version |spark-core_[0-9.]+-)(\\d+)\\.(\\d+)(\\S*?)(?:\\.jar)?(?=\\s|$)");
    private static final int SECONDS_FOR_VERSION = 60;

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private final Path program;
    private final String version;

    private SparkSubmit(Path program, String version) {
        this.program = program;
        this.version = version;
    }

    String version() {
        return version;
    }

    /**
     * Finds it: where the settings say, in {@code SPARK_HOME}, on the path.
     *
     * @throws InvalidInputException when there is none, or it is too old
     */
    static SparkSubmit find(ClusterSettings settings) throws InterruptedException {
        Map<String, String> environment = environment(settings);
        return checked(program(settings, environment), environment);
    }

    /** That of this process, with what the settings say. */
    static Map<String, String> environment(ClusterSettings settings) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(settings.environment());
        return environment;
    }

    /** Whether there is one, of whatever version. */
    static boolean exists(ClusterSettings settings) {
        try {
            program(settings, environment(settings));
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private static Path program(ClusterSettings settings, Map<String, String> environment) {
        String name = WINDOWS ? "spark-submit.cmd" : "spark-submit";
        if (settings.submit().isPresent()) {
            Path named = Path.of(settings.submit().get()).toAbsolutePath();
            Path program = Files.isDirectory(named) ? named.resolve("bin").resolve(name) : named;
            if (!Files.isExecutable(program)) {
                throw new InvalidInputException(
                        "engine.submit: %s is no program that can be run; name spark-submit, or Spark's own folder"
                                .formatted(named));
            }
            return program;
        }
        Optional<Path> home = Optional.ofNullable(environment.get("SPARK_HOME"))
                .filter(value -> !value.isBlank())
                .map(value -> Path.of(value).resolve("bin").resolve(name));
        Stream<Path> onPath = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).resolve(name));
        return Stream.concat(home.stream(), onPath)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInputException(
                                "engine: spark needs spark-submit, which is neither in SPARK_HOME (%s) nor on the PATH; install"
                                                .formatted(environment.getOrDefault("SPARK_HOME", "not set"))
                                        + " Spark 3.5 or newer on this machine, or name it (engine: {submit: /path/to/spark-submit})"));
    }

    private static SparkSubmit checked(Path program, Map<String, String> environment) throws InterruptedException {
        String told = jarName(program, environment).orElse("");
        if (told.isEmpty()) {
            told = versionText(program, environment);
        }
        Matcher matcher = VERSION.matcher(told);
        if (!matcher.find()) {
            throw new OutsideSystemException("%s --version does not tell a version; it says: %s"
                    .formatted(program, told.strip().lines().findFirst().orElse("nothing")));
        }
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        String version = major + "." + minor + matcher.group(3);
        if (major < LEAST[0] || (major == LEAST[0] && minor < LEAST[1])) {
            throw new InvalidInputException("%s is Spark %s, which is too old; install %d.%d or newer"
                    .formatted(program, version, LEAST[0], LEAST[1]));
        }
        return new SparkSubmit(program, version);
    }

    /** The name of Spark's own library, which has its version; to ask {@code spark-submit} starts a virtual machine. */
    private static Optional<String> jarName(Path program, Map<String, String> environment) {
        try {
            String home = environment.getOrDefault("SPARK_HOME", "");
            Path folder = home.isBlank() ? program.toRealPath().getParent().getParent() : Path.of(home);
            if (folder == null || !Files.isDirectory(folder.resolve("jars"))) {
                return Optional.empty();
            }
            try (Stream<Path> jars = Files.list(folder.resolve("jars"))) {
                return jars.map(jar -> jar.getFileName().toString())
                        .filter(jar -> VERSION.matcher(jar).matches())
                        .findFirst();
            }
        } catch (IOException e) {
            // Whoever may not look there may still start it.
            return Optional.empty();
        }
    }

    private static String versionText(Path program, Map<String, String> environment) throws InterruptedException {
        try {
            Path told = Files.createTempFile("mlcicd-spark-version", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(program.toString(), "--version")
                        .redirectErrorStream(true)
                        .redirectOutput(told.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                try {
                    if (!process.waitFor(SECONDS_FOR_VERSION, TimeUnit.SECONDS)) {
                        throw new OutsideSystemException(program + " --version does not end");
                    }
                } finally {
                    process.destroyForcibly();
                }
                return Files.readString(told, StandardCharsets.UTF_8);
            } finally {
                Files.delete(told);
            }
        } catch (IOException e) {
            throw new OutsideSystemException("cannot run " + program + ": " + e.getMessage(), e);
        }
    }

    /**
     * The command that starts the driver.
     *
     * @throws InvalidInputException when the driver is to run on another machine, which this end could not talk to
     */
    List<String> command(ClusterSettings settings, Path jar, Path socket) {
        refuseClusterMode(settings.options());
        Map<String, String> conf = new TreeMap<>();
        conf.put("spark.app.name", "ml-cicd");
        conf.put("spark.ui.showConsoleProgress", "false");
        conf.putAll(settings.conf());
        // What the SQL relies on is not for anybody to change.
        conf.put("spark.sql.ansi.enabled", "true");
        conf.put("spark.sql.session.timeZone", "UTC");
        conf.put("spark.sql.datetime.java8API.enabled", "true");
        conf.put("spark.sql.caseSensitive", "true");
        // A text with ${...} in it is a text.
        conf.put("spark.sql.variable.substitute", "false");
        conf.put("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        settings.master().ifPresent(master -> command.addAll(List.of("--master", master)));
        conf.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
        command.addAll(settings.options());
        command.addAll(List.of("--class", DriverJar.MAIN_CLASS, jar.toString(), socket.toString()));
        return command;
    }

    private static void refuseClusterMode(List<String> options) {
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            boolean next = option.equals("--deploy-mode")
                    && i + 1 < options.size()
                    && options.get(i + 1).equals("cluster");
            if (next || option.equals("--deploy-mode=cluster")) {
                throw new InvalidInputException(
                        "engine.options: the deploy mode 'cluster' puts Spark's driver on another machine; leave it out, so that"
                                + " the driver runs here and the work on the cluster");
            }
        }
    }
}
