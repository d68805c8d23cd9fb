package io.mlcicd.signature;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** The content of an image layout in a tarball (image-layout.md of the OCI image specification 1.1). */
final class TarballContent {

    private static final String BLOBS = "blobs/sha256/";
    private static final String INDEX = "index.json";

    private TarballContent() {}

    /**
     * The digest of the image in the tarball, once every blob has been found to be what its name says.
     *
     * @throws IOException when one is not, or this is no such tarball
     */
    static Digest verified(Path tarball) throws IOException {
        Map<String, TarArchiveEntry> entries = new HashMap<>();
        Set<String> blobs = new HashSet<>();
        try (TarFile tar = new TarFile(tarball)) {
            for (TarArchiveEntry entry : tar.getEntries()) {
                if (entries.put(entry.getName(), entry) != null) {
                    throw new IOException("it has %s twice".formatted(entry.getName()));
                }
                if (entry.getName().startsWith(BLOBS)) {
                    try (InputStream in = tar.getInputStream(entry)) {
                        blobs.add(checked(entry.getName(), in));
                    }
                }
            }
            JsonNode index = json(tar, entries, INDEX).path("manifests");
            if (index.size() != 1) {
                throw new IOException("it is not the tarball of one OCI image");
            }
            Set<String> named = new HashSet<>();
            name(tar, entries, index.get(0), named);
            // Docker before version 25 reads another list of parts, which must not lead anywhere else.
            if (!named.equals(blobs)) {
                throw new IOException("it does not hold what its image names, and nothing else");
            }
            return new Digest(index.get(0).path("digest").asText());
        }
    }

    /** Everything that a descriptor stands for, by digest. */
    private static void name(TarFile tar, Map<String, TarArchiveEntry> entries, JsonNode descriptor, Set<String> named)
            throws IOException {
        String digest = descriptor.path("digest").asText();
        boolean again = !named.add(digest);
        if (again || !descriptor.path("mediaType").asText().matches(".*\\.(manifest|index)\\.v1\\+json")) {
            return;
        }
        JsonNode content = json(tar, entries, "blobs/" + digest.replace(':', '/'));
        for (JsonNode manifest : content.path("manifests")) {
            name(tar, entries, manifest, named);
        }
        for (JsonNode layer : content.path("layers")) {
            named.add(layer.path("digest").asText());
        }
        if (content.has("config")) {
            named.add(content.path("config").path("digest").asText());
        }
    }

    private static JsonNode json(TarFile tar, Map<String, TarArchiveEntry> entries, String path) throws IOException {
        TarArchiveEntry entry = entries.get(path);
        if (entry == null) {
            throw new IOException("it has no " + path);
        }
        try (InputStream in = tar.getInputStream(entry)) {
            return Json.mapper().readTree(in.readAllBytes());
        }
    }

    private static String checked(String name, InputStream in) throws IOException {
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        new DigestInputStream(in, sha).transferTo(OutputStream.nullOutputStream());
        String hex = HexFormat.of().formatHex(sha.digest());
        if (!name.equals(BLOBS + hex)) {
            throw new IOException(name + " in it has been changed");
        }
        return "sha256:" + hex;
    }
}
