package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLineageTest {

    @TempDir
    private Path temp;

    @Test
    void whatIsNoImageIsRefused() throws IOException {
        Path text = Files.writeString(temp.resolve("text.tar"), "no tarball");

        for (Path file : new Path[] {text, temp.resolve("missing.tar")}) {
            assertThatThrownBy(() -> ImageLineage.read(file))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void aDamagedManifestIsNoticed() throws Exception {
        Project project = new Project(temp.resolve("project"));
        String manifest = project.pack().details().image().digest().value().replace(':', '/');
        Path tarball = project.output.orElseThrow();
        long offset;
        try (TarFile tar = new TarFile(tarball)) {
            offset = tar.getEntries().stream()
                    .filter(entry -> entry.getName().endsWith(manifest))
                    .mapToLong(TarArchiveEntry::getDataOffset)
                    .findFirst()
                    .orElseThrow();
        }
        try (FileChannel channel = FileChannel.open(tarball, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {' '}), offset + 1);
        }

        assertThatThrownBy(() -> ImageLineage.read(tarball))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void anImageOfAnotherMakerHasNoLineage() {
        assertThat(ImageLineage.of(Map.of("maintainer", "somebody"))).isEmpty();
    }

    @Test
    void aLabelThatIsNoLineageIsRefused() {
        assertThatThrownBy(() -> ImageLineage.of(Map.of(ImageLineage.LABEL, "{ not json")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(ImageLineage.LABEL);
    }
}
