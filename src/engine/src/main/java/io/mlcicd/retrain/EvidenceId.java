package io.mlcicd.retrain;

import io.mlcicd.lineage.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names evidence by its content, not by the build that found it, so that a build which is run again brings nothing new.
 * Numbers are left out: they follow from the data.
 */
final class EvidenceId {

    private static final int DIGITS = 20;
    private static final String SCHEDULE = Condition.ALWAYS.key() + "@";

    private EvidenceId() {}

    /** Names what a drift check concluded from these very inputs. */
    static String of(Condition condition, Monitoring monitoring, SortedSet<String> conclusion) {
        TreeSet<String> parts = new TreeSet<>();
        conclusion.forEach(key -> parts.add("found " + key));
        monitoring.inputs().forEach((name, digest) -> parts.add("input " + name + "=" + digest));
        if (monitoring.inputs().isEmpty()) {
            // Without a digest of anything, its time alone tells a check from the next.
            parts.add("time " + monitoring.time());
        }
        return of(condition, parts);
    }

    static String ofSchedule(Instant due) {
        return SCHEDULE + due;
    }

    /** The scheduled time that such a name stands for; empty for the name of other evidence. */
    static Optional<Instant> scheduled(String id) {
        return id.startsWith(SCHEDULE) ? Optional.of(Instant.parse(id.substring(SCHEDULE.length()))) : Optional.empty();
    }

    static String ofAge(AcceptedModel model, long times) {
        TreeSet<String> parts = new TreeSet<>();
        parts.add("model " + model.id());
        parts.add("since " + model.since());
        parts.add("times " + times);
        return of(Condition.AGE, parts);
    }

    static String of(Condition condition, SortedSet<String> parts) {
        String content = condition.key() + "\n" + String.join("\n", parts);
        String hex =
                Digests.of(content.getBytes(StandardCharsets.UTF_8)).value().substring("sha256:".length());
        return condition.key() + "-" + hex.substring(0, DIGITS);
    }
}
