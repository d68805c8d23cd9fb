package io.jenkins.plugins.mlcicd.lineage;

import io.mlcicd.lineage.graph.LineageGraph.Reached;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A node on the way up or down. */
@ExportedBean(defaultVisibility = 3)
public final class ReachedView {

    private final Reached reached;

    ReachedView(Reached reached) {
        this.reached = reached;
    }

    @Exported
    public NodeView getNode() {
        return new NodeView(reached.node());
    }

    /** How many edges away it is on the shortest way. */
    @Exported
    public int getDistance() {
        return reached.distance();
    }
}
