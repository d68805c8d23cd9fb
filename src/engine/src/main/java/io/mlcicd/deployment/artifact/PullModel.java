package io.mlcicd.deployment.artifact;

import io.mlcicd.document.Spelling;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.signature.VerificationKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Brings a published version of a model to an application: every file is what its digest says, the signature is verified
 * where one is asked for, and the folder holds the old version or the new one, never a part.
 */
public final class PullModel {

    /** A place with what is asked for there. */
    private record Asked(ArtifactPlace place, Optional<String> name, Optional<String> version) {}

    /** A version, and the publication that it was found by. */
    private record Found(ModelVersion version, Optional<Publication> publication) {}

    /**
     * Pulls it.
     *
     * @throws InvalidInputException when there is no such version, its signature is missing, or the folder holds other
     *     things
     * @throws OutsideSystemException when the registry or the disk fails, or content does not match its digest
     */
    public PulledModel run(PullRequest request, Progress progress) throws InterruptedException {
        Optional<VerificationKey> key = request.key().map(VerificationKey::read);
        PulledFolder folder = new PulledFolder(request.to());
        folder.requireFree();
        if (PullRequest.isInMlflow(request.reference())) {
            return new RegisteredPull(request, key, folder).run(progress);
        }
        Asked asked = asked(request);
        VersionStore store = asked.place().open();
        progress.step("looking for " + request.reference(), 0);
        Found found = found(request, asked, store);
        ModelVersion version = found.version();
        boolean signed = key.isPresent() && store.isSigned(version.digest(), key.get());
        Optional<String> refused = key.isPresent() && !signed
                ? Optional.of("%s (%s) has no signature of the key %s; it was not put into %s"
                        .formatted(
                                request.reference(),
                                version.digest(),
                                request.key().orElseThrow(),
                                request.to()))
                : Optional.empty();
        boolean changed = refused.isEmpty() && folder.put(new StoredFiles(version, store), progress);
        ModelVersion.Content content = version.content();
        Optional<Publication> publication = found.publication();
        return new PulledModel(
                request.reference(),
                version.digest(),
                Optional.of(content.release()),
                Optional.empty(),
                content.model(),
                content.modelPath(),
                content.modelDigest(),
                content.commit(),
                content.data(),
                publication.map(Publication::since),
                publication.map(Publication::by),
                publication.flatMap(Publication::approvedBy),
                signed,
                refused,
                content.files().size(),
                content.bytes(),
                request.to().toString(),
                changed);
    }

    private static Asked asked(PullRequest request) {
        String reference = request.reference();
        int at = reference.indexOf('@');
        Optional<String> digest = at < 0 ? Optional.empty() : Optional.of(reference.substring(at + 1));
        String rest = at < 0 ? reference : reference.substring(0, at);
        int colon = rest.lastIndexOf(':');
        boolean named = colon > rest.lastIndexOf('/');
        Path whole = Path.of(rest);
        Optional<Path> folder = FolderBlobs.isLayout(whole)
                ? Optional.of(whole)
                : Optional.of(Path.of(named ? rest.substring(0, colon) : rest)).filter(FolderBlobs::isLayout);
        boolean isFolder = folder.isPresent();
        if (!isFolder && (rest.startsWith("/") || rest.startsWith("."))) {
            throw new InvalidInputException(
                    "nothing is published in the folder of '%s'; it has no %s".formatted(reference, "oci-layout"));
        }
        boolean hasName = named && !folder.filter(whole::equals).isPresent();
        return new Asked(
                isFolder
                        ? new FolderPlace(folder.get())
                        : new RegistryPlace(named ? rest.substring(0, colon) : rest, request.credentials()),
                hasName ? Optional.of(rest.substring(colon + 1)) : Optional.empty(),
                request.version().or(() -> digest));
    }

    private static Found found(PullRequest request, Asked asked, VersionStore store) throws InterruptedException {
        if (asked.version().isPresent()) {
            return byVersion(request, asked.version().get(), asked.name(), store);
        }
        String name = asked.name().isPresent() ? asked.name().get() : onlyName(request, store);
        Publications all = store.publications(name);
        Optional<Publication> current = all.current();
        if (current.isPresent()) {
            return new Found(required(store, current.get().version(), request), current);
        }
        if (!all.entries().isEmpty()) {
            throw new InvalidInputException(
                    "'%s' was withdrawn; nothing is published under that name".formatted(request.reference()));
        }
        Optional<ModelVersion> tagged = store.ofRelease(name);
        if (tagged.isEmpty()) {
            throw nothing(request, name, store.names());
        }
        return new Found(tagged.get(), Optional.empty());
    }

    private static Found byVersion(PullRequest request, String version, Optional<String> name, VersionStore store)
            throws InterruptedException {
        if (!version.matches("sha256:[0-9a-f]{64}|[0-9a-f]{12}")) {
            throw new InvalidInputException(
                    "'%s' is no version; name a digest, sha256: and 64 digits, or a release's twelve digits"
                            .formatted(version));
        }
        Optional<ModelVersion> found =
                version.startsWith("sha256:") ? store.version(new Digest(version)) : store.ofRelease(version);
        ModelVersion there = found.orElseThrow(() -> new InvalidInputException(
                "there is no version %s where '%s' is".formatted(version, request.reference())));
        Optional<Publication> publication =
                name.isPresent() ? store.publications(name.get()).of(there.digest()) : Optional.empty();
        return new Found(there, publication);
    }

    private static ModelVersion required(VersionStore store, Digest digest, PullRequest request)
            throws InterruptedException {
        return store.version(digest)
                .orElseThrow(() -> new OutsideSystemException(
                        "'%s' points at %s, which is not there any more".formatted(request.reference(), digest)));
    }

    private static String onlyName(PullRequest request, VersionStore store) throws InterruptedException {
        List<String> names = store.names();
        if (names.size() != 1) {
            throw new InvalidInputException("'%s' does not say which model; name it as %s:NAME%s"
                    .formatted(
                            request.reference(),
                            request.reference(),
                            names.isEmpty() ? "" : " with one of: " + String.join(", ", names)));
        }
        return names.get(0);
    }

    private static InvalidInputException nothing(PullRequest request, String name, List<String> names) {
        return new InvalidInputException("nothing is published as '%s'%s%s"
                .formatted(
                        request.reference(),
                        Spelling.hint(name, names),
                        names.isEmpty() ? "" : "; there are: " + String.join(", ", names)));
    }
}
