package io.mlcicd.packaging;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.registry.Registry;
import io.mlcicd.registry.RegistryAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What an image is built on. */
sealed interface BaseImage {

    /** A builder that starts from this base. */
    JibContainerBuilder from(RegistryAccess access);

    /** The base's name in its registry; empty for one that comes from none. */
    default Optional<ImageReference> reference() {
        return Optional.empty();
    }

    /** A tarball that is read; empty for a base that is none. */
    default Optional<Path> tarball() {
        return Optional.empty();
    }

    /** Nothing at all. */
    record Scratch() implements BaseImage {
        @Override
        public JibContainerBuilder from(RegistryAccess access) {
            return Jib.fromScratch();
        }
    }

    /** The digest that is built on, once it is known; empty for a base that comes from no registry. */
    default Optional<Digest> digest() {
        return Optional.empty();
    }

    /** This base, fixed to what its name means now. */
    default BaseImage resolved(RegistryAccess access) throws InterruptedException {
        return this;
    }

    /**
     * An image that a registry has.
     *
     * @param name as the user wrote it
     * @param digest of what the name means; empty as long as nobody asked
     */
    record InRegistry(ImageReference name, Optional<Digest> digest) implements BaseImage {
        @Override
        public JibContainerBuilder from(RegistryAccess access) {
            ImageReference fixed = digest.map(
                            found -> ImageReference.of(name.getRegistry(), name.getRepository(), null, found.value()))
                    .orElse(name);
            return Jib.from(access.to(fixed));
        }

        @Override
        public BaseImage resolved(RegistryAccess access) throws InterruptedException {
            String doing = "get the base image " + name;
            Digest found = new Registry(name, access)
                    .manifest(name.getQualifier(), doing)
                    .map(Registry.FoundManifest::digest)
                    .orElseThrow(() -> new OutsideSystemException(
                            "cannot %s: the registry %s has no such image; check its name and tag"
                                    .formatted(doing, name.getRegistry())));
            return new InRegistry(name, Optional.of(found));
        }

        @Override
        public Optional<ImageReference> reference() {
            return Optional.of(name);
        }
    }

    /** A tarball as {@code docker save} writes it. */
    record Tarball(Path path) implements BaseImage {
        @Override
        public JibContainerBuilder from(RegistryAccess access) {
            return Jib.from(TarImage.at(path));
        }

        @Override
        public Optional<Path> tarball() {
            return Optional.of(path);
        }
    }

    /**
     * Understands how the user named the base.
     *
     * @throws InvalidInputException when it is neither a file nor an image's name
     */
    static BaseImage of(PackagingRequest request, ImageTarget target) {
        String base = request.base();
        if (base.equals(PackagingRequest.SCRATCH)) {
            return new Scratch();
        }
        boolean path = base.endsWith(".tar") || base.startsWith(".") || base.startsWith("/");
        if (path) {
            Path tarball = request.baseDirectory().resolve(base);
            if (!Files.isRegularFile(tarball)) {
                throw new InvalidInputException("base: there is no tarball " + tarball);
            }
            if (target.platforms().size() > 1) {
                throw new InvalidInputException(
                        "base: the tarball %s is for one platform, but the image is to be for %d; name a base in a registry"
                                .formatted(base, target.platforms().size()));
            }
            return new Tarball(tarball);
        }
        try {
            return new InRegistry(ImageReference.parse(base), Optional.empty());
        } catch (InvalidImageReferenceException e) {
            throw new InvalidInputException(
                    "base: '%s' is not an image; write '%s', a name such as python:3.12-slim, or the path of a .tar"
                            .formatted(base, PackagingRequest.SCRATCH),
                    e);
        }
    }
}
