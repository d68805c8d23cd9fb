package io.mlcicd.gate;

import java.util.Collection;

/** What all gates of an operation say together, from best to worst. */
public enum Verdict {
    /** No gate of criticality UNSTABLE or FAILURE failed. */
    PASSED,
    /** At least one UNSTABLE gate failed, but no FAILURE gate. */
    UNSTABLE,
    /** At least one FAILURE gate failed. */
    FAILED;

    /** Returns the worst verdict that follows from these gates; {@link #PASSED} for none. */
    public static Verdict of(Collection<GateResult> gates) {
        Verdict worst = PASSED;
        for (GateResult gate : gates) {
            if (gate.outcome() == Outcome.FAILED) {
                worst = worst.and(
                        switch (gate.gate().criticality()) {
                            case NOTE -> PASSED;
                            case UNSTABLE -> UNSTABLE;
                            case FAILURE -> FAILED;
                        });
            }
        }
        return worst;
    }

    /** Returns the worse of the two. */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
