package io.mlcicd.pipeline;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import io.mlcicd.config.Project;
import io.mlcicd.config.Requests;
import io.mlcicd.data.FileSource;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.GitRepository;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LineageGraph.Reached;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.pipeline.Reproduction.Command;
import io.mlcicd.pipeline.Reproduction.Part;
import io.mlcicd.pipeline.Reproduction.State;
import io.mlcicd.registry.Registry;
import io.mlcicd.registry.RegistryAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finds out how a model of a project's lineage can be made again. Reads only. */
public final class Reproduce {

    private static final String FILE = "file ";

    /** A name that begins with a host, as registries are told from parts of a name. */
    private static final Pattern REGISTRY = Pattern.compile("(localhost|[^/]*[.:][^/]*)/");

    /** What installs the packages of a file; a lock file goes before what it was locked from. */
    private static final Map<String, String> INSTALLERS = installers();

    private final Project project;
    private final LineageGraph graph;
    private final Requests requests;

    /**
     * For that project, whose lineage the graph is.
     *
     * @param environment looks up environment variables; null for one that is not set
     */
    public Reproduce(Project project, LineageGraph graph, Function<String, String> environment) {
        this.project = project;
        this.graph = graph;
        this.requests = new Requests(project, environment);
    }

    private static Map<String, String> installers() {
        Map<String, String> installers = new LinkedHashMap<>();
        installers.put("uv.lock", "uv sync --frozen");
        installers.put("poetry.lock", "poetry sync");
        installers.put("Pipfile.lock", "pipenv sync");
        installers.put("renv.lock", "Rscript -e 'renv::restore()'");
        installers.put("requirements.lock", "python3 -m pip install -r requirements.lock");
        installers.put("requirements.txt", "python3 -m pip install -r requirements.txt");
        installers.put("environment.yml", "conda env update --file environment.yml");
        installers.put("environment.yaml", "conda env update --file environment.yaml");
        installers.put("conda.yaml", "conda env update --file conda.yaml");
        installers.put("pyproject.toml", "python3 -m pip install .");
        return installers;
    }

    /**
     * How a model can be made again.
     *
     * @param model a node of kind {@link NodeKind#MODEL}
     * @throws InvalidInputException when it is none, or it is not known how it was made
     */
    public Reproduction of(Node model) throws InterruptedException {
        if (model.kind() != NodeKind.MODEL) {
            throw new InvalidInputException("only a model can be made again; this is %s '%s'"
                    .formatted(model.kind().key(), model.name()));
        }
        Node training = next(graph.upstream(model.id()).reached(), NodeKind.TRAINING)
                .orElseThrow(() -> new InvalidInputException(
                        "it was not recorded how the model %s was made; give 'train: { command: ... }' in mlcicd.yml and"
                                        .formatted(model.name())
                                + " run a stage after the training"));
        List<Node> made = graph.upstream(training.id()).reached().stream()
                .filter(each -> each.distance() == 1)
                .map(Reached::node)
                .toList();
        Optional<Node> commit =
                made.stream().filter(node -> node.kind() == NodeKind.COMMIT).findFirst();
        Optional<String> sha = commit.map(node -> node.facts().get("sha"));
        List<Part> parts = new ArrayList<>();
        List<Command> commands = new ArrayList<>();
        if (commit.isPresent()) {
            parts.add(commit(commit.get()));
            checkout(commit.get(), commands);
        }
        for (Node node : of(made, NodeKind.DATA)) {
            boolean committed = committed(node, sha);
            parts.add(data(node, committed));
            fetch(node, committed, commands);
        }
        for (Node node : of(made, NodeKind.PARAMETERS)) {
            parts.addAll(files(node, sha));
        }
        for (Node node : of(made, NodeKind.ENVIRONMENT)) {
            parts.addAll(files(node, sha));
            install(node, commands);
        }
        String digest = model.facts().getOrDefault("digest", "");
        commands.add(new Command(
                training.facts().getOrDefault("command", ""),
                model.facts().getOrDefault("path", model.name()) + " " + digest));
        Optional<Node> image = next(graph.downstream(model.id()).reached(), NodeKind.IMAGE);
        if (image.isPresent()) {
            commands.add(new Command("mlcicd package", image.get().facts().getOrDefault("digest", "")));
            parts.add(image(image.get()));
        }
        parts.add(model(model));
        return new Reproduction(model, commands, parts);
    }

    /** The one that was recorded last: the same model may have been made several times, and packaged more often. */
    private static Optional<Node> next(List<Reached> reached, NodeKind kind) {
        return reached.stream()
                .filter(each -> each.distance() == 1)
                .map(Reached::node)
                .filter(node -> node.kind() == kind)
                .reduce((earlier, later) -> later);
    }

    private static List<Node> of(List<Node> nodes, NodeKind kind) {
        return nodes.stream().filter(node -> node.kind() == kind).toList();
    }

