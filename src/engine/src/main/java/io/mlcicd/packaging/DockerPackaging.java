package io.mlcicd.packaging;

import io.mlcicd.docker.DockerCredentials;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.packaging.docker.DockerImageBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Packages through a Docker daemon: from the user's Dockerfile, or from one that is generated and kept. */
final class DockerPackaging implements ImageMaker {

    private final PackagingRequest request;
    private final ImageTarget target;
    private final Path work;
    private final DockerImageBuild build;
    private final Progress progress;
    private String id = "";
    private Optional<String> base = Optional.empty();

    /** @throws InvalidInputException when the image is to be for several platforms */
    DockerPackaging(PackagingRequest request, ImageTarget target, Path work, Progress progress) {
        if (target.platforms().size() > 1) {
            throw new InvalidInputException("platforms: Docker builds for one platform at a time, but %d are asked for;"
                            .formatted(target.platforms().size())
                    + " leave 'builder' out to build them without a daemon");
        }
        this.request = request;
        this.target = target;
        this.work = work;
        this.progress = progress;
        this.build =
                new DockerImageBuild(request.docker().command(), target.name().toStringWithQualifier(), progress);
    }

    @Override
    public ImageTarball tarball(ImageContents contents, Instant created, Map<String, String> labels)
            throws IOException, InterruptedException {
        Path dockerfile;
        Path context;
        if (request.docker().dockerfile().isPresent()) {
            ProjectFolder folder = new ProjectFolder(request.baseDirectory());
            dockerfile = folder.existing(request.docker().dockerfile().get(), "dockerfile");
            context = request.baseDirectory();
        } else {
            context = Files.createDirectories(work.resolve("context"));
            dockerfile = new GeneratedContext(request, target, progress).write(contents, context, work);
        }
        id = build.build(context, dockerfile, labels, request.platforms().get(0));
        base = build.baseId(Files.readString(dockerfile));
        return ImageTarball.open(build.tarball(work));
    }

    @Override
    public Digest push(ImageTarball image) throws InterruptedException {
        String registry = target.name().getRegistry();
        return build.push(
                id, request.credentials().map(who -> new DockerCredentials(registry, who.username(), who.secret())));
    }

    @Override
    public Optional<Set<Digest>> sent() {
        return Optional.empty();
    }

    @Override
    public List<ImageLayer> layers(ImageTarball image, ImageContents contents) {
        return image.layers().stream()
                .map(layer -> new ImageLayer("image", OptionalInt.empty(), layer.size(), layer.digest()))
                .toList();
    }

    @Override
    public boolean inDaemon() {
        return true;
    }

    @Override
    public Optional<String> daemonId() {
        return Optional.of(id);
    }

    @Override
    public Optional<String> daemonBase() {
        return base;
    }
}
