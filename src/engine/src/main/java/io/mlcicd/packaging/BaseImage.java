package io.mlcicd.packaging;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import io.mlcicd.operation.InvalidInputException;
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

    /** An image that a registry has. */
    record InRegistry(ImageReference name) implements BaseImage {
        @Override
        public JibContainerBuilder from(RegistryAccess access) {
            return Jib.from(access.to(name));
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
    static BaseImage of(PackagingRequest request) {
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
            return new Tarball(tarball);
        }
        try {
            return new InRegistry(ImageReference.parse(base));
        } catch (InvalidImageReferenceException e) {
            throw new InvalidInputException(
                    "base: '%s' is not an image; write '%s', a name such as python:3.12-slim, or the path of a .tar"
                            .formatted(base, PackagingRequest.SCRATCH),
                    e);
        }
    }
}
