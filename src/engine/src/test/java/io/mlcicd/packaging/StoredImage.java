package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads an image's tarball from its beginning to its end, as a program that loads it would: not as we wrote it. */
record StoredImage(Map<String, byte[]> entries) {

    static StoredImage read(Path tarball) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(tarball))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(entry.isCheckSumOK()).as(entry.getName()).isTrue();
                assertThat(entry.getUserName()).isEmpty();
                entries.put(entry.getName(), tar.readAllBytes());
            }
        }
        return new StoredImage(entries);
    }

    byte[] blob(Digest digest) {
        byte[] content = entries.get("blobs/" + digest.value().replace(':', '/'));
        assertThat(Digests.of(content)).isEqualTo(digest);
        return content;
    }

    Digest manifestDigest() throws IOException {
        return digest(json("index.json").at("/manifests/0"));
    }

    JsonNode manifest() throws IOException {
        return Json.mapper().readTree(blob(manifestDigest()));
    }

    JsonNode config() throws IOException {
        return Json.mapper().readTree(blob(digest(manifest().path("config"))));
    }

    long storedBytes() throws IOException {
        long bytes = blob(manifestDigest()).length;
        bytes += blob(digest(manifest().path("config"))).length;
        for (JsonNode layer : manifest().path("layers")) {
            bytes += blob(digest(layer)).length;
        }
        return bytes;
    }

    JsonNode json(String name) throws IOException {
        return Json.mapper().readTree(entries.get(name));
    }

    private static Digest digest(JsonNode descriptor) {
        return new Digest(descriptor.path("digest").asText());
    }
}
