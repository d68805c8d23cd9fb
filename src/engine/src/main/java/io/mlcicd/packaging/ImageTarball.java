package io.mlcicd.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * An image as an OCI image layout (image-layout.md of the OCI image specification) in a tarball.
 *
 * @param name the image's name
 * @param manifest the manifest
 * @param config the image's configuration
 * @param layers the layers from the bottom up
 * @param labels the labels in the configuration
 */
record ImageTarball(
        String name, Descriptor manifest, Descriptor config, List<Descriptor> layers, Map<String, String> labels) {

    /** A part of an image by content. */
    record Descriptor(Digest digest, long size) {

        /** Where an image layout keeps it. */
        String path() {
            return "blobs/" + digest.value().replace(':', '/');
        }

        private static Descriptor of(JsonNode node) throws IOException {
            try {
                return new Descriptor(
                        new Digest(node.path("digest").asText()),
                        node.path("size").asLong());
            } catch (IllegalArgumentException e) {
                throw new IOException("it names no digest where it must", e);
            }
        }
    }

    /**
     * Reads a tarball's manifest and configuration, and makes sure that they are what their digests say.
     *
     * @throws IOException when it is no such tarball, or damaged
     */
    static ImageTarball open(Path tarball) throws IOException {
        try (TarFile tar = new TarFile(tarball)) {
            Map<String, TarArchiveEntry> entries = new LinkedHashMap<>();
            tar.getEntries().forEach(entry -> entries.put(entry.getName(), entry));
            JsonNode index = Json.mapper().readTree(content(tar, entries, "index.json"));
            JsonNode first = index.path("manifests").path(0);
            Descriptor manifest = Descriptor.of(first);
            JsonNode content = blob(tar, entries, manifest);
            Descriptor config = Descriptor.of(content.path("config"));
            List<Descriptor> layers = new ArrayList<>();
            for (JsonNode layer : content.path("layers")) {
                layers.add(Descriptor.of(layer));
            }
            Map<String, String> labels = new LinkedHashMap<>();
            blob(tar, entries, config)
                    .path("config")
                    .path("Labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            String name = first.path("annotations")
                    .path("org.opencontainers.image.ref.name")
                    .asText();
            return new ImageTarball(name, manifest, config, List.copyOf(layers), labels);
        }
    }

    /** Digest of the manifest, by which a registry knows the image. */
    Digest digest() {
        return manifest.digest();
    }

    /** What a registry stores of the image, in bytes. */
    long bytes() {
        Set<Descriptor> stored = new LinkedHashSet<>(layers);
        stored.add(config);
        stored.add(manifest);
        return stored.stream().mapToLong(Descriptor::size).sum();
    }

    private static JsonNode blob(TarFile tar, Map<String, TarArchiveEntry> entries, Descriptor blob)
            throws IOException {
        byte[] content = content(tar, entries, blob.path());
        if (!Digests.of(content).equals(blob.digest())) {
            throw new IOException(blob.path() + " in it is damaged");
        }
        return Json.mapper().readTree(content);
    }

    private static byte[] content(TarFile tar, Map<String, TarArchiveEntry> entries, String path) throws IOException {
        TarArchiveEntry entry = entries.get(path);
        if (entry == null) {
            throw new IOException("it has no " + path);
        }
        try (InputStream in = tar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
