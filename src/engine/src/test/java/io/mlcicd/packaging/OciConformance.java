package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Holds an image against the OCI image specification 1.1: image-layout.md, image-index.md, manifest.md, config.md,
 * layer.md, descriptor.md and annotations.md, with the digest, size and media type of everything that is named, down to
 * the entries of the layers.
 */
final class OciConformance {

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    /** annotations.md, "Pre-Defined Annotation Keys", as far as they belong to a manifest or an index. */
    private static final Set<String> DEFINED = Set.of(
            "created",
            "authors",
            "url",
            "documentation",
            "source",
            "version",
            "revision",
            "vendor",
            "licenses",
            "ref.name",
            "title",
            "description",
            "base.digest",
            "base.name");

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

    /**
     * Checks an image layout in a tarball, down to all that its index names, and returns the platforms it is for.
     *
     * @param entries the tarball's files
     */
    static List<String> layout(Map<String, byte[]> entries) throws Exception {
        // image-layout.md, "Content": a directory of blobs, oci-layout, index.json; other files may be there.
        JsonNode layout = Json.mapper().readTree(entries.get("oci-layout"));
        assertThat(layout.path("imageLayoutVersion").asText()).isEqualTo("1.0.0");
        JsonNode index = Json.mapper().readTree(entries.get("index.json"));
        assertThat(index.path("schemaVersion").asInt()).isEqualTo(2);
        assertThat(index.path("mediaType").asText()).isEqualTo(INDEX);
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            assertThat(entry.getKey()).matches("oci-layout|index\\.json|manifest\\.json|blobs/sha256/[0-9a-f]{64}");
            if (entry.getKey().startsWith("blobs/")) {
                // "Blobs": the content must match the digest that names it.
                assertThat("blobs/" + Digests.of(entry.getValue()).value().replace(':', '/'))
                        .isEqualTo(entry.getKey());
            }
        }
        Set<String> used = new HashSet<>();
        OciConformance conformance = new OciConformance((kind, part) -> {
            used.add("blobs/" + part.value().replace(':', '/'));
            return entries.get("blobs/" + part.value().replace(':', '/'));
        });
        for (JsonNode image : index.path("manifests")) {
            // "index.json file": the name of a reference.
            String name = image.path("annotations")
                    .path("org.opencontainers.image.ref.name")
                    .asText();
            assertThat(name).matches("[A-Za-z0-9]+([-._:@+/][A-Za-z0-9]+|--[A-Za-z0-9]+)*");
            byte[] content = conformance.content(
                    "manifests", image, image.path("mediaType").asText());
            conformance.check(Digests.of(content));
        }
        assertThat(entries.keySet().stream().filter(path -> path.startsWith("blobs/")))
                .as("nothing is stored that no one names")
                .containsExactlyInAnyOrderElementsOf(used);
        return conformance.platforms;
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
        assertThat(names(index)).isSubsetOf("schemaVersion", "mediaType", "manifests", "annotations");
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
        assertThat(names(manifest)).isSubsetOf("schemaVersion", "mediaType", "config", "layers", "annotations");
        JsonNode config = Json.mapper().readTree(content("blobs", manifest.path("config"), CONFIG));
        assertThat(config.path("architecture").asText()).isNotEmpty();
        assertThat(config.path("os").asText()).isNotEmpty();
        assertThat(config.path("created").asText()).matches(DATE_TIME);
        assertThat(config.path("rootfs").path("type").asText()).isEqualTo("layers");
        for (JsonNode variable : config.path("config").path("Env")) {
            assertThat(variable.asText()).matches("(?s)[^=]+=.*");
        }
        for (String list : List.of("Entrypoint", "Cmd")) {
            for (JsonNode part : config.path("config").path(list)) {
                assertThat(part.isTextual()).as(list).isTrue();
            }
        }
        for (JsonNode label : config.path("config").path("Labels")) {
            assertThat(label.isTextual()).as("label").isTrue();
        }
        JsonNode layers = manifest.path("layers");
        JsonNode uncompressed = config.path("rootfs").path("diff_ids");
        assertThat(layers.size()).isPositive().isEqualTo(uncompressed.size());
        for (int i = 0; i < layers.size(); i++) {
            byte[] layer = content("blobs", layers.get(i), LAYER);
            assertThat(Digests.of(plain(layer)).value())
                    .isEqualTo(uncompressed.get(i).asText());
            entries(plain(layer));
        }
        long told = 0;
        for (JsonNode step : config.path("history")) {
            told += step.path("empty_layer").asBoolean() ? 0 : 1;
        }
        assertThat(told).as("steps that made a layer").isEqualTo(layers.size());
        platforms.add(
                config.path("os").asText() + "/" + config.path("architecture").asText());
    }

    /** layer.md, "Creating": each path once, none that leads out; "Representing changes": whiteouts are empty files. */
    private static void entries(byte[] layer) throws IOException {
        Set<String> paths = new HashSet<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(layer))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(paths.add(entry.getName())).as(entry.getName()).isTrue();
                assertThat(Path.of("/", entry.getName()).normalize()).isEqualTo(Path.of("/", entry.getName()));
                assertThat(entry.isDirectory() || entry.isFile()).isTrue();
                assertThat(entry.getName()).doesNotContain(".wh.");
            }
        }
    }

    private static byte[] plain(byte[] gzip) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }

    private byte[] content(String kind, JsonNode descriptor, String mediaType) throws Exception {
        assertThat(names(descriptor)).isSubsetOf("mediaType", "digest", "size", "platform", "annotations");
        assertThat(descriptor.path("mediaType").asText()).isEqualTo(mediaType);
        assertThat(descriptor.path("size").isIntegralNumber()).isTrue();
        Digest digest = new Digest(descriptor.path("digest").asText());
        byte[] content = store.get(kind, digest);
        assertThat(content.length).isEqualTo(descriptor.path("size").asInt());
        assertThat(Digests.of(content)).isEqualTo(digest);
        return content;
    }

    private static void annotations(JsonNode document) {
        JsonNode annotations = document.path("annotations");
        annotations.properties().forEach(entry -> {
            // annotations.md, "Rules": keys in reverse domain notation; those of org.opencontainers are the defined
            // ones.
            assertThat(entry.getKey()).matches("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");
            if (entry.getKey().startsWith("org.opencontainers.")) {
                assertThat(entry.getKey().substring("org.opencontainers.image.".length()))
                        .isIn(DEFINED);
            }
            assertThat(entry.getValue().isTextual()).as(entry.getKey()).isTrue();
        });
        assertThat(annotations.path("org.opencontainers.image.created").asText())
                .matches(DATE_TIME);
        for (String name : Set.of("title", "version")) {
            assertThat(annotations.path("org.opencontainers.image." + name).asText())
                    .isNotEmpty();
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
