package io.mlcicd.packaging.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.registry.Descriptor;
import io.mlcicd.registry.ImageArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Turns what {@code docker save} wrote into an OCI image layout (image-layout.md of the OCI image specification 1.1)
 * that {@code docker load} reads as well. The configuration stays as it is, byte for byte, and with it the image's id;
 * layers are gzipped.
 */
final class SavedImage {

    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private SavedImage() {}

    private record Blob(String mediaType, Descriptor content, Path file) {

        Map<String, Object> descriptor() {
            Map<String, Object> descriptor = new LinkedHashMap<>();
            descriptor.put("mediaType", mediaType);
            descriptor.put("digest", content.digest().value());
            descriptor.put("size", content.size());
            return descriptor;
        }

        String path() {
            return content.path();
        }
    }

    /**
     * Converts a tarball.
     *
     * @param saved what {@code docker save} wrote
     * @param layout where the layout's tarball goes
     * @param name the image's name
     * @param work an existing folder for what is half done
     */
    static void convert(Path saved, Path layout, String name, Path work) throws IOException {
        List<Blob> blobs = new ArrayList<>();
        Blob config;
        try (ImageArchive archive = ImageArchive.open(saved)) {
            JsonNode image = archive.json("manifest.json").path(0);
            config = blob(archive, image.path("Config").asText(), CONFIG, work);
            for (JsonNode layer : image.path("Layers")) {
                blobs.add(blob(archive, layer.asText(), LAYER, work));
            }
        }
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST);
        manifest.put("config", config.descriptor());
        List<Map<String, Object>> layers = new ArrayList<>();
        for (Blob layer : blobs) {
            layers.add(layer.descriptor());
        }
        manifest.put("layers", layers);
        byte[] manifestBytes = Json.write(manifest).getBytes(StandardCharsets.UTF_8);
        write(layout, config, blobs, manifestBytes, name);
    }

    private static Blob blob(ImageArchive archive, String path, String mediaType, Path work) throws IOException {
        Path file = Files.createTempFile(work, "blob-", "");
        try (InputStream in = archive.content(path)) {
            boolean plain = mediaType.equals(LAYER) && !ImageArchive.isGzip(in);
            try (OutputStream out =
                    plain ? new GZIPOutputStream(Files.newOutputStream(file), 1 << 16) : Files.newOutputStream(file)) {
                in.transferTo(out);
            }
        }
        return new Blob(mediaType, new Descriptor(Digests.of(file), Files.size(file)), file);
    }

    private static void write(Path layout, Blob config, List<Blob> layers, byte[] manifest, String name)
            throws IOException {
        Digest digest = Digests.of(manifest);
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("mediaType", MANIFEST);
        first.put("digest", digest.value());
        first.put("size", manifest.length);
        first.put("annotations", Map.of("org.opencontainers.image.ref.name", name));
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("manifests", List.of(first));
        Map<String, Object> docker = new LinkedHashMap<>();
        docker.put("Config", config.path());
        docker.put("RepoTags", List.of(name));
        docker.put("Layers", layers.stream().map(Blob::path).toList());
        Map<String, Blob> different = new LinkedHashMap<>();
        different.put(config.path(), config);
        layers.forEach(layer -> different.put(layer.path(), layer));
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(layout))) {
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (Map.Entry<String, Blob> blob : different.entrySet()) {
                TarArchiveEntry entry =
                        header(blob.getKey(), blob.getValue().content().size());
                out.putArchiveEntry(entry);
                Files.copy(blob.getValue().file(), out);
                out.closeArchiveEntry();
            }
            put(out, "blobs/" + digest.value().replace(':', '/'), manifest);
            put(out, "index.json", Json.write(index).getBytes(StandardCharsets.UTF_8));
            put(out, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
            put(out, "manifest.json", Json.write(List.of(docker)).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static TarArchiveEntry header(String path, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(size);
        entry.setModTime(1000L);
        entry.setUserName("");
        return entry;
    }

    private static void put(TarArchiveOutputStream out, String path, byte[] content) throws IOException {
        out.putArchiveEntry(header(path, content.length));
        out.write(content);
        out.closeArchiveEntry();
    }
}
