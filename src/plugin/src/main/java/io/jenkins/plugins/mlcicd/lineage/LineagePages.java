package io.jenkins.plugins.mlcicd.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.LineageLog.Verification;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import io.mlcicd.operation.OutsideSystemException;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** The pages of the lineage: a search, a page for each node, comparisons. Everybody sees what told the jobs they may read. */
@ExportedBean
public final class LineagePages implements ModelObject {

    private static final int MOST_FOUND = 100;
    private static final int NEWEST = 20;

    /** What is searched for; empty for nothing. */
    @Exported
    public String getQuery() {
        return Optional.ofNullable(parameter("q")).orElse("");
    }

    /** What was found, newest first, at most 100; without a search, the newest models. */
    @Exported(visibility = 2)
    public List<NodeView> getFound() {
        String query = getQuery();
        return ControllerLineage.get().ask(view -> query.isEmpty() ? newest(view) : found(view, query));
    }

    private static List<NodeView> found(LineageView view, String query) {
        return view.graph().find(query).stream()
                .limit(MOST_FOUND)
                .map(NodeView::new)
                .toList();
    }

    private static List<NodeView> newest(LineageView view) {
        List<Node> models = view.graph().nodes().stream()
                .filter(node -> node.kind() == NodeKind.MODEL)
                .toList();
        return models.subList(Math.max(0, models.size() - NEWEST), models.size()).stream()
                .sorted((one, other) -> view.graph()
                        .first(other.id())
                        .at()
                        .compareTo(view.graph().first(one.id()).at()))
                .map(NodeView::new)
                .toList();
    }

    /** The node whose id, without {@code sha256:}, is the next part of the URL; null, which Stapler takes for 404, for none. */
    @CheckForNull
    public NodePage getDynamic(String token) {
        return digest(token).flatMap(NodePage::of).orElse(null);
    }

    /** The comparison that the parameters {@code before} and {@code after} ask for; null when there is no such node. */
    @CheckForNull
    public DiffPage getDiff() {
        Optional<Digest> before = digest(parameter("before"));
        Optional<Digest> after = digest(parameter("after"));
        if (before.isEmpty() || after.isEmpty()) {
            return null;
        }
        return ControllerLineage.get()
                .ask(view -> view.graph()
                        .node(before.get())
                        .flatMap(one -> view.graph().node(after.get()).map(other -> new DiffPage(view, one, other))))
                .orElse(null);
    }

    private static Optional<Digest> digest(@CheckForNull String text) {
        try {
            return Optional.ofNullable(text)
                    .map(given -> new Digest(given.startsWith("sha256:") ? given : "sha256:" + given));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @CheckForNull
    private static String parameter(String name) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null ? null : Util.fixEmptyAndTrim(request.getParameter(name));
    }

    /** Checks the log; answers with a page that says what was found. */
    @POST
    public HttpResponse doVerify() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            Verification verification = ControllerLineage.get().verify();
            return HttpResponses.forwardToView(new Verified(verification), "index");
        } catch (OutsideSystemException e) {
            return HttpResponses.error(500, e.getMessage());
        }
    }

    /** Whether the current user may check the log. */
    public boolean isVerifiable() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return Messages.LineagePages_displayName();
    }

    /** What a check found. */
    public static final class Verified implements ModelObject {

        private final Verification verification;

        Verified(Verification verification) {
            this.verification = verification;
        }

        public boolean isSound() {
            return verification.holds();
        }

        public long getEntries() {
            return verification.entries();
        }

        public long getRemoved() {
            return verification.removed();
        }

        /** Digest of the last entry, to be noted elsewhere; empty for an empty log. */
        public String getHead() {
            return verification.head().map(Digest::value).orElse("");
        }

        public List<String> getProblems() {
            return verification.problems();
        }

        @Override
        public String getDisplayName() {
            return Messages.Verified_displayName();
        }
    }
}
