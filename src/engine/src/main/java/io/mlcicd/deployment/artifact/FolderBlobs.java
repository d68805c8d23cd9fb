package io.mlcicd.deployment.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.registry.Registry;
import io.mlcicd.registry.RegistryManifest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder laid out as image-layout.md of the OCI image specification 1.1 says. Its index is replaced as a whole, by one
 * publisher at a time; readers need no lock.
 */
final class FolderBlobs implements Blobs {

    private static final String TAG = "org.opencontainers.image.ref.name";
    private static final String INDEX = "index.json";
    private static final String LAYOUT = "oci-layout";

    /** What a killed publisher left half written is certainly not being written any more. */
    private static final Duration LEFT = Duration.ofHours(1);

    private final Path folder;

    FolderBlobs(Path folder) {
        this.folder = folder;
    }

    /** Whether a folder is laid out so. */
    static boolean isLayout(Path folder) {
        return Files.isRegularFile(folder.resolve(LAYOUT)) && Files.isRegularFile(folder.resolve(INDEX));
    }

    @Override
    public Optional<Registry.FoundManifest> manifest(String qualifier, String doing) {
        Optional<Digest> digest = qualifier.startsWith("sha256:")
                ? Optional.of(new Digest(qualifier)).filter(named -> Files.exists(file(named)))
                : entry(qualifier).map(entry -> new Digest(entry.path("digest").asText()));
        return digest.map(found -> new Registry.FoundManifest(new RegistryManifest(tree(blob(found, doing))), found));
    }

