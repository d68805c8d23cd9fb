package io.mlcicd.deployment.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.deployment.artifact.ModelVersion.VersionFile;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.registry.Registry;
import io.mlcicd.registry.Registry.FoundManifest;
import io.mlcicd.registry.Registry.Tagged;
import io.mlcicd.registry.Registry.Upload;
import io.mlcicd.signature.Attachment;
import io.mlcicd.signature.ImageSignature;
import io.mlcicd.signature.SigningKey;
import io.mlcicd.signature.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Versions as OCI artifacts. The tag of a name is the version that it points at, so other tools can pull it; what is noted
 * of the name is under a tag beside it, which is written first. A version's own tag is its release.
 */
final class OciStore implements VersionStore {

    private static final String NOTED = ".publications";

    private final Blobs blobs;
    private final String place;

    OciStore(Blobs blobs, String place) {
        this.blobs = blobs;
        this.place = place;
    }

    @Override
    public void store(ModelVersion version, Path folder, Progress progress) throws InterruptedException {
        OciForm.Form form = OciForm.of(version.content());
        Map<Digest, Upload> uploads = new LinkedHashMap<>();
        for (VersionFile file : version.content().files()) {
            Path source = folder.resolve(file.path());
            uploads.put(file.digest(), new Upload(file.digest(), out -> Files.copy(source, out)));
        }
        uploads.put(
                OciForm.config(form.manifest()),
                new Upload(OciForm.config(form.manifest()), out -> out.write(form.config())));
        AtomicInteger done = new AtomicInteger();
        String doing = "publish release " + version.content().release() + " to " + place;
        blobs.push(
                List.copyOf(uploads.values()),
                List.of(new Tagged(form.manifest(), version.content().release())),
                doing,
                digest -> progress.step("publishing to " + place, 0.3 + 0.3 * done.incrementAndGet() / uploads.size()));
    }

    @Override
    public void sign(ModelVersion version, SigningKey key) throws InterruptedException {
        String doing = "sign " + version.digest() + " in " + place;
        String tag = Attachment.tag(version.digest(), ".sig");
        List<JsonNode> before = new ArrayList<>();
        blobs.manifest(tag, doing)
                .ifPresent(found -> found.manifest().content().path("layers").forEach(before::add));
        byte[] payload = ImageSignature.payload(place, version.digest());
        Attachment signature =
                Attachment.signature(payload, Base64.getEncoder().encodeToString(key.sign(payload)), before);
        blobs.push(signature.blobs(), List.of(new Tagged(signature.manifest(), tag)), doing, digest -> {});
    }

    @Override
    public boolean isSigned(Digest version, VerificationKey key) throws InterruptedException {
        String doing = "verify " + version + " in " + place;
        Optional<FoundManifest> signatures = blobs.manifest(Attachment.tag(version, ".sig"), doing);
        if (signatures.isEmpty()) {
            return false;
        }
        for (JsonNode layer : signatures.get().manifest().content().path("layers")) {
            byte[] payload = blobs.blob(new Digest(layer.path("digest").asText()), doing);
            String signature =
                    layer.path("annotations").path(Attachment.SIGNATURE).asText();
            if (ImageSignature.holds(payload, signature, version, key)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<ModelVersion> version(Digest digest) throws InterruptedException {
        return read(digest.value());
    }

    @Override
    public Optional<ModelVersion> ofRelease(String release) throws InterruptedException {
        return read(release);
    }

    private Optional<ModelVersion> read(String qualifier) throws InterruptedException {
        String doing = "read " + qualifier + " in " + place;
        Optional<FoundManifest> found = blobs.manifest(qualifier, doing);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        requireOurs(found.get(), qualifier, OciForm.MODEL);
        byte[] config = blobs.blob(OciForm.config(found.get().manifest()), doing);
        return Optional.of(OciForm.version(found.get().digest(), found.get().manifest(), config));
    }

    private void requireOurs(FoundManifest found, String qualifier, String type) {
        if (!OciForm.type(found.manifest()).equals(type)) {
            throw new InvalidInputException(
                    "'%s' in %s is no published model (its type is '%s'); name another repository, folder or deployment"
                            .formatted(qualifier, place, OciForm.type(found.manifest())));
        }
    }

    @Override
    public void fetch(ModelVersion version, Path folder, Progress progress) throws InterruptedException {
        List<Registry.Download> downloads = new ArrayList<>();
        List<VersionFile> files = version.content().files();
        try {
            for (VersionFile file : files) {
                Path target = folder.resolve(file.path());
                Files.createDirectories(target.getParent());
                downloads.add(new Registry.Download(file.digest(), target));
            }
            AtomicInteger done = new AtomicInteger();
            blobs.download(
                    downloads,
                    "pull " + version.digest() + " from " + place,
                    digest -> progress.step("pulling from " + place, (double) done.incrementAndGet() / files.size()));
            for (VersionFile file : files) {
                if (file.executable() && !folder.resolve(file.path()).toFile().setExecutable(true, false)) {
                    throw new IOException(file.path() + " cannot be made executable");
                }
            }
        } catch (IOException e) {
            throw new OutsideSystemException("cannot write to %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    @Override
    public Publications publications(String name) throws InterruptedException {
        String doing = "read what '" + name + "' points at in " + place;
        Optional<FoundManifest> pointed = blobs.manifest(name, doing);
        if (pointed.isEmpty()) {
            return Publications.NONE;
        }
        boolean withdrawn = OciForm.type(pointed.get().manifest()).equals(OciForm.WITHDRAWN);
        if (!withdrawn) {
            requireOurs(pointed.get(), name, OciForm.MODEL);
        }
        Optional<FoundManifest> noted = blobs.manifest(name + NOTED, doing);
        List<Publication> entries = noted.isEmpty()
                ? List.of()
                : OciForm.publications(blobs.blob(OciForm.config(noted.get().manifest()), doing));
        return Publications.upTo(entries, withdrawn ? Optional.empty() : pointed.map(FoundManifest::digest));
    }

    @Override
    public void point(String name, Publications publications) throws InterruptedException {
        String doing = "let '" + name + "' point at a version in " + place;
        Publication next = publications.current().orElseThrow();
        OciForm.Form version = OciForm.of(version(next.version())
                .orElseThrow(() -> new OutsideSystemException(
                        "the version %s is not in %s any more".formatted(next.version(), place)))
                .content());
        if (!version.manifest().digest().equals(next.version())) {
            throw new OutsideSystemException("the version %s in %s was published by another version of this tool"
                    .formatted(next.version(), place));
        }
        OciForm.Form noted = OciForm.of(publications.entries());
        push(noted, name + NOTED, doing);
        push(version, name, doing);
    }

    @Override
    public void withdraw(String name) throws InterruptedException {
        push(OciForm.withdrawn(), name, "withdraw '" + name + "' from " + place);
    }

    private void push(OciForm.Form form, String tag, String doing) throws InterruptedException {
        List<Upload> parts = new ArrayList<>();
        for (byte[] part : List.of(form.config(), OciForm.nothing())) {
            parts.add(new Upload(Digests.of(part), out -> out.write(part)));
        }
        blobs.push(parts, List.of(new Tagged(form.manifest(), tag)), doing, digest -> {});
    }

    @Override
    public List<String> names() throws InterruptedException {
        return blobs.tags().stream()
                .filter(tag -> tag.endsWith(NOTED))
                .map(tag -> tag.substring(0, tag.length() - NOTED.length()))
                .toList();
    }
}
