package io.mlcicd.deployment.artifact;

import io.mlcicd.lineage.Digest;
import io.mlcicd.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A repository of a registry. */
final class RegistryBlobs implements Blobs {

    private final Registry registry;
    private final String repository;

    RegistryBlobs(Registry registry, String repository) {
        this.registry = registry;
        this.repository = repository;
    }

    @Override
    public Optional<Registry.FoundManifest> manifest(String qualifier, String doing) throws InterruptedException {
        return registry.manifest(qualifier, doing);
    }

    @Override
    public byte[] blob(Digest digest, String doing) throws InterruptedException {
        return registry.blob(digest, doing);
    }

    @Override
    public void download(List<Registry.Download> blobs, String doing, Consumer<Digest> done)
            throws InterruptedException {
        registry.download(blobs, doing, done);
    }

    @Override
    public void push(List<Registry.Upload> blobs, List<Registry.Tagged> manifests, String doing, Consumer<Digest> done)
            throws InterruptedException {
        registry.push(blobs, manifests, doing, done);
    }

    @Override
    public List<String> tags() {
        return List.of();
    }

    @Override
    public String toString() {
        return repository;
    }
}