    private Part commit(Node commit) throws InterruptedException {
        String sha = commit.facts().getOrDefault("sha", "");
        if (commit.facts().containsKey("dirty")) {
            return new Part(
                    commit, State.CHANGED, "files had been changed that were in no commit; those changes are lost");
        }
        if (!GitRepository.has(project.folder(), sha)) {
            return new Part(commit, State.MISSING, "this clone does not have it; try 'git fetch --all'");
        }
        List<String> branches = GitRepository.remoteBranches(project.folder(), sha);
        return new Part(
                commit,
                State.PRESENT,
                branches.isEmpty() ? "in this clone, on no branch of a remote" : "on " + String.join(", ", branches));
    }

    private static void checkout(Node commit, List<Command> commands) {
        String sha = commit.facts().getOrDefault("sha", "");
        Optional<String> remote = Optional.ofNullable(commit.facts().get("remote"));
        remote.ifPresent(url -> commands.add(new Command("git clone " + url + " . --no-checkout", "")));
        commands.add(new Command("git checkout " + sha, ""));
    }

    private Part data(Node data, boolean committed) {
        String path = data.facts().getOrDefault("path", "");
        String digest = data.facts().getOrDefault("digest", "");
        if (committed) {
            return new Part(data, State.PRESENT, "in the commit");
        }
        Optional<String> there = digest(path);
        if (there.filter(digest::equals).isPresent()) {
            return new Part(data, State.PRESENT, "in this folder");
        }
        return there.isPresent()
                ? new Part(data, State.CHANGED, path + " is now " + there.get())
                : new Part(data, State.MISSING, "there is no " + path);
    }

    private boolean committed(Node data, Optional<String> sha) throws InterruptedException {
        return sha.isPresent()
                && GitRepository.digest(
                                project.folder(), sha.get(), data.facts().getOrDefault("path", ""))
                        .map(Digest::value)
                        .filter(data.facts().getOrDefault("digest", "")::equals)
                        .isPresent();
    }

    /** A data set of several files is digested as the project reads it, anything else as it lies there. */
    private Optional<String> digest(String path) {
        Optional<FileSource> source = project.dataFiles().stream()
                .filter(each -> each.shown().equals(path))
                .findFirst();
        if (source.isPresent()) {
            return source.filter(FileSource::exists)
                    .map(each -> each.artifact().digest().value());
        }
        Path file = project.folder().resolve(path);
        return Files.exists(file) ? Optional.of(Digests.required(file).value()) : Optional.empty();
    }

    private static void fetch(Node data, boolean committed, List<Command> commands) {
        String path = data.facts().getOrDefault("path", "");
        if (path.endsWith(".dvc")) {
            commands.add(new Command("dvc pull " + quoted(path), ""));
        } else if (!committed) {
            commands.add(new Command("# put " + path + " there", data.facts().getOrDefault("digest", "")));
        }
    }

    private List<Part> files(Node node, Optional<String> sha) throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, String> fact : node.facts().entrySet()) {
            if (fact.getKey().startsWith(FILE)) {
                String path = fact.getKey().substring(FILE.length());
                Node file = new Node(
                        node.id(), node.kind(), path, new TreeMap<>(Map.of("path", path, "digest", fact.getValue())));
                parts.add(data(file, committed(file, sha)));
            }
        }
        return parts;
    }

    /** Of several files, that which pins most. */
    private static void install(Node environment, List<Command> commands) {
        environment.facts().keySet().stream()
                .filter("runtime"::equals)
                .findFirst()
                .ifPresent(key -> commands.add(new Command(
                        "# with " + environment.facts().get(key) + " on "
                                + environment.facts().get("platform"),
                        "")));
        INSTALLERS.entrySet().stream()
                .filter(each -> environment.facts().containsKey(FILE + each.getKey()))
                .findFirst()
                .ifPresent(each -> commands.add(
                        new Command(each.getValue(), environment.facts().get(FILE + each.getKey()))));
    }

    private Part model(Node model) {
        String digest = model.facts().getOrDefault("digest", "");
        return digest(model.facts().getOrDefault("path", ""))
                        .filter(digest::equals)
                        .isPresent()
                ? new Part(model, State.PRESENT, "in this folder")
                : new Part(model, State.UNKNOWN, "not in this folder; the commands make it again");
    }

    private Part image(Node image) throws InterruptedException {
        String reference = image.facts().getOrDefault("reference", "");
        String digest = image.facts().getOrDefault("digest", "");
        if (!REGISTRY.matcher(reference).lookingAt()) {
            return new Part(image, State.UNKNOWN, reference + " names no registry that could be asked");
        }
        try {
            ImageReference name = ImageReference.parse(reference);
            RegistryAccess access = new RegistryAccess(name.getRegistry(), requests.registryLogin(), false);
            return new Registry(name, access)
                            .manifest(digest, "look for " + reference)
                            .isPresent()
                    ? new Part(image, State.PRESENT, "in its registry")
                    : new Part(image, State.MISSING, name.getRegistry() + " does not have it");
        } catch (InvalidImageReferenceException | InvalidInputException | OutsideSystemException e) {
            return new Part(image, State.UNKNOWN, e.getMessage());
        }
    }

    private static String quoted(String path) {
        return path.matches("[\\w./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
