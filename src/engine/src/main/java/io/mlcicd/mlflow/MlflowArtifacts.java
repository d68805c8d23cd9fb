package io.mlcicd.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The files of runs: through the server's own proxy ({@code mlflow-artifacts:}), or in a folder that this machine has, too.
 * Source: MLflow 2.10, "Artifact Stores" and {@code mlflow_artifacts.proto}.
 */
public final class MlflowArtifacts {

    private final MlflowHttp http;

    /** The artifacts of runs on that server. */
    public MlflowArtifacts(MlflowServer server) {
        this(new MlflowHttp(server));
    }

    MlflowArtifacts(MlflowHttp http) {
        this.http = http;
    }

    /** Whether files can be put there from here: not to a storage that has a login of its own. */
    public boolean takesFiles(MlflowRun run) {
        return isProxied(run) || folder(run).isPresent();
    }

    /**
     * Puts a file among a run's artifacts.
     *
     * @param path its path there, with forward slashes
     * @throws InvalidInputException when they are kept where ml-cicd cannot put files
     */
    public void put(MlflowRun run, String path, Path file) throws InterruptedException {
        try {
            if (isProxied(run)) {
                ProxiedPlace place = ProxiedPlace.of(http, run.artifacts());
                http.put(place.base(), place.file(path), file).content("take the file " + path);
                return;
            }
            Path folder = folder(run)
                    .orElseThrow(
                            () -> new InvalidInputException(
                                    "the artifacts of the MLflow run %s are kept in %s, where ml-cicd cannot put files;"
                                                    .formatted(run.id(), run.artifacts())
                                            + " start the server with --serve-artifacts, or let the training code log the model"));
            AtomicFiles.write(folder.resolve(path), out -> Files.copy(file, out));
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether a run has artifacts in this folder. */
    public boolean has(MlflowRun run, String folder) throws InterruptedException {
        return !http.get("mlflow/artifacts/list", Map.of("run_id", run.id(), "path", folder))
                .content("list the artifacts of the run " + run.id())
                .path("files")
                .isEmpty();
    }

    /**
     * Address of the model that training logged under a name: a folder among the run's artifacts, or a model beside them as
     * MLflow 3 keeps it ({@code RunOutputs}, {@code GetLoggedModel} in {@code service.proto} of MLflow 3.3); empty when there
     * is none.
     */
    public Optional<String> model(MlflowRun run, String name) throws InterruptedException {
        if (has(run, name)) {
            return Optional.of(run.artifacts() + "/" + name);
        }
        Optional<String> newest = Optional.empty();
        for (String id : run.models()) {
            JsonNode info = http.get("mlflow/logged-models/" + MlflowHttp.encoded(id), Map.of())
                    .content("tell of the model " + id)
                    .at("/model/info");
            if (info.path("name").asText().equals(name)) {
                newest = Optional.of(info.path("artifact_uri").asText());
            }
        }
        return newest;
    }

    /** The text of a file among a run's artifacts; empty when there is none. */
    public Optional<String> text(MlflowRun run, String path) throws InterruptedException {
        int slash = path.lastIndexOf('/');
        boolean there = false;
        for (var file : http.get(
                        "mlflow/artifacts/list",
                        Map.of("run_id", run.id(), "path", slash < 0 ? "" : path.substring(0, slash)))
                .content("list the artifacts of the run " + run.id())
                .path("files")) {
            there |= file.path("path").asText().equals(path);
        }
        return there
                ? http.text("/get-artifact?path=" + MlflowHttp.encoded(path) + "&run_uuid=" + run.id())
                : Optional.empty();
    }

    /**
     * Brings all files of a version of a model into a folder.
     *
     * @param folder an empty folder
     * @throws InvalidInputException when the server cannot hand them out
     * @throws OutsideSystemException when it does not, or names files that would not be in the folder
     */
    public void download(ModelVersion version, Path folder, Progress progress) throws InterruptedException {
        Optional<MlflowRun> run = version.run().isPresent()
                ? new MlflowTracking(http).run(version.run().get())
                : Optional.empty();
        download(
                version.source(),
                run,
                "version %s of %s".formatted(version.version(), version.name()),
                folder,
                progress);
    }

    /** Brings all files of a model that a run logged into a folder, as those of a version. */
    public void download(MlflowRun run, String address, Path folder, Progress progress) throws InterruptedException {
        download(address, Optional.of(run), "the run " + run.id(), folder, progress);
    }

    private void download(String source, Optional<MlflowRun> run, String what, Path folder, Progress progress)
            throws InterruptedException {
        ArtifactPlace place;
        if (ProxiedPlace.is(source)) {
            place = ProxiedPlace.of(http, source);
        } else {
            place = run.filter(known -> source.startsWith(known.artifacts() + "/"))
                    .map(known -> new RunPlace(
                            http, known.id(), source.substring(known.artifacts().length() + 1)))
                    .orElseThrow(() -> new InvalidInputException(
                            "the files of %s are kept in %s, which the MLflow server %s does not hand out; register"
                                            .formatted(what, source, http.server())
                                    + " a model that lies among the artifacts of its run"));
        }
        new ArtifactDownload(http, place, what, progress).into(folder);
    }

    private static boolean isProxied(MlflowRun run) {
        return ProxiedPlace.is(run.artifacts());
    }

    /** The folder, if it is one of this machine. */
    private static Optional<Path> folder(MlflowRun run) {
        String place = run.artifacts();
        boolean local = place.startsWith("file:") || place.startsWith("/");
        if (!local) {
            return Optional.empty();
        }
        Path folder = place.startsWith("file:") ? Path.of(URI.create(place)) : Path.of(place);
        // The folder of a run is made with its first file; that of the experiments must be there to be shared.
        Path shared = folder.getParent() == null || folder.getParent().getParent() == null
                ? folder
                : folder.getParent().getParent();
        return Files.isDirectory(folder) || Files.isDirectory(shared) ? Optional.of(folder) : Optional.empty();
    }
}
