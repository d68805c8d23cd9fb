package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Holds an image against the OCI image specification 1.1: image-index.md, manifest.md, config.md, descriptor.md and
 * annotations.md, with the digest, size and media type of everything that is named, down to the layers' uncompressed
 * content.
 */
final class OciConformance {

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String DATE_TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    /** Gets a part of an image. */
    @FunctionalInterface
    interface Store {
        byte[] get(String kind, Digest digest) throws Exception;
    }

    private final Store store;
    private final List<String> platforms = new ArrayList<>();

    OciConformance(Store store) {
        this.store = store;
    }

    /** Checks all that the digest stands for, and returns the platforms it is for. */
    List<String> check(Digest top) throws Exception {
        byte[] content = store.get("manifests", top);
        assertThat(Digests.of(content)).isEqualTo(top);
        JsonNode document = Json.mapper().readTree(content);
        if (document.path("mediaType").asText().equals(INDEX)) {
            index(document);
        } else {
            manifest(document);
        }
        return platforms;
    }

    private void index(JsonNode index) throws Exception {
        assertThat(index.path("schemaVersion").asInt()).isEqualTo(2);
        annotations(index);
        assertThat(index.path("manifests").isArray()).isTrue();
        for (JsonNode descriptor : index.path("manifests")) {
            JsonNode platform = descriptor.path("platform");
            int before = platforms.size();
            manifest(Json.mapper().readTree(content("manifests", descriptor, MANIFEST)));
            assertThat(platforms.get(before))
                    .isEqualTo(platform.path("os").asText() + "/"
                            + platform.path("architecture").asText());
        }
    }

    private void manifest(JsonNode manifest) throws Exception {
        assertThat(manifest.path("schemaVersion").asInt()).isEqualTo(2);
        assertThat(manifest.path("mediaType").asText()).isEqualTo(MANIFEST);
        annotations(manifest);
        JsonNode config = Json.mapper().readTree(content("blobs", manifest.path("config"), CONFIG));
        assertThat(config.path("architecture").asText()).isNotEmpty();
        assertThat(config.path("os").asText()).isNotEmpty();
        assertThat(config.path("created").asText()).matches(DATE_TIME);
        assertThat(config.path("rootfs").path("type").asText()).isEqualTo("layers");
        for (JsonNode variable : config.path("config").path("Env")) {
            assertThat(variable.asText()).matches("(?s)[^=]+=.*");
        }
        JsonNode layers = manifest.path("layers");
        JsonNode uncompressed = config.path("rootfs").path("diff_ids");
        assertThat(layers.size()).isPositive().isEqualTo(uncompressed.size());
        for (int i = 0; i < layers.size(); i++) {
            byte[] layer = content("blobs", layers.get(i), LAYER);
            assertThat(Digests.of(plain(layer)).value())
                    .isEqualTo(uncompressed.get(i).asText());
        }
        long told = 0;
        for (JsonNode step : config.path("history")) {
            told += step.path("empty_layer").asBoolean() ? 0 : 1;
        }
        assertThat(told).as("steps that made a layer").isEqualTo(layers.size());
        platforms.add(
                config.path("os").asText() + "/" + config.path("architecture").asText());
    }

    private static byte[] plain(byte[] gzip) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }

    private byte[] content(String kind, JsonNode descriptor, String mediaType) throws Exception {
        assertThat(descriptor.path("mediaType").asText()).isEqualTo(mediaType);
        Digest digest = new Digest(descriptor.path("digest").asText());
        byte[] content = store.get(kind, digest);
        assertThat(content.length).isEqualTo(descriptor.path("size").asInt());
        assertThat(Digests.of(content)).isEqualTo(digest);
        return content;
    }

    private static void annotations(JsonNode document) {
        JsonNode annotations = document.path("annotations");
        annotations.properties().forEach(entry -> {
            assertThat(entry.getKey()).isNotEmpty();
            assertThat(entry.getValue().isTextual()).as(entry.getKey()).isTrue();
        });
        assertThat(annotations.path("org.opencontainers.image.created").asText())
                .matches(DATE_TIME);
        for (String name : Set.of("title", "version")) {
            assertThat(annotations.path("org.opencontainers.image." + name).asText())
                    .isNotEmpty();
        }
    }
}
