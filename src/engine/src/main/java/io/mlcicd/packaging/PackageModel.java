package io.mlcicd.packaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.ImageReference;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
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
import io.mlcicd.packaging.check.ServedImage;
import io.mlcicd.packaging.supplychain.Documents;
import io.mlcicd.packaging.supplychain.Subject;
import io.mlcicd.registry.RegistryAccess;
import io.mlcicd.registry.RegistryFailure;
import io.mlcicd.serving.ServeReport;
import io.mlcicd.signature.SigningKey;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts a model and the files it needs into an OCI image, without a Docker daemon unless one is asked for. Without, the
 * image's digest follows from the input alone, on every machine whose Java compresses alike (layers are gzipped by the zlib that comes with it). The
 * working directory is {@code /app}; dependencies, files and model lie there under the paths they have in the project,
 * in a layer each, the model on top.
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
        RegistryAccess access = new RegistryAccess(
                target.name().getRegistry(), request.credentials(), request.allowInsecureRegistries());
        boolean byDocker = request.docker().builds();
        // A daemon finds out by itself what the base's name means.
        BaseImage named = BaseImage.of(request, target);
        BaseImage base = byDocker ? named : named.resolved(access);
        Optional<SigningKey> key = request.supplyChain().key();
        progress.step("reading " + request.modelPath(), 0);
        ImageContents contents = ImageContents.of(request);
        ModelContents inside = ModelContents.of(request, contents);
        Optional<ServedImage> trial = trial(request, progress);
        LineageRecord origin = origin(request, contents.model());
        Instant created = created(request, origin);
        Map<String, String> labels = ImageLabels.of(request.model().name(), contents.model(), base, origin, created);

        try (WorkFolder work = WorkFolder.nextTo(request.output())) {
            ImageMaker maker = byDocker
                    ? new DockerPackaging(request, target, work.path(), progress)
                    : new ImageBuild(request, base, target, access, work.path(), progress);
            ImageTarball image = maker.tarball(contents, created, labels);
            Map<String, Double> metrics = metrics(image, contents);
            inside.addMetrics(metrics);
            Optional<ServeReport> served = Optional.empty();
            if (trial.isPresent()) {
                served = Optional.of(trial.get()
                        .run(
                                image.file(),
                                target.name().toStringWithQualifier(),
                                maker.inDaemon(),
                                request.base().equals(PackagingRequest.SCRATCH)));
                metrics.putAll(served.get().metrics());
            }
            List<GateResult> gates = new ArrayList<>(inside.gates(request.gates(), Metrics.of(metrics)));
            gates.addAll(gates(request.gates(), metrics, served));
            Verdict verdict = Verdict.of(gates);
            Subject built = subject(request, target, image, contents, inside, base, origin, created);
            Documents documents = Documents.of(built, request.supplyChain(), key, parameters(request), started);
            Digest digest = image.digest();
            Optional<String> pushed = Optional.empty();
            if (request.push() && verdict != Verdict.FAILED) {
                digest = maker.push(image);
                if (!digest.equals(image.digest())) {
                    // Docker compresses anew for the registry, whose image is the one to speak of.
                    documents =
                            Documents.of(built.as(digest), request.supplyChain(), key, parameters(request), started);
                }
                maker.sent().ifPresent(sent -> metrics.putAll(image.transfer(sent)));
                documents.push(target.name(), access);
                pushed = Optional.of(target.pinned(digest));
            }
            Documents made = documents;
            request.output().ifPresent(output -> {
                WorkFolder.putInPlace(image.file(), output);
                made.write(output);
            });
            Optional<String> tarball =
                    request.output().map(output -> output.toString().replace('\\', '/'));
            PackagingDetails details = new PackagingDetails(
                    new ImageRef(target.name().toStringWithQualifier(), digest),
                    request.base(),
                    request.platforms().get(0),
                    tarball,
                    image.bytes(),
                    maker.layers(image, contents),
                    pushed,
                    contents.model(),
                    built.files(),
                    labels,
                    base.digest(),
                    request.platforms(),
                    Optional.of(inside.recognised()),
                    inside.pickles(),
                    inside.licences(),
                    made.details(tarball, pushed.map(name -> target.repository())),
                    maker.daemonId(),
                    maker.daemonBase(),
                    served);
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
                    List.copyOf(gates),
                    origin.withImage(details.image()),
                    details);
        }
    }

    /**
     * The check that what is packaged answers; made ready before anything is built, for it may lack an example.
     *
     * @throws InvalidInputException when there is none, or the image is for several platforms
     */
    private static Optional<ServedImage> trial(PackagingRequest request, Progress progress) {
        if (request.serveCheck().isPresent() && request.platforms().size() > 1) {
            throw new InvalidInputException(
                    "serveCheck: what is packaged is started on this host, so it can be for one platform only, not for %d"
                            .formatted(request.platforms().size()));
        }
        return request.serveCheck()
                .map(contract -> ServedImage.prepare(
                        contract,
                        request.baseDirectory().resolve(request.modelPath()),
                        request.docker().command(),
                        progress));
    }

    private static Subject subject(
            PackagingRequest request,
            ImageTarget target,
            ImageTarball image,
            ImageContents contents,
            ModelContents inside,
            BaseImage base,
            LineageRecord origin,
            Instant created)
            throws IOException {
        return new Subject(
                target.repository(),
                image.digest(),
                request.model(),
                contents.model(),
                contents.fileArtifacts(request),
                inside.recognised(),
                base.reference().map(ImageReference::toStringWithQualifier),
                base.digest(),
                origin,
                request.performance(),
                inside.licences().byName(),
                created);
    }

    /** What the user asked for; variables by their names alone, for their values may be anything. */
    private static ObjectNode parameters(PackagingRequest request) {
        ObjectNode parameters = Json.mapper().createObjectNode();
        parameters
                .put("model", request.modelPath())
                .put("image", request.image())
                .put("base", request.base());
        new TreeMap<>(Map.of(
                        "files", request.files(),
                        "dependencies", request.dependencies(),
                        "command", request.command(),
                        "platforms", request.platforms(),
                        "variables", List.copyOf(new TreeSet<>(request.env().keySet()))))
                .forEach((name, values) -> parameters.set(name, Json.mapper().valueToTree(values)));
        return parameters;
    }

    /** Real time of day would make two images of the same input differ. */
    private static Instant created(PackagingRequest request, LineageRecord origin) throws InterruptedException {
        if (request.created().isPresent() || origin.commit().isEmpty()) {
            return request.created().orElse(Instant.EPOCH);
        }
        return GitRepository.time(request.baseDirectory(), origin.commit().get())
                .orElse(Instant.EPOCH);
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

    /** A service that never answered has no latency, which is no reason to call a gate on it wrong. */
    private static List<GateResult> gates(List<Gate> asked, Map<String, Double> metrics, Optional<ServeReport> served) {
        List<GateResult> gates = new ArrayList<>(served.map(ServeReport::gates).orElse(List.of()));
        boolean silent = served.filter(report -> report.answers().isEmpty()).isPresent();
        gates.addAll(Gates.hold(
                asked.stream()
                        .filter(gate -> !(silent && gate.metric().startsWith("serve.latency.")))
                        .toList(),
                Metrics.of(metrics),
                Optional.empty()));
        return gates;
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
