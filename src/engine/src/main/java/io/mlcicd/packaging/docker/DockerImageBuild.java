package io.mlcicd.packaging.docker;

import io.mlcicd.docker.DockerBuild;
import io.mlcicd.docker.DockerCommand;
import io.mlcicd.docker.DockerCredentials;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets a Docker daemon build an image, brings it here as a tarball to look at, and lets the daemon push it. */
public final class DockerImageBuild {

    private final DockerCommand docker;
    private final String name;
    private final Progress progress;

    /** A build of an image of that name. */
    public DockerImageBuild(DockerCommand docker, String name, Progress progress) {
        this.docker = docker;
        this.name = name;
        this.progress = progress;
    }

    /**
     * Builds the image, under its name, in the daemon.
     *
     * @return its id
     */
    public String build(Path context, Path dockerfile, Map<String, String> labels, String platform)
            throws InterruptedException {
        progress.step("building " + name + " with Docker", 0.1);
        // A daemon builds for its own platform anyway; some refuse to be told.
        boolean own = docker.version().platform().equals(platform);
        return docker.build(
                new DockerBuild(
                        context,
                        dockerfile,
                        List.of(name),
                        Map.of(),
                        labels,
                        own ? Optional.empty() : Optional.of(platform),
                        docker.hasBridge() ? List.of() : List.of("--network=host")),
                progress::line);
    }

    /** Id of the image that a Dockerfile builds on; empty for none, and when the daemon keeps no copy of it. */
    public Optional<String> baseId(String dockerfile) throws InterruptedException {
        Optional<String> base = DockerfileBase.of(dockerfile);
        return base.isPresent() && docker.hasImage(base.get())
                ? Optional.of(docker.image(base.get()).id())
                : Optional.empty();
    }

    /** Writes it as an OCI image layout into a tarball in the folder {@code work}. */
    public Path tarball(Path work) throws InterruptedException, ClosedByInterruptException {
        progress.step("saving " + name, 0.4);
        Path saved = work.resolve("saved.tar");
        Path layout = work.resolve("image.tar");
        docker.save(name, saved);
        try {
            Path blobs = Files.createDirectories(work.resolve("blobs"));
            SavedImage.convert(saved, layout, name, blobs);
            Files.delete(saved);
            return layout;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read what docker save wrote: " + e.getMessage(), e);
        }
    }

    /**
     * Pushes what was built, and makes sure that its name has not been given to another image since.
     *
     * @return digest of the manifest that the registry has
     */
    public Digest push(String id, Optional<DockerCredentials> credentials) throws InterruptedException {
        progress.step("pushing " + name + " with Docker", 0.6);
        if (!docker.image(name).id().equals(id)) {
            throw new OutsideSystemException(
                    "cannot push %s: the name has been given to another image while this one was checked"
                            .formatted(name));
        }
        return docker.push(name, credentials, progress::line);
    }
}
