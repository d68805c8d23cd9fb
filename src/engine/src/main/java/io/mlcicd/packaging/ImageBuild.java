package io.mlcicd.packaging;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.packaging.LayoutTarball.Built;
import io.mlcicd.registry.RegistryAccess;
import io.mlcicd.registry.RegistryFailure;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Builds one image, for every platform by itself, and puts all into one tarball. */
final class ImageBuild implements ImageMaker {

    private static final AbsoluteUnixPath APP = AbsoluteUnixPath.get("/app");
    private static final String PYTHON_PATH = "PYTHONPATH";

    private final PackagingRequest request;
    private final BaseImage base;
    private final ImageTarget target;
    private final RegistryAccess access;
    private final Path work;
    private final Progress progress;
    private Optional<Set<Digest>> sent = Optional.empty();

    /** A build that keeps everything half done in the folder {@code work}. */
    ImageBuild(
            PackagingRequest request,
            BaseImage base,
            ImageTarget target,
            RegistryAccess access,
            Path work,
            Progress progress) {
        this.request = request;
        this.base = base;
        this.target = target;
        this.access = access;
        this.work = work;
        this.progress = progress;
    }

    @Override
    public ImageTarball tarball(ImageContents contents, Instant created, Map<String, String> labels)
            throws IOException, InterruptedException {
        List<Built> built = new ArrayList<>();
        double share = (request.push() ? 0.4 : 0.8) / target.platforms().size();
        for (Platform platform : target.platforms()) {
            double from = 0.1 + share * built.size();
            Path tarball = work.resolve("platform-%d.tar".formatted(built.size()));
            Containerizer run = Containerizer.to(TarImage.at(tarball).named(target.name()))
                    .setApplicationLayersCache(work.resolve("layers"))
                    .setAllowInsecureRegistries(
                            base.reference().filter(access::mayBeInsecure).isPresent());
            Digest digest = JibRun.run(
                    image(contents, platform).setCreationTime(created).setLabels(labels),
                    new JibEvents(progress, "building " + target.name(), from, from + share).of(run),
                    failure -> explain(failure));
            built.add(new Built(platform, verified(tarball, digest)));
        }
        Path tarball = work.resolve("image.tar");
        try {
            LayoutTarball.write(tarball, target.name().toStringWithQualifier(), built, ImageLabels.annotations(labels));
            for (Built one : built) {
                Files.delete(one.image().file());
            }
            return ImageTarball.open(tarball);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new OutsideSystemException("cannot write the image's tarball: " + e.getMessage(), e);
        }
    }

    /** Pushes the image in the tarball to its registry, and makes sure that the registry got that very image. */
    @Override
    public Digest push(ImageTarball image) throws IOException, InterruptedException {
        sent = Optional.of(ImagePush.push(image, target, access, progress));
        return image.digest();
    }

    @Override
    public Optional<Set<Digest>> sent() {
        return sent;
    }

    @Override
    public List<ImageLayer> layers(ImageTarball image, ImageContents contents) {
        return ImageLayer.of(image, contents);
    }

    @Override
    public boolean inDaemon() {
        return false;
    }

    @Override
    public Optional<String> daemonId() {
        return Optional.empty();
    }

    @Override
    public Optional<String> daemonBase() {
        return Optional.empty();
    }

    private JibContainerBuilder image(ImageContents contents, Platform platform) throws IOException {
        JibContainerBuilder image = base.from(access)
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(platform))
                .setWorkingDirectory(APP)
                .setEnvironment(environment(request));
        if (!request.command().isEmpty()) {
            image.setEntrypoint(request.command());
        }
        // What changes most comes last, so that a new model leaves all layers below as they are.
        if (!contents.dependencies().isEmpty()) {
            image.addFileEntriesLayer(LayerFiles.layer("dependencies", contents.dependencies(), APP));
        }
        if (!contents.files().isEmpty()) {
            image.addFileEntriesLayer(LayerFiles.layer("files", contents.files(), APP));
        }
        return image.addFileEntriesLayer(LayerFiles.layer("model", contents.modelFiles(), APP));
    }

    /** The image's variables, in an order of their own: the same input must give the same bytes. */
    static Map<String, String> environment(PackagingRequest request) {
        Map<String, String> environment = new TreeMap<>(request.env());
        if (!request.dependencies().isEmpty()) {
            List<String> paths = request.dependencies().stream()
                    .map(path -> APP + "/" + path.replaceFirst("^(\\./)+", "").replaceFirst("/+$", ""))
                    .toList();
            environment.putIfAbsent(PYTHON_PATH, String.join(":", paths));
        }
        return environment;
    }

    private static ImageTarball verified(Path tarball, Digest digest) throws ClosedByInterruptException {
        try {
            ImageTarball image = ImageTarball.open(tarball);
            if (!image.digest().equals(digest)) {
                throw new OutsideSystemException(
                        "the tarball holds the image %s, but %s was built".formatted(image.digest(), digest));
            }
            return image;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new OutsideSystemException("the image's tarball is damaged on disk: " + e.getMessage(), e);
        }
    }

    private RuntimeException explain(Throwable failure) {
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
