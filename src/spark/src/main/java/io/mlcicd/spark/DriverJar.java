package io.mlcicd.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The program for {@code spark-submit} as a file. It is written from the classes that this process was itself loaded from,
 * so it is there on any agent and of the same version, however the agent came by them.
 */
final class DriverJar {

    static final String MAIN_CLASS = "io.mlcicd.spark.driver.Main";

    private static final String LIST = "driver.classes";

    private DriverJar() {}

    static void write(Path file) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (String name : classes()) {
                jar.putNextEntry(new JarEntry("io/mlcicd/spark/driver/" + name));
                try (InputStream content = DriverJar.class.getResourceAsStream("driver/" + name)) {
                    if (content == null) {
                        throw new IOException("the class " + name + " of the Spark driver is missing from ml-cicd");
                    }
                    content.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
    }

    /** The files of the driver's classes. */
    static List<String> classes() {
        try (InputStream list = DriverJar.class.getResourceAsStream(LIST);
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
