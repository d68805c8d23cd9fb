package io.jenkins.plugins.mlcicd.lineage;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.Edge;
import io.mlcicd.lineage.graph.LineageGraph;
import io.mlcicd.lineage.graph.LineageGraph.Reach;
import io.mlcicd.lineage.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page of one node: what is known of it, what it came from, what came of it, as the current user may see it. */
@ExportedBean
public final class NodePage implements ModelObject {

    private static final int MOST_SOURCES = 20;
    private static final int MOST_OTHERS = 10;
    private static final int MOST_COLUMNS = 6;
    private static final int MOST_LISTED = 500;

    private final NodeView node;
    private final String since;
    private final List<SourceView> sources;
    private final int moreSources;
    private final List<ReachedView> upstream;
    private final List<ReachedView> downstream;
    private final List<NodeView> others;
    private final LineagePicture picture;
    private final boolean cut;

    private NodePage(LineageView view, Node chosen) {
        LineageGraph graph = view.graph();
        this.node = new NodeView(chosen);
        this.since = graph.first(chosen.id()).at().toString();
        List<Source> all = view.sources(chosen.id());
        this.sources = all.subList(Math.max(0, all.size() - MOST_SOURCES), all.size()).stream()
                .map(SourceView::new)
                .toList();
        this.moreSources = all.size() - sources.size();
        Reach up = graph.upstream(chosen.id());
        Reach down = graph.downstream(chosen.id());
        this.upstream = listed(up);
        this.downstream = listed(down);
        this.cut = up.reached().size() + down.reached().size() > upstream.size() + downstream.size();
        this.others = graph.nodes().stream()
                .filter(other -> other.kind() == chosen.kind()
                        && other.name().equals(chosen.name())
                        && !other.id().equals(chosen.id()))
                .sorted((one, other) -> graph.first(other.id())
                        .at()
                        .compareTo(graph.first(one.id()).at()))
                .limit(MOST_OTHERS)
                .map(NodeView::new)
                .toList();
        this.picture = picture(chosen.id(), up, down);
    }

    /** The page of that node; empty when there is none that the current user may see. */
    static Optional<NodePage> of(Digest id) {
        return ControllerLineage.get().ask(view -> view.graph().node(id).map(node -> new NodePage(view, node)));
    }

    private static List<ReachedView> listed(Reach reach) {
        return reach.reached().stream().limit(MOST_LISTED).map(ReachedView::new).toList();
    }

    /** What is on both sides, for it came back by a retraining, stands on the left. */
    private LineagePicture picture(Digest id, Reach up, Reach down) {
        List<LineagePicture.Placed> placed = new ArrayList<>(List.of(new LineagePicture.Placed(node, 0)));
        Set<Digest> drawn = new LinkedHashSet<>(Set.of(id));
        up.reached().stream()
                .filter(each ->
                        each.distance() <= MOST_COLUMNS && drawn.add(each.node().id()))
                .forEach(each -> placed.add(new LineagePicture.Placed(new NodeView(each.node()), -each.distance())));
        down.reached().stream()
                .filter(each ->
                        each.distance() <= MOST_COLUMNS && drawn.add(each.node().id()))
                .forEach(each -> placed.add(new LineagePicture.Placed(new NodeView(each.node()), each.distance())));
        Set<Edge> edges = new LinkedHashSet<>(up.edges());
        edges.addAll(down.edges());
        return new LineagePicture(placed, List.copyOf(edges), Optional.of(id));
    }

    @Exported(visibility = 2)
    public NodeView getNode() {
        return node;
    }

    /** When it was told of first, as ISO 8601 has it. */
    @Exported(visibility = 2)
    public String getSince() {
        return since;
    }

    /** Where it was told of, oldest first, the newest 20. */
    @Exported(visibility = 2)
    public List<SourceView> getSources() {
        return sources;
    }

    /** How many sources there are before those. */
    @Exported(visibility = 2)
    public int getMoreSources() {
        return moreSources;
    }

    /** All that it came from, nearest first, at most 500. */
    @Exported(visibility = 2)
    public List<ReachedView> getUpstream() {
        return upstream;
    }

    /** All that came of it, nearest first, at most 500. */
    @Exported(visibility = 2)
    public List<ReachedView> getDownstream() {
        return downstream;
    }

    /** Whether there is more than is listed. */
    @Exported(visibility = 2)
    public boolean isCut() {
        return cut;
    }

    /** Others of its kind and name, newest first, that it can be compared with. */
    @Exported(visibility = 2)
    public List<NodeView> getOthers() {
        return others;
    }

    public LineagePicture getPicture() {
        return picture;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return node.getTitle() + " " + node.getName();
    }
}
