package io.mlcicd.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.registry.RegistryManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
 * @param file the tarball
 * @param name the image's name
 * @param top its manifest, or the index of its manifests when it is made for several platforms
 * @param manifests the manifests, one for each platform
 * @param config the first platform's configuration
 * @param layers the first platform's layers from the bottom up
 * @param stored everything that a registry stores of it
 * @param labels the labels in the first configuration
 */
record ImageTarball(
        Path file,
        String name,
        Descriptor top,
        List<Descriptor> manifests,
        Descriptor config,
        List<Descriptor> layers,
        Set<Descriptor> stored,
        Map<String, String> labels) {

    /** A part of an image by content. */
    record Descriptor(Digest digest, long size) {

        /** Where an image layout keeps it. */
        String path() {
            return "blobs/" + digest.value().replace(':', '/');
        }

        static Descriptor of(JsonNode node) throws IOException {
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
     * Reads a tarball's manifests and configurations, and makes sure that they are what their digests say.
     *
     * @throws IOException when it is no such tarball, or damaged
     */
    static ImageTarball open(Path tarball) throws IOException {
        try (TarFile tar = new TarFile(tarball)) {
            Map<String, TarArchiveEntry> entries = entries(tar);
            JsonNode first = Json.mapper()
                    .readTree(content(tar, entries, "index.json"))
                    .path("manifests")
                    .path(0);
            Descriptor top = Descriptor.of(first);
            JsonNode content = blob(tar, entries, top);
            List<Descriptor> manifests = new ArrayList<>();
            for (JsonNode manifest : content.path("manifests")) {
                manifests.add(Descriptor.of(manifest));
            }
            if (manifests.isEmpty()) {
                manifests.add(top);
            }
            Set<Descriptor> stored = new LinkedHashSet<>();
            for (Descriptor manifest : manifests) {
                JsonNode parts = blob(tar, entries, manifest);
                Descriptor config = Descriptor.of(parts.path("config"));
                blob(tar, entries, config);
                for (JsonNode layer : parts.path("layers")) {
                    stored.add(Descriptor.of(layer));
                }
                stored.add(config);
                stored.add(manifest);
            }
            stored.add(top);
            JsonNode lowest = blob(tar, entries, manifests.get(0));
            Descriptor config = Descriptor.of(lowest.path("config"));
            List<Descriptor> layers = new ArrayList<>();
            for (JsonNode layer : lowest.path("layers")) {
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
            return new ImageTarball(
                    tarball, name, top, List.copyOf(manifests), config, List.copyOf(layers), stored, labels);
        }
    }

    /** Digest of the manifest or index, by which a registry knows the image. */
    Digest digest() {
        return top.digest();
    }

    /** What a registry stores of the image, in bytes. */
    long bytes() {
        return stored.stream().mapToLong(Descriptor::size).sum();
    }

    /** Whether it is made for several platforms. */
    boolean hasIndex() {
        return !manifests.contains(top);
    }

    /** Configurations and layers. */
    List<Descriptor> blobs() {
        List<Descriptor> blobs = new ArrayList<>(stored);
        blobs.removeAll(manifests);
        blobs.remove(top);
        return blobs;
    }

    /** A manifest, an index, or another blob of JSON. */
    RegistryManifest manifest(Descriptor blob) throws IOException {
        try (TarFile tar = new TarFile(file)) {
            return new RegistryManifest(blob(tar, entries(tar), blob));
        }
    }

    /** Writes a blob's content. */
    void write(Descriptor blob, OutputStream out) throws IOException {
        try (TarFile tar = new TarFile(file);
                InputStream in = tar.getInputStream(entry(entries(tar), blob.path()))) {
            in.transferTo(out);
        }
    }

    private static Map<String, TarArchiveEntry> entries(TarFile tar) {
        Map<String, TarArchiveEntry> entries = new LinkedHashMap<>();
        tar.getEntries().forEach(entry -> entries.put(entry.getName(), entry));
        return entries;
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
        try (InputStream in = tar.getInputStream(entry(entries, path))) {
            return in.readAllBytes();
        }
    }

    private static TarArchiveEntry entry(Map<String, TarArchiveEntry> entries, String path) throws IOException {
        TarArchiveEntry entry = entries.get(path);
        if (entry == null) {
            throw new IOException("it has no " + path);
        }
        return entry;
    }
}
