package io.mlcicd.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * An image in a tarball: an image layout (image-layout.md of the OCI image specification 1.1), or what {@code docker save}
 * writes. Read at random; layers are streamed, documents are held in memory.
 */
public final class ImageArchive implements AutoCloseable {

    private static final String INDEX = "index.json";
    private static final String BLOBS = "blobs/sha256/";
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    private static final long LONGEST = 1 << 26;

    private final TarFile tar;
    private final Map<String, TarArchiveEntry> entries = new LinkedHashMap<>();

    private ImageArchive(TarFile tar) {
        this.tar = tar;
    }

    /**
     * Opens a tarball.
     *
     * @throws IOException when it is none, or has an entry twice
     */
    public static ImageArchive open(Path tarball) throws IOException {
        TarFile tar = new TarFile(tarball);
        ImageArchive archive = new ImageArchive(tar);
        try {
            for (TarArchiveEntry entry : tar.getEntries()) {
                boolean again = archive.entries.put(entry.getName(), entry) != null;
                if (again && !entry.isDirectory()) {
                    throw new IOException("it has %s twice".formatted(entry.getName()));
                }
            }
            return archive;
        } catch (IOException e) {
            tar.close();
            throw e;
        }
    }

    /**
     * Descriptor of the image's manifest, or of the index of its manifests.
     *
     * @throws IOException when this is no image layout with one image
     */
    public Descriptor top() throws IOException {
        return Descriptor.of(first());
    }

    /** The image's name; empty when the layout tells none. */
    public String name() throws IOException {
        return first().path("annotations").path(REF_NAME).asText("");
    }

    private JsonNode first() throws IOException {
        JsonNode images = json(INDEX).path("manifests");
        if (images.size() != 1) {
            throw new IOException("it is not the tarball of one OCI image");
        }
        return images.path(0);
    }

    /**
     * A document by content: a manifest, an index, a configuration.
     *
     * @throws IOException when there is none, or it is not what its digest says
     */
    public JsonNode document(Descriptor descriptor) throws IOException {
        byte[] content = bytes(descriptor.path());
        if (!Digests.of(content).equals(descriptor.digest())) {
            throw new IOException(descriptor.path() + " in it is damaged");
        }
        return Json.mapper().readTree(content);
    }

    /** A document by its path. */
    public JsonNode json(String path) throws IOException {
        return Json.mapper().readTree(bytes(path));
    }

    private byte[] bytes(String path) throws IOException {
        TarArchiveEntry entry = entry(path);
        if (entry.getSize() > LONGEST) {
            throw new IOException("%s in it is longer than %d bytes".formatted(path, LONGEST));
        }
        try (InputStream in = tar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /** What stands at a path, as it is. */
    public InputStream content(String path) throws IOException {
        return new BufferedInputStream(tar.getInputStream(entry(path)), 1 << 16);
    }

    /** What stands at a path, unpacked when it is gzipped. */
    public InputStream plain(String path) throws IOException {
        InputStream in = content(path);
        return isGzip(in) ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /** Whether a stream that can be marked goes on with gzip. */
    public static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }

    private TarArchiveEntry entry(String path) throws IOException {
        TarArchiveEntry entry = entries.get(path);
        if (entry == null) {
            throw new IOException("it has no " + path);
        }
        if (!entry.isSymbolicLink()) {
            return entry;
        }
        // In docker save's oldest form, a layer that an image has twice is a link to the first.
        String target = Path.of(path)
                .resolveSibling(entry.getLinkName())
                .normalize()
                .toString()
                .replace('\\', '/');
        TarArchiveEntry first = entries.get(target);
        if (first == null || first.isSymbolicLink()) {
            throw new IOException("%s in it leads nowhere".formatted(path));
        }
        return first;
    }

    /**
     * The digest of the image, once every blob has been found to be what its name says and a part of the image.
     *
     * @throws IOException when one is not, or this is no such tarball
     */
    public Digest verified() throws IOException {
        Set<String> blobs = new HashSet<>();
        for (Map.Entry<String, TarArchiveEntry> entry : entries.entrySet()) {
            if (entry.getKey().startsWith(BLOBS) && !entry.getValue().isDirectory()) {
                try (InputStream in = tar.getInputStream(entry.getValue())) {
                    blobs.add(checked(entry.getKey(), in));
                }
            }
        }
        JsonNode first = first();
        Set<String> named = new HashSet<>();
        name(first, named);
        // Docker before version 25 reads another list of parts, which must not lead anywhere else.
        if (!named.equals(blobs)) {
            throw new IOException("it does not hold what its image names, and nothing else");
        }
        return top().digest();
    }

    /** Everything that a descriptor stands for, by digest. */
    private void name(JsonNode descriptor, Set<String> named) throws IOException {
        boolean again = !named.add(descriptor.path("digest").asText());
        if (again || !descriptor.path("mediaType").asText().matches(".*\\.(manifest|index)\\.v1\\+json")) {
            return;
        }
        JsonNode content = document(Descriptor.of(descriptor));
        for (JsonNode manifest : content.path("manifests")) {
            name(manifest, named);
        }
        for (JsonNode layer : content.path("layers")) {
            named.add(layer.path("digest").asText());
        }
        if (content.has("config")) {
            named.add(content.path("config").path("digest").asText());
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

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
