package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.PlannedChange.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What would change, asked from the server itself by its dry run, so that defaults and admission rules count. */
final class Plan {

    private final Cluster cluster;
    private final List<PlannedChange> changes = new ArrayList<>();

    Plan(Cluster cluster) {
        this.cluster = cluster;
    }

    void compare(ObjectKind kind, ObjectNode wanted) throws InterruptedException {
        Optional<ObjectNode> live = cluster.own(kind, Manifests.name(wanted));
        ObjectNode after = cluster.tried(kind, wanted);
        if (live.isEmpty()) {
            add(Action.CREATE, kind, Manifests.name(wanted), summary(wanted));
            return;
        }
        Optional<String> difference = ObjectDiff.told(live.get(), after);
        add(
                difference.isPresent() ? Action.CHANGE : Action.KEEP,
                kind,
                Manifests.name(wanted),
                difference.orElse("nothing changes"));
    }

    /** Names the variables only. */
    void secret(ObjectNode wanted) {
        List<String> names = new ArrayList<>();
        wanted.path("data").fieldNames().forEachRemaining(names::add);
        add(Action.CREATE, ObjectKind.SECRET, Manifests.name(wanted), "with " + String.join(", ", names));
    }

    void keep(ObjectKind kind, String name, String why) {
        add(Action.KEEP, kind, name, why);
    }

    void remove(ObjectKind kind, String name) {
        add(Action.REMOVE, kind, name, "once the new release has the traffic and the old one's time is over");
    }

    private void add(Action action, ObjectKind kind, String name, String detail) {
        changes.add(new PlannedChange(action, kind.word() + " " + cluster.namespace() + "/" + name, detail));
    }

    private static String summary(ObjectNode wanted) {
        String image = wanted.findPath("image").asText();
        String replicas = wanted.path("spec").path("replicas").asText();
        return image.isEmpty()
                ? "in front of the releases"
                : replicas.isEmpty() ? "of " + image : replicas + " pods of " + image;
    }

    List<PlannedChange> changes() {
        return List.copyOf(changes);
    }
}
