package io.mlcicd.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tarballs written entry by entry, as image-layout.md of the OCI image specification says, and otherwise. */
class ImageArchiveTest {

    private static final byte[] LAYER = "a layer".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path temp;

    private record Entry(String name, String link, List<Byte> content) {}

    private final List<Entry> entries = new ArrayList<>();

    private Digest blob(byte[] content) {
        Digest digest = Digests.of(content);
        file("blobs/" + digest.value().replace(':', '/'), content);
        return digest;
    }

    private void file(String name, byte[] content) {
        List<Byte> bytes = new ArrayList<>();
        for (byte one : content) {
            bytes.add(one);
        }
        entries.add(new Entry(name, "", bytes));
    }

    /** An image of one layer. */
    private Digest image() {
        Digest layer = blob(LAYER);
        Digest config = blob("{}".getBytes(StandardCharsets.UTF_8));
        byte[] manifest = """
                {"schemaVersion":2,"config":{"mediaType":"c","digest":"%s","size":2},
                 "layers":[{"mediaType":"l","digest":"%s","size":7}]}
                """.formatted(config, layer).getBytes(StandardCharsets.UTF_8);
        Digest top = blob(manifest);
        file("index.json", """
                {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s",
                 "size":%d,"annotations":{"org.opencontainers.image.ref.name":"weather:1"}}]}
                """.formatted(top, manifest.length).getBytes(StandardCharsets.UTF_8));
        return top;
    }

    private ImageArchive open() throws IOException {
        Path file = temp.resolve("image.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            for (Entry entry : entries) {
                byte[] content = new byte[entry.content().size()];
                for (int i = 0; i < content.length; i++) {
                    content[i] = entry.content().get(i);
                }
                TarArchiveEntry header = entry.link().isEmpty()
                        ? new TarArchiveEntry(entry.name())
                        : new TarArchiveEntry(entry.name(), TarConstants.LF_SYMLINK);
                header.setLinkName(entry.link());
                header.setSize(content.length);
                tar.putArchiveEntry(header);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return ImageArchive.open(file);
    }

    @Test
    void aLayoutTellsItsImageAndIsWhole() throws Exception {
        Digest top = image();

        try (ImageArchive archive = open()) {
            assertThat(archive.verified()).isEqualTo(top);
            assertThat(archive.name()).isEqualTo("weather:1");
            Descriptor layer =
                    Descriptor.of(archive.document(archive.top()).path("layers").path(0));
            assertThat(layer.size()).isEqualTo(LAYER.length);
            assertThat(archive.content(layer.path())).hasBinaryContent(LAYER);
        }
    }

    @Test
    void whatIsAddedTwiceLackingOrChangedIsRefused() throws Exception {
        image();
        blob("nobody names this".getBytes(StandardCharsets.UTF_8));
        try (ImageArchive archive = open()) {
            assertThatThrownBy(archive::verified).hasMessage("it does not hold what its image names, and nothing else");
        }
        entries.set(0, new Entry(entries.get(0).name(), "", entries.get(1).content()));
        try (ImageArchive archive = open()) {
            assertThatThrownBy(archive::verified).hasMessageEndingWith(" in it has been changed");
        }
        entries.add(entries.get(0));
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageEndingWith(" twice");
        entries.clear();
        file("index.json", "{\"manifests\":[]}".getBytes(StandardCharsets.UTF_8));
        try (ImageArchive archive = open()) {
            assertThatThrownBy(archive::top).hasMessage("it is not the tarball of one OCI image");
            assertThatThrownBy(() -> archive.json("manifest.json")).hasMessage("it has no manifest.json");
        }
    }

    /** As Docker wrote a layer that an image has twice before version 25. */
    @Test
    void aLinkStandsForWhatItLeadsToWithinTheTarball() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(LAYER);
        }
        file("one/layer.tar", packed.toByteArray());
        entries.add(new Entry("two/layer.tar", "../one/layer.tar", List.of()));
        entries.add(new Entry("three/layer.tar", "../../../etc/passwd", List.of()));
        entries.add(new Entry("four/layer.tar", "layer.tar", List.of()));

        try (ImageArchive archive = open()) {
            assertThat(archive.plain("two/layer.tar")).hasBinaryContent(LAYER);
            for (String path : List.of("three/layer.tar", "four/layer.tar")) {
                assertThatThrownBy(() -> archive.content(path)).hasMessage(path + " in it leads nowhere");
            }
        }
    }
}
