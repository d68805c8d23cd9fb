package io.jenkins.plugins.mlcicd.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.lineage.graph.LineageDiff;
import io.mlcicd.lineage.graph.LineageDiff.Change;
import io.mlcicd.lineage.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What changed from one node to another: what is behind the one and not, or in another state, behind the other. */
@ExportedBean
public final class DiffPage implements ModelObject {

    private final NodeView before;
    private final NodeView after;
    private final List<ChangeView> changed;
    private final List<NodeView> same;

    DiffPage(LineageView view, Node before, Node after) {
        LineageDiff diff = LineageDiff.between(view.graph(), before, after);
        this.before = new NodeView(before);
        this.after = new NodeView(after);
        this.changed = diff.changed().stream().map(ChangeView::new).toList();
        this.same = diff.same().stream().map(NodeView::new).toList();
    }

    @Exported(visibility = 2)
    public NodeView getBefore() {
        return before;
    }

    @Exported(visibility = 2)
    public NodeView getAfter() {
        return after;
    }

    @Exported(visibility = 2)
    public List<ChangeView> getChanged() {
        return changed;
    }

    /** What both came from. */
    @Exported(visibility = 2)
    public List<NodeView> getSame() {
        return same;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return Messages.DiffPage_displayName();
    }

    /** One part that differs. */
    @ExportedBean(defaultVisibility = 3)
    public static final class ChangeView {

        private final Change change;

        ChangeView(Change change) {
            this.change = change;
        }

        @Exported
        public String getKind() {
            return change.kind().key();
        }

        public String getTitle() {
            return NodeView.title(change.kind());
        }

        @Exported
        public String getName() {
            return change.name();
        }

        /** What it was; null when there was none. */
        @CheckForNull
        @Exported
        public NodeView getBefore() {
            return change.before().map(NodeView::new).orElse(null);
        }

        /** What it is; null when there is none. */
        @CheckForNull
        @Exported
        public NodeView getAfter() {
            return change.after().map(NodeView::new).orElse(null);
        }

        /** The facts that differ; of a part that was added or removed, none. */
        @Exported
        public List<FactView> getFacts() {
            if (change.before().isEmpty() || change.after().isEmpty()) {
                return List.of();
            }
            Node one = change.before().get();
            Node other = change.after().get();
            SortedSet<String> names = new TreeSet<>(one.facts().keySet());
            names.addAll(other.facts().keySet());
            List<FactView> facts = new ArrayList<>();
            for (String name : names) {
                Optional<String> then = Optional.ofNullable(one.facts().get(name));
                Optional<String> now = Optional.ofNullable(other.facts().get(name));
                if (!then.equals(now)) {
                    facts.add(new FactView(name, then.orElse(""), now.orElse("")));
                }
            }
            return facts;
        }
    }

    /** One fact that differs. */
    @ExportedBean(defaultVisibility = 4)
    public static final class FactView {

        private final String name;
        private final String before;
        private final String after;

        FactView(String name, String before, String after) {
            this.name = name;
            this.before = before;
            this.after = after;
        }

        @Exported
        public String getName() {
            return name;
        }

        /** What it was; empty when it was not known. */
        @Exported
        public String getBefore() {
            return before;
        }

        /** What it is; empty when it is not known. */
        @Exported
        public String getAfter() {
            return after;
        }
    }
}
