package io.mlcicd.drift.performance;

/**
 * A sequential detector: hears values one by one, of which more is worse, and says when their mean has changed. What it
 * knows is its {@link #state()}, a value that can be kept and from which it goes on as if it had never stopped.
 */
sealed interface Detector permits Adwin, PageHinkley, Ddm {

    /** Hears a finite value, and says what it means. */
    Signal add(double value);

    /** What it knows now. */
    DetectorState state();

    /** The detector that knows that. */
    static Detector resume(DetectorState state) {
        if (state instanceof DetectorState.OfAdwin adwin) {
            return new Adwin(adwin);
        }
        if (state instanceof DetectorState.OfPageHinkley page) {
            return new PageHinkley(page);
        }
        return new Ddm((DetectorState.OfDdm) state);
    }
}
