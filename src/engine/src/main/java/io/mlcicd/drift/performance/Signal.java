package io.mlcicd.drift.performance;

/** What a detector says of the newest value, by weight. */
enum Signal {
    NONE,
    /** A change is near. */
    WARNING,
    /** A change for the better. */
    BETTER,
    /** A change for the worse. */
    DRIFT
}
