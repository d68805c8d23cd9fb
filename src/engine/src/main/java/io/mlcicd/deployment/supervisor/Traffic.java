package io.mlcicd.deployment.supervisor;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Decides which release a request goes to. What it decides by is replaced as a whole, so no request sees half a change. */
final class Traffic {

    /** The golden ratio's fraction: its multiples fill the unit interval evenly, in whatever rhythm they are taken. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final double UNIT = 0x1.0p-53;

    /**
     * A division of the traffic.
     *
     * @param number tells this division from every other
     * @param main the release that serves; empty when there is none yet
     * @param trial the release beside it
     * @param share of the requests that goes to the one on trial, 0 to 1
     * @param shadow whether the one on trial gets copies
     */
    record Split(
            long number,
            Optional<Lane> main,
            Optional<Lane> trial,
            double share,
            Optional<Shadowing> shadow,
            TrafficOptions options) {

        Optional<Lane> choose(double place) {
            boolean toTrial = trial.isPresent() && share > 0 && (main.isEmpty() || place < share);
            return toTrial ? trial : main;
        }

        /** The release to turn to when that one does not answer. */
        Optional<Lane> otherThan(Lane lane) {
            boolean isTrial = trial.filter(lane::equals).isPresent();
            return isTrial ? main : trial.filter(other -> share > 0);
        }

        /** What that release answered since the trial began; labels come long after the answers that they are for. */
        Answers answers(Service service) {
            return trial.isEmpty()
                    ? new Answers()
                    : Stream.of(main, trial)
                            .flatMap(Optional::stream)
                            .filter(lane -> lane.service() == service)
                            .findFirst()
                            .map(Lane::answers)
                            .orElseGet(Answers::new);
        }

        /** Where connections that are no requests go: one release gets them all. */
        Optional<Lane> whole() {
            return share >= 1 ? trial : main;
        }
    }

    /** A release that was chosen, and how its choice came about. */
    record Choice(Split split, Optional<Lane> lane) {}

    private final AtomicLong turn = new AtomicLong();
    private volatile Split split;

    Traffic(TrafficOptions options) {
        split = new Split(0, Optional.empty(), Optional.empty(), 0, Optional.empty(), options);
    }

    Split now() {
        return split;
    }

    /** Divides the traffic anew; figures begin anew, too, but those of a release that gets nothing any more stay. */
    synchronized void divide(
            Optional<Service> main, Optional<Service> trial, double share, boolean shadow, TrafficOptions options) {
        Split before = split;
        Optional<Lane> mainLane = main.map(service -> new Lane(
                service,
                share >= 1
                        ? before.main()
                                .filter(lane -> lane.service() == service)
                                .map(Lane::figures)
                                .orElseGet(Figures::new)
                        : new Figures(),
                before.answers(service),
                false));
        Optional<Lane> trialLane =
                trial.map(service -> new Lane(service, new Figures(), before.answers(service), true));
        split = new Split(
                before.number() + 1,
                mainLane,
                trialLane,
                share,
                shadow ? trialLane.map(lane -> new Shadowing(lane, options)) : Optional.empty(),
                options);
        before.shadow().ifPresent(Shadowing::end);
    }

    /** Chooses a release for a request, which is counted as one of its connections; whoever asks must take it off again. */
    Choice request() {
        return take(true);
    }

    /** Chooses a release for a connection that stays with it. */
    Choice connection() {
        return take(false);
    }

    private Choice take(boolean divided) {
        double place = ((turn.incrementAndGet() * GOLDEN) >>> 11) * UNIT;
        while (true) {
            Split now = split;
            Optional<Lane> lane = divided ? now.choose(place) : now.whole();
            // Counted first, looked at again after: a release that leaves in between must not be stopped under it.
            lane.ifPresent(chosen -> chosen.service().opened());
            if (split.number() == now.number()) {
                return new Choice(now, lane);
            }
            lane.ifPresent(chosen -> chosen.service().closed());
        }
    }

    /** What both answered since the trial began, after as many as the deployer knows. */
    Fields answers(Fields known) {
        Split now = split;
        Map<String, String> all = new TreeMap<>();
        now.main().ifPresent(lane -> put(all, "old.", lane, known));
        now.trial().ifPresent(lane -> put(all, "new.", lane, known));
        return new Fields(all);
    }

    private static void put(Map<String, String> all, String side, Lane lane, Fields known) {
        lane.answers()
                .after(Long.parseLong(known.require(side + "known")))
                .forEach((key, value) -> all.put(side + key, value));
    }

    /** What was seen of both since the last division. */
    Fields figures() {
        Split now = split;
        Map<String, String> all = new TreeMap<>();
        now.main().ifPresent(lane -> lane.figures().describe().forEach((key, value) -> all.put("old." + key, value)));
        now.trial().ifPresent(lane -> lane.figures().describe().forEach((key, value) -> all.put("new." + key, value)));
        now.shadow().ifPresent(shadow -> all.putAll(shadow.describe()));
        return new Fields(all);
    }
}
