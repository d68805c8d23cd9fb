package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver's program has all its classes; the list of them is written by hand. */
class DriverJarTest {

    @TempDir
    private Path folder;

    @Test
    void everyClassOfTheDriverIsListed() throws Exception {
        Path main = Path.of(DriverJarTest.class
                .getClassLoader()
                .getResource("io/mlcicd/spark/driver/Main.class")
                .toURI());
        try (Stream<Path> compiled = Files.list(main.getParent())) {
            List<String> names = compiled.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("package-info"))
                    .sorted()
                    .toList();
            assertThat(DriverJar.classes()).containsExactlyElementsOf(names);
        }
    }

    @Test
    void theJarHoldsThem() throws IOException {
        Path jar = folder.resolve("driver.jar");
        DriverJar.write(jar);
        try (JarFile written = new JarFile(jar.toFile())) {
            assertThat(written.stream().map(entry -> entry.getName()))
                    .contains("io/mlcicd/spark/driver/Main.class")
                    .hasSameSizeAs(DriverJar.classes());
        }
    }
}
