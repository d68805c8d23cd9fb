package io.mlcicd.deployment.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.deployment.supervisor.SupervisorMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SupervisorProgramTest {

    @Test
    void theSupervisorsJarHoldsAllItsClasses() throws Exception {
        Path classes = Path.of(
                        SupervisorMain.class.getResource("SupervisorMain.class").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(classes)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".class", ""))
                            .filter(name -> !name.equals("package-info")))
                    .containsExactlyInAnyOrderElementsOf(SupervisorProgram.CLASSES);
        }
    }
}
