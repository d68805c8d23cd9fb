package io.mlcicd.deployment.artifact;

import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.Progress;
import io.mlcicd.signature.SigningKey;
import io.mlcicd.signature.VerificationKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Versions of models, each known by the digest of its content, and names that point at one of them. A name moves from one
 * version to another at once: whoever asks gets the one or the other.
 *
 * <p>Every method throws {@link io.mlcicd.operation.InvalidInputException} when the place cannot be used so, {@link
 * io.mlcicd.operation.OutsideSystemException} when it fails or holds what does not match its digest.
 */
public interface VersionStore {

    /** Puts a version there with its files, as often as one likes; no name points at it by that. */
    void store(ModelVersion version, Path folder, Progress progress) throws InterruptedException;

    /** Notes the signature of a version that is there. */
    void sign(ModelVersion version, SigningKey key) throws InterruptedException;

    /** Whether a version that is there is signed with the private key to this one. */
    boolean isSigned(Digest version, VerificationKey key) throws InterruptedException;

    /** The version of that digest; empty when it is not there. */
    Optional<ModelVersion> version(Digest digest) throws InterruptedException;

    /** The version that was published from that release; empty when there is none. */
    Optional<ModelVersion> ofRelease(String release) throws InterruptedException;

    /** Writes all files of a version below a folder, every one found to be what its digest says. */
    void fetch(ModelVersion version, Path folder, Progress progress) throws InterruptedException;

    /** What a name pointed at and points at now. */
    Publications publications(String name) throws InterruptedException;

    /** Lets a name point at the last of these publications from now on. */
    void point(String name, Publications publications) throws InterruptedException;

    /** Lets a name point at nothing; what it pointed at before is not forgotten. */
    void withdraw(String name) throws InterruptedException;

    /** All names that point at a version, where the place can tell them. */
    List<String> names() throws InterruptedException;
}
