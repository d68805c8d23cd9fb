package io.mlcicd.packaging;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Builds one image, first into a tarball and from there, if wished, to its registry: what is pushed is then exactly
 * what was inspected, even if the base's tag has moved in between.
 */
final class ImageBuild {

    private static final AbsoluteUnixPath APP = AbsoluteUnixPath.get("/app");

    private final ImageTarget target;
    private final RegistryAccess access;
    private final Path work;
    private final Progress progress;

    /** A build that keeps everything half done in the folder {@code work}. */
    ImageBuild(ImageTarget target, RegistryAccess access, Path work, Progress progress) {
        this.target = target;
        this.access = access;
        this.work = work;
        this.progress = progress;
    }

    /**
     * Builds the image into a tarball in the work folder.
     *
     * @throws IOException when a file to package cannot be read
     */
    Path tarball(PackagingRequest request, BaseImage base, ImageContents contents, Map<String, String> labels)
            throws IOException, InterruptedException {
        // A map need not keep an order, but the same input must give the same bytes.
        JibContainerBuilder image = plain(base.from(access))
                .setWorkingDirectory(APP)
                .setEnvironment(new TreeMap<>(request.env()))
                .setLabels(labels);
        if (!request.command().isEmpty()) {
            image.setEntrypoint(request.command());
        }
        // The model comes last, so that a new model leaves all layers below as they are.
        if (!contents.files().isEmpty()) {
            image.addFileEntriesLayer(LayerFiles.layer("files", contents.files(), APP));
        }
        image.addFileEntriesLayer(LayerFiles.layer("model", contents.modelFiles(), APP));
        Path tarball = work.resolve("image.tar");
        Containerizer run = Containerizer.to(TarImage.at(tarball).named(target.name()))
                .setApplicationLayersCache(work.resolve("layers"))
                .setAllowInsecureRegistries(
                        base.reference().filter(access::mayBeInsecure).isPresent());
        Digest digest = JibRun.run(
                image,
                new JibEvents(progress, "building " + target.name(), 0.1, request.push() ? 0.5 : 0.9).of(run),
                failure -> explain(base, failure));
        return verified(tarball, digest);
    }

    /** Pushes the image in the tarball to its registry, and makes sure that the registry got that very image. */
    void push(Path tarball, Digest expected) throws InterruptedException {
        RegistryFailure failure = new RegistryFailure(
                "push " + target.name(), target.name().getRegistry(), access.givenFor(target.name()));
        try {
            RegistryAccess.requireAddress(target.name());
        } catch (UnknownHostException e) {
            throw failure.because(e);
        }
        Containerizer run = Containerizer.to(access.to(target.name()))
                .setBaseImageLayersCache(work.resolve("pushed"))
                .setApplicationLayersCache(work.resolve("layers"))
                .setAllowInsecureRegistries(access.mayBeInsecure(target.name()));
        Digest pushed = JibRun.run(
                plain(Jib.from(TarImage.at(tarball))),
                new JibEvents(progress, "pushing " + target.name(), 0.5, 0.95).of(run),
                failure::because);
        if (!pushed.equals(expected)) {
            throw new OutsideSystemException("the image pushed as %s has the digest %s, but the one built has %s"
                    .formatted(target.name(), pushed, expected));
        }
    }

    private JibContainerBuilder plain(JibContainerBuilder image) {
        return image.setFormat(ImageFormat.OCI).setCreationTime(Instant.EPOCH).setPlatforms(Set.of(target.platform()));
    }

    private static Path verified(Path tarball, Digest digest) throws ClosedByInterruptException {
        try {
            TarballCompletion.complete(tarball);
            Digest written = ImageTarball.open(tarball).digest();
            if (!written.equals(digest)) {
                throw new OutsideSystemException(
                        "the tarball holds the image %s, but %s was built".formatted(written, digest));
            }
            return tarball;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new OutsideSystemException("the image's tarball is damaged on disk: " + e.getMessage(), e);
        }
    }

    private RuntimeException explain(BaseImage base, Throwable failure) {
        if (base.tarball().isPresent()) {
            return new InvalidInputException(
                    "cannot build on %s: %s; it must be a tarball as docker save writes it"
                            .formatted(base.tarball().get(), RegistryFailure.oneLine(failure)),
                    failure);
        }
        if (base.reference().isEmpty()) {
            return new OutsideSystemException("cannot build the image: " + RegistryFailure.oneLine(failure), failure);
        }
        ImageReference reference = base.reference().get();
        return new RegistryFailure(
                        "get the base image " + reference, reference.getRegistry(), access.givenFor(reference))
                .because(failure);
    }
}
