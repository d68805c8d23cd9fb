package io.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.retrain.RetrainAdvice.Finding;
import io.mlcicd.retrain.RetrainAdvice.State;
import io.mlcicd.retrain.RetrainDecision.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Months in the life of a controller with a clock that jumps, crashes at any moment, a queue that is lost, people who press
 * buttons: whatever happens, no evidence starts two builds, none starts within the cooldown, and what lasts is answered.
 */
class RetrainSimulationTest {

    private static final Duration COOLDOWN = Duration.ofHours(12);
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final String SPEC = "0 * * * *";

    static List<Integer> seeds() {
        return java.util.stream.IntStream.range(0, 60).boxed().toList();
    }

    /** A controller and the world around it; only {@code state}, {@code queued} and {@code builds} survive a crash. */
    private static final class World {
        final Random random;
        final Approval approval;
        final RetrainPolicy policy;
        Instant clock = Instant.parse("2026-10-20T00:00:00Z");
        Duration lived = Duration.ZERO;
        Duration lastJump = Duration.ofDays(-99);
        RetrainState state = RetrainState.NONE;
        int found;
        boolean drifted;
        int decisions;
        Optional<String> queued = Optional.empty();
        boolean running;
        final Map<String, Integer> builds = new HashMap<>();
        final Map<String, Set<String>> decided = new HashMap<>();
        final List<Duration> starts = new ArrayList<>();
        final Set<String> answered = new HashSet<>();

        World(int seed) {
            this.random = new Random(seed);
            this.approval = seed % 3 == 0 ? Approval.REQUIRED : Approval.NONE;
            this.policy = new RetrainSpec(
                            Optional.empty(),
                            seed % 2 == 0 ? List.of(Condition.DRIFT) : List.of(Condition.DRIFT, Condition.ALWAYS),
                            OptionalDouble.empty(),
                            List.of(),
                            List.of(),
                            OptionalLong.empty(),
                            Optional.empty(),
                            Optional.of(approval),
                            Optional.of(COOLDOWN),
                            Optional.of(QuietHours.of("22:00-06:00", ZoneId.of("Europe/Berlin"))))
                    .policy();
        }

        RetrainAdvice advice(Optional<Instant> scheduled) {
            List<Finding> findings = new ArrayList<>();
            if (policy.when().contains(Condition.ALWAYS)) {
                findings.add(new Finding(
                        Condition.ALWAYS,
                        scheduled.isPresent() ? State.HOLDS : State.DOES_NOT_HOLD,
                        "schedule",
                        scheduled.map(EvidenceId::ofSchedule)));
            }
            findings.add(new Finding(
                    Condition.DRIFT,
                    drifted ? State.HOLDS : State.DOES_NOT_HOLD,
                    "drift",
                    drifted ? Optional.of("drift-" + found) : Optional.empty()));
            return RetrainAdvice.of(approval, findings);
        }

        void write(RetrainState next) {
            state = DecisionRulesTest.throughJson(next);
        }

        /** What a trigger does when it is looked after, once a minute or so; it may be killed at any of three points. */
        void look(boolean crashes) {
            RetrainState read = state.at(clock).under(SPEC, clock);
            if (!read.equals(state)) {
                write(read);
            }
            if (state.intent().isPresent()) {
                String id = state.intent().get().id();
                if (builds.containsKey(id)) {
                    write(state.completed(id));
                } else if (!queued.equals(Optional.of(id))) {
                    queued = Optional.of(id);
                }
                return;
            }
            Instant newest = clock.truncatedTo(java.time.temporal.ChronoUnit.HOURS);
            if (!state.isNew(newest) && !state.isOpen()) {
                return;
            }
            Optional<Instant> due = state.due(Optional.of(newest));
            RetrainAdvice advice = advice(due);
            RetrainDecision decision = DecisionRules.decide(
                    policy, advice, due, state, new Situation(true, running || queued.isPresent()), clock);
            if (crashes && random.nextBoolean()) {
                return;
            }
            String id = "d" + decisions++;
            write(state.after(decision, id, Map.of(), clock));
            if (decision.kind() == Kind.START) {
                decided.put(id, decision.evidence());
                for (String evidence : decision.evidence()) {
                    assertThat(answered.add(evidence))
                            .as("a second start for " + evidence)
                            .isTrue();
                }
                if (!starts.isEmpty() && lastJump.compareTo(starts.get(starts.size() - 1)) < 0) {
                    assertThat(lived.minus(starts.get(starts.size() - 1))).isGreaterThanOrEqualTo(COOLDOWN);
                }
                starts.add(lived);
                assertThat(policy.quietHours().orElseThrow().until(clock)).isEmpty();
                if (crashes) {
                    return;
                }
                queued = Optional.of(id);
            }
        }

        void work(boolean crashes) {
            if (running) {
                running = random.nextInt(6) != 0;
            } else if (queued.isPresent() && random.nextInt(3) != 0) {
                String id = queued.get();
                queued = Optional.empty();
                running = true;
                builds.merge(id, 1, Integer::sum);
                if (!crashes) {
                    write(state.completed(id));
                }
            }
        }

        void people(boolean agree) {
            if (state.proposal().isPresent() && random.nextInt(30) == 0) {
                String id = state.proposal().get().id();
                write((agree || random.nextInt(4) != 0 ? state.approved(id, "ada") : state.declined(id, clock))
                        .orElseThrow());
            }
        }

        boolean hasBuilt(String evidence) {
            return decided.entrySet().stream()
                    .anyMatch(start -> start.getValue().contains(evidence) && builds.containsKey(start.getKey()));
        }

        void live(boolean calm) {
            boolean crashes = !calm && random.nextInt(10) == 0;
            clock = clock.plus(STEP);
            lived = lived.plus(STEP);
            if (!calm && random.nextInt(40) == 0) {
                found++;
                drifted = random.nextInt(3) != 0;
            }
            if (!calm && random.nextInt(300) == 0) {
                boolean forward = random.nextInt(4) == 0;
                clock = clock.plus(Duration.ofMinutes((forward ? 1L : -1L) * random.nextInt(5000)));
                lastJump = forward ? lived : lastJump;
            }
            if (!calm && random.nextInt(60) == 0) {
                queued = Optional.empty();
            }
            if (!crashes || random.nextBoolean()) {
                look(crashes);
            }
            work(crashes);
            people(calm);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingStartsTwiceAndNothingIsLost(int seed) {
        World world = new World(seed);
        for (int i = 0; i < 3000; i++) {
            world.live(false);
        }
        assertThat(world.starts).hasSizeGreaterThan(3);

        world.found++;
        world.drifted = true;
        String lasting = "drift-" + world.found;
        for (int i = 0; i < 6 * 24 * 20 && !world.hasBuilt(lasting); i++) {
            world.live(true);
        }

        assertThat(world.builds.values()).as("builds of one decision").allMatch(times -> times == 1);
        assertThat(world.hasBuilt(lasting)).isTrue();
    }
}