    private Optional<JsonNode> entry(String tag) {
        for (JsonNode entry : index().path("manifests")) {
            if (tag(entry).equals(tag)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    private static String tag(JsonNode entry) {
        return entry.path("annotations").path(TAG).asText();
    }

    private ObjectNode index() {
        Path file = folder.resolve(INDEX);
        if (!Files.exists(file)) {
            ObjectNode index = Json.mapper().createObjectNode();
            index.put("schemaVersion", 2).put("mediaType", RegistryManifest.INDEX);
            index.putArray("manifests");
            return index;
        }
        JsonNode index = Json.read(file);
        if (!index.path("manifests").isArray()) {
            throw new InvalidInputException(file + " is no index of an OCI image layout; name another folder");
        }
        return (ObjectNode) index;
    }

    private JsonNode tree(byte[] content) {
        try {
            return Json.mapper().readTree(content);
        } catch (IOException e) {
            throw new OutsideSystemException("a manifest in " + folder + " is not JSON", e);
        }
    }

    private Path file(Digest digest) {
        return folder.resolve("blobs").resolve(digest.value().replace(':', '/'));
    }

    @Override
    public byte[] blob(Digest digest, String doing) {
        try {
            byte[] content = Files.readAllBytes(file(digest));
            if (!Digests.of(content).equals(digest)) {
                throw changed(digest, doing);
            }
            return content;
        } catch (IOException e) {
            throw missing(digest, doing, e);
        }
    }

    private OutsideSystemException changed(Digest digest, String doing) {
        return new OutsideSystemException(
                "cannot %s: %s has been changed where it is kept (%s)".formatted(doing, digest, file(digest)));
    }

    private OutsideSystemException missing(Digest digest, String doing, IOException e) {
        return new OutsideSystemException(
                "cannot %s: %s cannot be read (%s)".formatted(doing, digest, e.getMessage()), e);
    }

    @Override
    public void download(List<Registry.Download> blobs, String doing, Consumer<Digest> done)
            throws InterruptedException {
        for (Registry.Download blob : blobs) {
            try (OutputStream out = Files.newOutputStream(blob.file())) {
                Files.copy(file(blob.digest()), new Stoppable(out));
            } catch (IOException e) {
                requireNotStopped();
                throw missing(blob.digest(), doing, e);
            }
            try {
                if (!Digests.of(blob.file()).equals(blob.digest())) {
                    throw changed(blob.digest(), doing);
                }
            } catch (IOException e) {
                throw missing(blob.digest(), doing, e);
            }
            done.accept(blob.digest());
        }
    }

    private static void requireNotStopped() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Copies that end when their thread is interrupted. */
    private static final class Stoppable extends OutputStream {
        private final OutputStream out;

        Stoppable(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException();
            }
            out.write(bytes, offset, length);
        }
    }

    @Override
    public void push(List<Registry.Upload> blobs, List<Registry.Tagged> manifests, String doing, Consumer<Digest> done)
            throws InterruptedException {
        requireOurs();
        try {
            removeLeft();
            for (Registry.Upload blob : blobs) {
                put(blob.digest(), out -> blob.content().writeTo(new Stoppable(out)), doing);
                done.accept(blob.digest());
            }
            for (Registry.Tagged tagged : manifests) {
                byte[] bytes = tagged.manifest().bytes();
                put(tagged.manifest().digest(), out -> out.write(bytes), doing);
            }
            AtomicFiles.write(folder.resolve(LAYOUT), "{\"imageLayoutVersion\":\"1.0.0\"}\n");
            FolderLock.holding(folder, () -> tag(manifests));
        } catch (IOException e) {
            requireNotStopped();
            throw new OutsideSystemException("cannot %s: %s".formatted(doing, e.getMessage()), e);
        } catch (OutsideSystemException e) {
            requireNotStopped();
            throw e;
        }
    }

    private void requireOurs() {
        try (Stream<Path> inside = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            if (!Files.exists(folder.resolve(LAYOUT))
                    && inside.map(path -> path.getFileName().toString())
                            .anyMatch(name -> !name.equals("blobs") && !name.startsWith("."))) {
                throw new InvalidInputException(
                        "%s holds other things than published models; name another folder".formatted(folder));
            }
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private void put(Digest digest, AtomicFiles.Content content, String doing) throws IOException {
        Path file = file(digest);
        boolean there = Files.exists(file) && Digests.of(file).equals(digest);
        if (!there) {
            AtomicFiles.write(file, content);
            if (!Digests.of(file).equals(digest)) {
                Files.delete(file);
                throw new OutsideSystemException(
                        "cannot %s: a file was changed while it was being published".formatted(doing));
            }
        }
    }

    private void tag(List<Registry.Tagged> manifests) {
        ObjectNode index = index();
        List<JsonNode> entries = new ArrayList<>();
        index.path("manifests").forEach(entries::add);
        for (Registry.Tagged tagged : manifests) {
            boolean byDigest = tagged.qualifier().startsWith("sha256:");
            if (!byDigest) {
                entries.removeIf(entry -> tag(entry).equals(tagged.qualifier()));
                ObjectNode entry = Json.mapper().createObjectNode();
                entry.put("mediaType", tagged.manifest().getManifestMediaType())
                        .put("digest", tagged.manifest().digest().value())
                        .put("size", tagged.manifest().bytes().length);
                entry.putObject("annotations").put(TAG, tagged.qualifier());
                entries.add(entry);
            }
        }
        ArrayNode all = index.putArray("manifests");
        entries.forEach(all::add);
        AtomicFiles.write(folder.resolve(INDEX), Json.write(index));
    }

    private void removeLeft() throws IOException {
        Path blobs = folder.resolve("blobs").resolve("sha256");
        if (Files.isDirectory(blobs)) {
            try (Stream<Path> all = Files.list(blobs)) {
                for (Path file : all.filter(FolderBlobs::isLeft).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isLeft(Path file) {
        try {
            return file.toString().endsWith(".part")
                    && Files.getLastModifiedTime(file)
                            .toInstant()
                            .isBefore(Instant.now().minus(LEFT));
        } catch (IOException e) {
            // Another publisher has just finished it.
            return false;
        }
    }

    @Override
    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        index().path("manifests").forEach(entry -> tags.add(tag(entry)));
        return tags;
    }
}
