package io.mlcicd.lineage.graph;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.DeploymentRef;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.GitCommit;
import io.mlcicd.lineage.ImageRef;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.Parameters;
import io.mlcicd.lineage.Training;
import io.mlcicd.lineage.TrainingEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The nodes of a lineage record and how they depend on each other, to which what an operation did can be tied. */
public final class Chain {

    /** What releases the files themselves. */
    private static final Set<String> WITHOUT_IMAGE = Set.of("process", "batch", "artifact");

    private final Map<Digest, Node> nodes = new LinkedHashMap<>();
    private final Set<Edge> edges = new LinkedHashSet<>();
    private final List<Node> data = new ArrayList<>();
    private Optional<Node> commit = Optional.empty();
    private Optional<Node> environment = Optional.empty();
    private Optional<Node> parameters = Optional.empty();
    private Optional<Node> training = Optional.empty();
    private Optional<Node> model = Optional.empty();
    private Optional<Node> evaluation = Optional.empty();
    private Optional<Node> image = Optional.empty();
    private Optional<Node> deployment = Optional.empty();

    private Chain() {}

    /** The chain that a record tells of the model of that name. */
    public static Chain of(String modelName, LineageRecord record) {
        Chain chain = new Chain();
        record.data().forEach(artifact -> chain.data.add(chain.node(artifact(NodeKind.DATA, artifact))));
        chain.commit = record.commit().map(commit -> chain.node(commit(commit)));
        chain.environment = record.environment().map(each -> chain.node(environment(each)));
        chain.parameters = record.parameters().map(each -> chain.node(parameters(each)));
        chain.training = record.training().map(training -> chain.node(training(training, record)));
        chain.model =
                record.model().map(artifact -> chain.node(renamed(artifact(NodeKind.MODEL, artifact), modelName)));
        chain.evaluation = record.evaluation().map(artifact -> chain.node(artifact(NodeKind.EVALUATION, artifact)));
        chain.image = record.image().map(image -> chain.node(image(image)));
        chain.deployment = record.deployment().map(deployment -> chain.node(deployment(deployment)));
        chain.tie(record);
        return chain;
    }

    private void tie(LineageRecord record) {
        Optional<Node> made = training.isPresent() ? training : model;
        data.stream()
                .filter(each -> record.training()
                        .map(training -> training.took(each.name()))
                        .orElse(true))
                .forEach(each -> made.ifPresent(node -> tie(each, node)));
        tie(commit, made);
        tie(environment, made);
        tie(parameters, made);
        tie(training, model);
        tie(model, evaluation);
        tie(model, image);
        boolean ofImage = record.deployment()
                .filter(where -> !WITHOUT_IMAGE.contains(where.target()))
                .isPresent();
        tie(ofImage && image.isPresent() ? image : model, deployment);
        tie(evaluation, deployment);
    }

    private void tie(Optional<Node> upstream, Optional<Node> downstream) {
        upstream.ifPresent(up -> downstream.ifPresent(down -> tie(up, down)));
    }

    /** Says that one node depends on another; both become part of the chain. */
    public void tie(Node upstream, Node downstream) {
        if (!upstream.id().equals(downstream.id())) {
            node(upstream);
            node(downstream);
            edges.add(Edge.between(upstream, downstream));
        }
    }

    private Node node(Node node) {
        // Data of the same content are one thing, which is called what it was called first.
        nodes.putIfAbsent(node.id(), node);
        return node;
    }

    /** An artifact of that kind. */
    public static Node artifact(NodeKind kind, Artifact artifact) {
        return Node.of(
                kind,
                artifact.digest().value(),
                artifact.name(),
                Map.of(
                        "digest", artifact.digest().value(),
                        "path", artifact.path(),
                        "bytes", String.valueOf(artifact.bytes())));
    }

    private static Node renamed(Node node, String name) {
        return new Node(node.id(), node.kind(), name, node.facts());
    }

    private static Node commit(GitCommit commit) {
        TreeMap<String, String> facts = new TreeMap<>(Map.of("sha", commit.sha()));
        commit.branch().ifPresent(branch -> facts.put("branch", branch));
        commit.remote().ifPresent(remote -> facts.put("remote", remote));
        if (commit.dirty()) {
            facts.put("dirty", "true");
        }
        return Node.of(NodeKind.COMMIT, commit.sha() + (commit.dirty() ? " with changes" : ""), "code", facts);
    }

    /** A run has no content of its own: it is told from others by its command, its code, its data and what came out of it. */
    private static Node training(Training training, LineageRecord record) {
        String command = String.join(" ", training.command());
        TreeMap<String, String> facts = new TreeMap<>(Map.of("command", command));
        training.seconds().ifPresent(seconds -> facts.put("seconds", String.valueOf(seconds)));
        StringBuilder identity = new StringBuilder(command);
        record.commit().ifPresent(commit -> identity.append('\n').append(commit.sha()));
        record.data().stream()
                .filter(each -> training.took(each.name()))
                .forEach(each -> identity.append('\n').append(each.digest()));
        record.environment()
                .ifPresent(
                        each -> identity.append('\n').append(environment(each).id()));
        record.parameters()
                .ifPresent(each -> identity.append('\n').append(parameters(each).id()));
        record.model().ifPresent(model -> identity.append('\n').append(model.digest()));
        return Node.of(NodeKind.TRAINING, identity.toString(), "training", facts);
    }

    private static Node environment(TrainingEnvironment environment) {
        TreeMap<String, String> facts = new TreeMap<>(Map.of("platform", environment.platform()));
        environment.runtime().ifPresent(runtime -> facts.put("runtime", runtime));
        environment
                .dependencies()
                .forEach(file -> facts.put("file " + file.path(), file.digest().value()));
        return Node.of(NodeKind.ENVIRONMENT, facts.toString(), "environment", facts);
    }

    private static Node parameters(Parameters parameters) {
        TreeMap<String, String> facts = new TreeMap<>();
        parameters.values().forEach((key, value) -> facts.put("value " + key, value));
        String identity = facts.toString();
        parameters
                .files()
                .forEach(file -> facts.put("file " + file.path(), file.digest().value()));
        return Node.of(NodeKind.PARAMETERS, identity, "parameters", facts);
    }

    private static Node image(ImageRef image) {
        return Node.of(
                NodeKind.IMAGE,
                image.digest().value(),
                image.reference(),
                Map.of("digest", image.digest().value(), "reference", image.reference()));
    }

    private static Node deployment(DeploymentRef deployment) {
        TreeMap<String, String> facts = new TreeMap<>(Map.of(
                "target", deployment.target(),
                "release", deployment.release(),
                "at", deployment.at().toString()));
        deployment.url().ifPresent(url -> facts.put("url", url));
        deployment.environment().ifPresent(name -> facts.put("environment", name));
        deployment.approvedBy().ifPresent(name -> facts.put("approvedBy", name));
        return Node.of(
                NodeKind.DEPLOYMENT,
                deployment.name() + "\n" + deployment.release() + "\n" + deployment.at(),
                deployment.name(),
                facts);
    }

    public List<Node> data() {
        return List.copyOf(data);
    }

    public Optional<Node> model() {
        return model;
    }

    public Optional<Node> deployment() {
        return deployment;
    }

    public Optional<Node> evaluation() {
        return evaluation;
    }

    public Optional<Node> training() {
        return training;
    }

    /** All nodes, upstream first as far as the record tells. */
    public List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    public List<Edge> edges() {
        return List.copyOf(edges);
    }
}
