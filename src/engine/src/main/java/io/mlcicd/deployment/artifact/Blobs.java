package io.mlcicd.deployment.artifact;

import io.mlcicd.lineage.Digest;
import io.mlcicd.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Contents by digest, and manifests by digest or tag: a registry's repository, or a folder laid out like one. */
interface Blobs {

    /** The manifest under a tag or digest; empty when there is none. */
    Optional<Registry.FoundManifest> manifest(String qualifier, String doing) throws InterruptedException;

    /** A small content. */
    byte[] blob(Digest digest, String doing) throws InterruptedException;

    /** Writes contents to files. */
    void download(List<Registry.Download> blobs, String doing, Consumer<Digest> done) throws InterruptedException;

    /** Puts contents and then, in their order, manifests there; a tag moves at once. */
    void push(List<Registry.Upload> blobs, List<Registry.Tagged> manifests, String doing, Consumer<Digest> done)
            throws InterruptedException;

    /** All tags; none where the place does not list them. */
    List<String> tags() throws InterruptedException;
}
