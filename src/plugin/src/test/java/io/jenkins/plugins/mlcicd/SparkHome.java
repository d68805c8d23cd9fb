package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder as Spark is installed in: its jars, which Maven has fetched, and a {@code spark-submit} that starts Spark's own
 * program of that name with the options that Spark's own script gives a Java virtual machine.
 */
final class SparkHome {

    /** What Spark opens of Java for itself; see {@code JavaModuleOptions} in its launcher. */
    static final List<String> OPENED = Stream.of(
                    "java.base/java.lang",
                    "java.base/java.lang.invoke",
                    "java.base/java.lang.reflect",
                    "java.base/java.io",
                    "java.base/java.net",
                    "java.base/java.nio",
                    "java.base/java.util",
                    "java.base/java.util.concurrent",
                    "java.base/java.util.concurrent.atomic",
                    "java.base/jdk.internal.ref",
                    "java.base/sun.nio.ch",
                    "java.base/sun.nio.cs",
                    "java.base/sun.security.action",
                    "java.base/sun.util.calendar")
            .map(module -> "--add-opens=" + module + "=ALL-UNNAMED")
            .toList();

    private static Path known;

    private SparkHome() {}

    /** The folder, made once; the test is left out where Maven has fetched no Spark. */
    static synchronized Path folder() {
        if (known == null) {
            Path classPath =
                    Path.of(System.getProperty("mlcicd.spark.classpath", "../spark/cluster/target/spark.classpath"));
            assumeTrue(
                    Files.exists(classPath),
                    "no Spark to test with: build src/spark/cluster before src/spark, as 'mvn verify' does");
            try {
                known = made(classPath);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return known;
    }

    private static Path made(Path classPath) throws IOException {
        Path home = Files.createTempDirectory("spark-home");
        home.toFile().deleteOnExit();
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("jars"));
        for (String jar : Files.readString(classPath).strip().split(File.pathSeparator, -1)) {
            Path file = Path.of(jar);
            Files.createSymbolicLink(home.resolve("jars").resolve(file.getFileName()), file);
        }
        // By this file Spark knows that it was installed, and not built there.
        Files.writeString(home.resolve("RELEASE"), "Spark\n");
        Path submit = home.resolve("bin").resolve("spark-submit");
        Files.writeString(submit, """
                #!/bin/sh
                # A machine's name need not lead anywhere.
                export SPARK_LOCAL_IP=127.0.0.1
                home=$(cd "$(dirname "$0")/.." && pwd)
                exec '%s' -cp "$home/conf:$home/jars/*" -Xmx1g -XX:+UseSerialGC --add-modules=jdk.incubator.vector %s org.apache.spark.deploy.SparkSubmit "$@"
                """.formatted(java(), String.join(" ", OPENED)));
        assertThat(submit.toFile().setExecutable(true)).isTrue();
        return home;
    }

    /** The Java that runs this test. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
