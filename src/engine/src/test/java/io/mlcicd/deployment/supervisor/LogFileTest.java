package io.mlcicd.deployment.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    Path folder;

    @Test
    void aLogThatIsTooLongStartsAnewUnderItsWriter() throws Exception {
        Path log = folder.resolve("service.log");
        byte[] much = new byte[(int) LogFile.MOST_BYTES + 1];
        try (OutputStream writer = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writer.write(much);

            LogFile.cap(log);
            writer.write("after".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThat(log).hasContent("after");
        assertThat(folder.resolve("service.log.1")).hasSize(much.length);
    }

    @Test
    void aLogThatIsShortEnoughStays() throws Exception {
        Path log = Files.writeString(folder.resolve("service.log"), "all there is");

        LogFile.cap(log);

        assertThat(log).hasContent("all there is");
        assertThat(folder.resolve("service.log.1")).doesNotExist();
    }
}
