package io.mlcicd.packaging;

import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.GitCommit;
import io.mlcicd.lineage.GitRepository;
import io.mlcicd.lineage.ImageRef;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a model and the files it needs into an OCI image, without a Docker daemon. The image's digest follows from the
 * input alone, on every machine whose Java compresses alike (layers are gzipped by the zlib that comes with it). The
 * working directory is {@code /app}; files and model lie there under the paths they have in the project, in two
 * layers, the model on top.
 */
public final class PackageModel implements Operation<PackagingRequest, PackagingDetails> {

    @Override
    public Result<PackagingDetails> run(PackagingRequest request, Progress progress) throws InterruptedException {
        try {
            return packaged(request, progress);
        } catch (ClosedByInterruptException e) {
            throw interruption(e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read a file to package: " + RegistryFailure.oneLine(e), e);
        }
    }

    private static Result<PackagingDetails> packaged(PackagingRequest request, Progress progress)
            throws IOException, InterruptedException {
        Instant started = Instant.now();
        long clock = System.nanoTime();
        ImageTarget target = ImageTarget.of(request);
        BaseImage base = BaseImage.of(request);
        RegistryAccess access = new RegistryAccess(
                target.name().getRegistry(), request.credentials(), request.allowInsecureRegistries());
        progress.step("reading " + request.modelPath(), 0);
        ImageContents contents = ImageContents.of(request);
        List<Artifact> files = contents.fileArtifacts();
        LineageRecord origin = origin(request, contents.model());
        Map<String, String> labels = ImageLabels.of(request.model().name(), contents.model(), base, origin);

        try (WorkFolder work = WorkFolder.nextTo(request.output())) {
            ImageBuild build = new ImageBuild(target, access, work.path(), progress);
            Path tarball = build.tarball(request, base, contents, labels);
            ImageTarball image = ImageTarball.open(tarball);
            Map<String, Double> metrics = metrics(image, contents);
            List<GateResult> gates = Gates.hold(request.gates(), Metrics.of(metrics), Optional.empty());
            Verdict verdict = Verdict.of(gates);
            Optional<String> pushed = Optional.empty();
            if (request.push() && verdict != Verdict.FAILED) {
                build.push(tarball, image.digest());
                pushed = Optional.of(target.pinned(image.digest()));
            }
            request.output().ifPresent(output -> WorkFolder.putInPlace(tarball, output));
            PackagingDetails details = new PackagingDetails(
                    new ImageRef(target.name().toStringWithQualifier(), image.digest()),
                    request.base(),
                    request.platform(),
                    request.output().map(output -> output.toString().replace('\\', '/')),
                    image.bytes(),
                    ImageLayer.of(image, contents),
                    pushed,
                    contents.model(),
                    files,
                    labels);
            progress.step("packaged " + target.name(), 1);
            return new Result<>(
                    Result.SCHEMA_VERSION,
                    Stage.PACKAGE,
                    Tool.current(),
                    Optional.of(request.model()),
                    verdict,
                    started,
                    (System.nanoTime() - clock) / 1e9,
                    inputs(details, base),
                    metrics,
                    gates,
                    origin.withImage(details.image()),
                    details);
        }
    }

    /** What is known, with the model and the commit; what is known of another model must not be told of this one. */
    private static LineageRecord origin(PackagingRequest request, Artifact model) throws InterruptedException {
        request.known()
                .model()
                .filter(known -> !known.digest().equals(model.digest()))
                .ifPresent(known -> {
                    throw new InvalidInputException(
                            ("model: '%s' has changed since it was trained or evaluated (sha256 %s then, %s now);"
                                            + " evaluate it again before it is packaged")
                                    .formatted(
                                            request.modelPath(),
                                            known.digest().abbreviated(),
                                            model.digest().abbreviated()));
                });
        LineageRecord origin = request.known().withModel(model);
        if (origin.commit().isPresent()) {
            return origin;
        }
        Optional<GitCommit> commit = GitRepository.read(request.baseDirectory());
        return commit.map(origin::withCommit).orElse(origin);
    }

    private static Map<String, Double> metrics(ImageTarball image, ImageContents contents) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("image.bytes", (double) image.bytes());
        metrics.put("image.layers", (double) image.layers().size());
        metrics.put("model.bytes", (double) contents.model().bytes());
        metrics.put("model.files", (double) contents.modelFiles().size());
        return metrics;
    }

    private static List<Artifact> inputs(PackagingDetails details, BaseImage base) throws IOException {
        List<Artifact> inputs = new ArrayList<>(List.of(details.model()));
        inputs.addAll(details.files());
        if (base.tarball().isPresent()) {
            inputs.add(Digests.artifact("base", details.base(), base.tarball().get()));
        }
        return List.copyOf(inputs);
    }

    private static InterruptedException interruption(ClosedByInterruptException cause) {
        // The flag is still set; whoever gets the exception must not be interrupted a second time by it.
        Thread.interrupted();
        InterruptedException interruption = new InterruptedException("packaging was interrupted");
        interruption.initCause(cause);
        return interruption;
    }
}
