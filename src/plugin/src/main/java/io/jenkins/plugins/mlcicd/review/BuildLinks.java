package io.jenkins.plugins.mlcicd.review;

import hudson.model.Run;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.history.BuildEntry;
import io.jenkins.plugins.mlcicd.history.DataVersion;
import io.jenkins.plugins.mlcicd.history.JobHistory;
import io.jenkins.plugins.mlcicd.history.ModelVersion;
import io.jenkins.plugins.mlcicd.history.ReleaseEntry;
import io.jenkins.plugins.mlcicd.lineage.ControllerLineage;
import io.jenkins.plugins.mlcicd.overview.ModelsPage;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.jenkins.plugins.mlcicd.result.StageSummary;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.operation.Stage;
import io.mlcicd.report.Forge;
import io.mlcicd.report.LineageLinks;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Where the things of a build's lineage are told of in Jenkins: on the page of the build that had them first, else on their
 * own page of the controller's lineage.
 */
final class BuildLinks implements LineageLinks {

    private final Run<?, ?> run;
    private final List<BuildEntry> builds;

    BuildLinks(Run<?, ?> run) {
        this.run = run;
        this.builds = JobHistory.of(run.getParent()).builds();
    }

    @Override
    public Optional<Link> of(Node node) {
        String digest = node.facts().getOrDefault("digest", "");
        return switch (node.kind()) {
            case MODEL -> builtBy(build -> build.models().stream().anyMatch(model -> is(model.digest(), digest)));
            case IMAGE -> builtBy(build -> build.models().stream().anyMatch(model -> is(model.imageDigest(), digest)));
            case DATA -> builtBy(build -> build.models().stream().anyMatch(model -> has(model, digest)));
            case DEPLOYMENT -> {
                String release = node.facts().getOrDefault("release", "");
                yield builtBy(build -> build.releases().stream().anyMatch(known -> is(known, release, node)));
            }
            case COMMIT -> commit(node).or(() -> page(node.id()));
            case EVALUATION -> document(Stage.EVALUATE).or(() -> page(node.id()));
            case DRIFT -> document(Stage.DRIFT).or(() -> page(node.id()));
            case CONTRACT, ENVIRONMENT, PARAMETERS, TRAINING, RETRAINING -> page(node.id());
        };
    }

    private static boolean is(Optional<String> known, String digest) {
        return known.filter(digest::equals).isPresent();
    }

    private static boolean has(ModelVersion model, String digest) {
        return model.data().stream().map(DataVersion::digest).anyMatch(digest::equals);
    }

    private static boolean is(ReleaseEntry known, String release, Node node) {
        return known.release().equals(release) && known.deployment().equals(node.name());
    }

    /** The first build with it; of the page's own build the node's page in the controller's lineage, if there is one. */
    private Optional<Link> builtBy(Predicate<BuildEntry> with) {
        return builds.stream()
                .filter(with)
                .findFirst()
                .map(build -> new Link(url(build.number()), Messages.BuildLinks_build(build.name())));
    }

    private String url(int number) {
        return root() + "/" + run.getParent().getUrl() + number + "/" + ModelBuildAction.URL_NAME + "/";
    }

    private static Optional<Link> commit(Node node) {
        return Optional.ofNullable(node.facts().get("remote"))
                .flatMap(remote -> Forge.commit(remote, node.facts().getOrDefault("sha", "")))
                .map(url -> new Link(url, Messages.BuildLinks_commit()));
    }

    private Optional<Link> document(Stage stage) {
        return Optional.ofNullable(run.getAction(ModelBuildAction.class))
                .flatMap(action -> action.newest(stage))
                .map(StageSummary::getFile)
                .map(file -> new Link(url(run.getNumber()) + "documents/" + file, Messages.BuildLinks_document()));
    }

    /** A node's own page in the controller's lineage; empty where the controller has none. */
    private static Optional<Link> page(Digest id) {
        return ControllerLineage.get().knows(id)
                ? Optional.of(new Link(
                        root() + "/" + ModelsPage.URL_NAME + "/lineage/"
                                + id.value().replaceFirst("^sha256:", ""),
                        Messages.BuildLinks_lineage()))
                : Optional.empty();
    }

    /** Where Jenkins is, as the browser sees it. */
    private static String root() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null
                ? Optional.ofNullable(Jenkins.get().getRootUrl()).orElse("").replaceFirst("/$", "")
                : request.getContextPath();
    }
}
