package io.mlcicd.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.lineage.Digest;
import io.mlcicd.registry.Descriptor;
import io.mlcicd.registry.ImageArchive;
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

    /**
     * Reads a tarball's manifests and configurations, and makes sure that they are what their digests say.
     *
     * @throws IOException when it is no such tarball, or damaged
     */
    static ImageTarball open(Path tarball) throws IOException {
        try (ImageArchive archive = ImageArchive.open(tarball)) {
            Descriptor top = archive.top();
            List<Descriptor> manifests = descriptors(archive.document(top).path("manifests"));
            if (manifests.isEmpty()) {
                manifests.add(top);
            }
            Set<Descriptor> stored = new LinkedHashSet<>();
            for (Descriptor manifest : manifests) {
                JsonNode parts = archive.document(manifest);
                Descriptor config = Descriptor.of(parts.path("config"));
                archive.document(config);
                stored.addAll(descriptors(parts.path("layers")));
                stored.add(config);
                stored.add(manifest);
            }
            stored.add(top);
            JsonNode lowest = archive.document(manifests.get(0));
            Descriptor config = Descriptor.of(lowest.path("config"));
            Map<String, String> labels = new LinkedHashMap<>();
            archive.document(config)
                    .path("config")
                    .path("Labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            return new ImageTarball(
                    tarball,
                    archive.name(),
                    top,
                    List.copyOf(manifests),
                    config,
                    List.copyOf(descriptors(lowest.path("layers"))),
                    stored,
                    labels);
        }
    }

    private static List<Descriptor> descriptors(JsonNode nodes) throws IOException {
        List<Descriptor> descriptors = new ArrayList<>();
        for (JsonNode node : nodes) {
            descriptors.add(Descriptor.of(node));
        }
        return descriptors;
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

    /**
     * What a push cost.
     *
     * @param sent the blobs that the registry did not have
     */
    Map<String, Double> transfer(Set<Digest> sent) {
        long bytes = blobs().stream()
                .filter(blob -> sent.contains(blob.digest()))
                .mapToLong(Descriptor::size)
                .sum();
        long there =
                layers.stream().filter(layer -> !sent.contains(layer.digest())).count();
        return Map.of("push.bytes", (double) bytes, "push.layers.reused", (double) there);
    }

    /** A manifest, an index, or another blob of JSON. */
    RegistryManifest manifest(Descriptor blob) throws IOException {
        try (ImageArchive archive = ImageArchive.open(file)) {
            return new RegistryManifest(archive.document(blob));
        }
    }

    /** Writes a blob's content. */
    void write(Descriptor blob, OutputStream out) throws IOException {
        try (ImageArchive archive = ImageArchive.open(file);
                InputStream in = archive.content(blob.path())) {
            in.transferTo(out);
        }
    }
}
