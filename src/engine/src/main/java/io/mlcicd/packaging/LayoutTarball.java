package io.mlcicd.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.mlcicd.document.Json;
import io.mlcicd.registry.Descriptor;
import io.mlcicd.registry.RegistryManifest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Puts the images of all platforms together in one tarball: an image layout of the OCI image specification 1.1, with
 * annotations, an index where there are several platforms, and the {@code manifest.json} that Docker before version 25
 * wants. The library that makes the images can do none of this. The same images give the same bytes: entries have a
 * fixed order, time and owner.
 */
final class LayoutTarball implements AutoCloseable {

    private static final long TIME = 1000;
    private static final String LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}";
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final TarArchiveOutputStream tar;
    private final Set<Descriptor> written = new HashSet<>();

    private LayoutTarball(OutputStream out) {
        this.tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /** One platform's image. */
    record Built(Platform platform, ImageTarball image) {}

    /**
     * Writes the tarball.
     *
     * @param annotations of manifests and index
     */
    static void write(Path output, String name, List<Built> images, Map<String, String> annotations)
            throws IOException {
        List<RegistryManifest> manifests = new ArrayList<>();
        for (Built built : images) {
            JsonNode plain = built.image().manifest(built.image().top()).content();
            manifests.add(new RegistryManifest(annotated(plain, RegistryManifest.IMAGE, annotations)));
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(output), 1 << 16);
                LayoutTarball layout = new LayoutTarball(out)) {
            layout.entry("oci-layout", LAYOUT.getBytes(StandardCharsets.UTF_8));
            RegistryManifest top = manifests.get(0);
            if (images.size() > 1) {
                top = new RegistryManifest(index(images, manifests, annotations));
            }
            layout.entry("index.json", root(top, name));
            layout.manifest(top);
            for (RegistryManifest manifest : manifests) {
                layout.manifest(manifest);
            }
            for (Built built : images) {
                layout.blob(built.image(), built.image().config());
                for (Descriptor layer : built.image().layers()) {
                    layout.blob(built.image(), layer);
                }
            }
            layout.entry("manifest.json", docker(images.get(0).image(), name));
        }
    }

    private static ObjectNode annotated(JsonNode plain, String mediaType, Map<String, String> annotations) {
        ObjectNode manifest = Json.mapper().createObjectNode();
        manifest.put("schemaVersion", 2).put("mediaType", mediaType);
        plain.properties().forEach(entry -> {
            if (!manifest.has(entry.getKey())) {
                manifest.set(entry.getKey(), entry.getValue());
            }
        });
        ObjectNode notes = manifest.putObject("annotations");
        new TreeMap<>(annotations).forEach(notes::put);
        return manifest;
    }

    private static ObjectNode index(
            List<Built> images, List<RegistryManifest> manifests, Map<String, String> annotations) {
        ObjectNode index = Json.mapper().createObjectNode();
        ArrayNode list = index.putArray("manifests");
        for (int i = 0; i < images.size(); i++) {
            ObjectNode descriptor = descriptor(manifests.get(i));
            Platform platform = images.get(i).platform();
            descriptor
                    .putObject("platform")
                    .put("architecture", platform.getArchitecture())
                    .put("os", platform.getOs());
            list.add(descriptor);
        }
        return annotated(index, RegistryManifest.INDEX, annotations);
    }

    private static ObjectNode descriptor(RegistryManifest manifest) {
        return Json.mapper()
                .createObjectNode()
                .put("mediaType", manifest.getManifestMediaType())
                .put("digest", manifest.digest().value())
                .put("size", manifest.bytes().length);
    }

    private static byte[] root(RegistryManifest top, String name) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("schemaVersion", 2).put("mediaType", RegistryManifest.INDEX);
        ObjectNode descriptor = descriptor(top);
        descriptor.putObject("annotations").put(REF_NAME, name);
        root.putArray("manifests").add(descriptor);
        return new RegistryManifest(root).bytes();
    }

    private static byte[] docker(ImageTarball image, String name) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("Config", image.config().path());
        manifest.put("RepoTags", List.of(name));
        manifest.put("Layers", image.layers().stream().map(Descriptor::path).toList());
        return Json.write(List.of(manifest)).getBytes(StandardCharsets.UTF_8);
    }

    private void manifest(RegistryManifest manifest) throws IOException {
        Descriptor descriptor = new Descriptor(manifest.digest(), manifest.bytes().length);
        if (written.add(descriptor)) {
            entry(descriptor.path(), manifest.bytes());
        }
    }

    private void blob(ImageTarball image, Descriptor blob) throws IOException {
        if (written.add(blob)) {
            begin(blob.path(), blob.size());
            image.write(blob, tar);
            tar.closeArchiveEntry();
        }
    }

    private void entry(String path, byte[] content) throws IOException {
        begin(path, content.length);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private void begin(String path, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(size);
        entry.setModTime(TIME);
        entry.setUserName("");
        entry.setGroupName("");
        entry.setIds(0, 0);
        tar.putArchiveEntry(entry);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
