package io.mlcicd.packaging;

import io.mlcicd.docker.DockerCredentials;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.packaging.docker.DockerImageBuild;
import io.mlcicd.packaging.docker.GeneratedDockerfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Packages through a Docker daemon: from the user's Dockerfile, or from one that is generated and kept. */
final class DockerPackaging implements ImageMaker {

    /** What a Python model is built on when nobody says otherwise. */
    private static final String PYTHON = "python:3.12-slim";

    private static final String REQUIREMENTS = "requirements.txt";

    private final PackagingRequest request;
    private final ImageTarget target;
    private final Path work;
    private final DockerImageBuild build;
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
            dockerfile = generate(contents, context);
        }
        id = build.build(context, dockerfile, labels, request.platforms().get(0));
        base = build.baseId(Files.readString(dockerfile));
        return ImageTarball.open(build.tarball(work));
    }

    /** Nothing but what goes into the image is sent to the daemon. */
    private Path generate(ImageContents contents, Path context) throws IOException {
        Optional<ProjectFile> requirements = requirements(contents);
        List<ProjectFile> beside = new ArrayList<>(contents.dependencies());
        beside.addAll(contents.files());
        List<ProjectFile> all = new ArrayList<>(beside);
        all.addAll(contents.modelFiles());
        requirements.filter(file -> !all.contains(file)).ifPresent(all::add);
        for (ProjectFile file : all) {
            Path copy = context.resolve(file.path());
            Files.createDirectories(copy.getParent());
            Files.copy(file.source(), copy);
        }
        String text = new GeneratedDockerfile(
                        base(requirements.isPresent()),
                        requirements.map(ProjectFile::path),
                        beside.stream().map(ProjectFile::path).toList(),
                        contents.modelFiles().stream().map(ProjectFile::path).toList(),
                        ImageBuild.environment(request),
                        request.command(),
                        request.serveCheck()
                                .map(serve -> OptionalInt.of(serve.port()))
                                .orElse(OptionalInt.empty()))
                .text();
        request.output().ifPresent(output -> AtomicFiles.write(output.resolveSibling(kept(output)), text));
        return Files.writeString(work.resolve("Dockerfile"), text);
    }

    private static String kept(Path output) {
        return output.getFileName().toString().replaceFirst("\\.tar$", "") + ".Dockerfile";
    }

    private String base(boolean needsPython) throws IOException {
        if (request.base().equals(PackagingRequest.SCRATCH)) {
            return needsPython ? PYTHON : PackagingRequest.SCRATCH;
        }
        if (BaseImage.of(request, target).tarball().isPresent()) {
            throw new InvalidInputException(
                    "base: '%s' is a tarball, but a Dockerfile needs an image's name; load it (docker load -i) and name it"
                            .formatted(request.base()));
        }
        return request.base();
    }

    /** The model's own list goes before the project's, for it names what the model was trained with. */
    private Optional<ProjectFile> requirements(ImageContents contents) {
        Stream<ProjectFile> ofModel =
                contents.modelFiles().stream().filter(file -> file.path().endsWith("/" + REQUIREMENTS));
        Path ofProject = request.baseDirectory().resolve(REQUIREMENTS);
        return ofModel.min(Comparator.comparingInt(file -> file.path().length()))
                .or(() -> Files.isRegularFile(ofProject)
                        ? Optional.of(new ProjectFile(REQUIREMENTS, ofProject))
                        : Optional.empty());
    }

    @Override
    public Digest push(ImageTarball image) throws InterruptedException {
        String registry = target.name().getRegistry();
        return build.push(
                id, request.credentials().map(who -> new DockerCredentials(registry, who.username(), who.secret())));
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
