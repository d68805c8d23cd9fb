package io.mlcicd.packaging;

import io.mlcicd.document.AtomicFiles;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.packaging.docker.GeneratedDockerfile;
import io.mlcicd.packaging.environment.DeclaredEnvironment;
import io.mlcicd.packaging.environment.Installation;
import io.mlcicd.packaging.environment.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Dockerfile that is made for a project, and its context: what it installs follows from what the project declares. */
record GeneratedContext(PackagingRequest request, ImageTarget target, Progress progress) {

    /** What a Python model is built on when nobody says otherwise. */
    private static final String USUAL_PYTHON = "3.12";

    private static final Pattern PYTHON_TAG = Pattern.compile("(?:.*/)?python:(3\\.\\d+).*");
    private static final String REQUIREMENTS = ".requirements.txt";

    /**
     * Writes the files that are sent to the daemon, which are those that go into the image and no others.
     *
     * @param context an empty folder for them
     * @param work where the Dockerfile is written
     * @return the Dockerfile
     */
    Path write(ImageContents contents, Path context, Path work) throws IOException {
        Path project = request.baseDirectory().toRealPath();
        boolean open = request.base().equals(PackagingRequest.SCRATCH);
        PythonEnvironment environment = DeclaredEnvironment.of(
                project,
                project.resolve(contents.model().path()),
                open ? Optional.empty() : Optional.of(request.base()));
        String base = base(environment);
        tell(environment, base);
        List<ProjectFile> beside = new ArrayList<>(contents.dependencies());
        beside.addAll(contents.files());
        Map<String, Path> sent = new TreeMap<>();
        environment.installation().ifPresent(what -> sent.putAll(what.copied()));
        Stream.concat(beside.stream(), contents.modelFiles().stream())
                .forEach(file -> sent.put(file.path(), file.source()));
        for (Map.Entry<String, Path> file : sent.entrySet()) {
            Path copy = context.resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            Files.copy(file.getValue(), copy);
        }
        String requirements = requirements(project);
        Optional<String> generated = environment.installation().flatMap(Installation::generated);
        if (generated.isPresent()) {
            Path file = context.resolve(requirements);
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated.get());
        }
        String text = new GeneratedDockerfile(
                        base,
                        environment.installation(),
                        requirements,
                        beside.stream().map(ProjectFile::path).toList(),
                        contents.modelFiles().stream().map(ProjectFile::path).toList(),
                        ImageBuild.environment(request),
                        request.command(),
                        request.serveCheck()
                                .map(serve -> OptionalInt.of(serve.port()))
                                .orElse(OptionalInt.empty()))
                .text();
        if (request.output().isPresent()) {
            Path output = request.output().get();
            Path list = output.resolveSibling(kept(output, REQUIREMENTS));
            AtomicFiles.write(output.resolveSibling(kept(output, ".Dockerfile")), text);
            if (generated.isPresent()) {
                AtomicFiles.write(list, generated.get());
            } else {
                Files.deleteIfExists(list);
            }
        }
        return Files.writeString(work.resolve("Dockerfile"), text);
    }

    /** Where the requirements file lies for the project's folder as the context, if it is kept there. */
    private String requirements(Path project) throws IOException {
        if (request.output().isPresent()) {
            Path output = request.output().get().toAbsolutePath().normalize();
            Path folder = Files.createDirectories(output.getParent()).toRealPath();
            if (folder.startsWith(project)) {
                return project.relativize(folder.resolve(kept(output, REQUIREMENTS)))
                        .toString()
                        .replace('\\', '/');
            }
        }
        return ".mlcicd/image/image" + REQUIREMENTS;
    }

    private static String kept(Path output, String ending) {
        return output.getFileName().toString().replaceFirst("\\.tar$", "") + ending;
    }

    private void tell(PythonEnvironment environment, String base) {
        environment
                .installation()
                .ifPresent(what -> progress.line("installing what %s declares%s"
                        .formatted(what.from(), what.hashes() ? ", each file by its hash" : "")));
        environment.notes().forEach(progress::line);
        Matcher named = PYTHON_TAG.matcher(base);
        environment
                .python()
                .filter(version -> named.matches() && !named.group(1).equals(version))
                .ifPresent(version -> progress.line(
                        "%s names Python %s, but the base is %s".formatted(environment.pythonFrom(), version, base)));
    }

    private String base(PythonEnvironment environment) throws IOException {
        if (request.base().equals(PackagingRequest.SCRATCH)) {
            return environment.installation().isPresent()
                    ? "python:%s-slim".formatted(environment.python().orElse(USUAL_PYTHON))
                    : PackagingRequest.SCRATCH;
        }
        if (BaseImage.of(request, target).tarball().isPresent()) {
            throw new InvalidInputException(
                    "base: '%s' is a tarball, but a Dockerfile needs an image's name; load it (docker load -i) and name it"
                            .formatted(request.base()));
        }
        return request.base();
    }
}
