package io.jenkins.plugins.mlcicd.lineage;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.lineage.graph.NodeKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A build's page on lineage: what it used and what came out of it. */
@ExportedBean
public final class BuildLineageAction implements Action {

    /** The last part of the page's URL. */
    static final String URL_NAME = "ml-cicd-lineage";

    private final Run<?, ?> run;

    BuildLineageAction(Run<?, ?> run) {
        this.run = run;
    }

    /** What the build told of, in that order. */
    @Exported(visibility = 2)
    public List<NodeView> getNodes() {
        return ask((view, source) ->
                        view.told(source).stream().map(NodeView::new).toList())
                .orElse(List.of());
    }

    private <T> Optional<T> ask(BiFunction<LineageView, Source, T> question) {
        String job = run.getParent().getFullName();
        return ControllerLineage.get()
                .ask(view -> view.source(job, run.getNumber()).map(source -> question.apply(view, source)));
    }

    /** Those nodes and what ties them; without any nodes when the build told of nothing. */
    public LineagePicture getPicture() {
        return ask((view, source) -> new LineagePicture(
                        view.told(source).stream()
                                .map(node -> new LineagePicture.Placed(new NodeView(node), column(node.kind())))
                                .toList(),
                        view.tied(source),
                        Optional.empty()))
                .orElseGet(() -> new LineagePicture(List.of(), List.of(), Optional.empty()));
    }

    /** The order in which a model comes into being. */
    private static int column(NodeKind kind) {
        return switch (kind) {
            case CONTRACT -> 0;
            case DATA, COMMIT, ENVIRONMENT, PARAMETERS -> 1;
            case TRAINING -> 2;
            case MODEL -> 3;
            case EVALUATION, IMAGE -> 4;
            case DEPLOYMENT, DRIFT -> 5;
            case RETRAINING -> 6;
        };
    }

    public Api getApi() {
        return new Api(this);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public String getIconFileName() {
        return "symbol-git-network-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.BuildLineageAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    /** Gives every build with results its page. */
    @Extension
    @SuppressWarnings("rawtypes") // a class literal has no type parameters
    public static final class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        /** So that whoever looks for another action of a build need not ask for this one. */
        @Override
        public Class<? extends Action> actionType() {
            return BuildLineageAction.class;
        }

        @Override
        public Collection<? extends Action> createFor(Run target) {
            Run<?, ?> run = target;
            return run.getAction(ModelBuildAction.class) == null ? List.of() : List.of(new BuildLineageAction(run));
        }
    }
}
