package io.mlcicd.evaluation.metric;

/**
 * Numbers that a few lines of any language make again, bit by bit, for cases shared with a reference: {@code s = (s *
 * 1103515245 + 12345) mod 2^31}, of which {@code s / 2^31} is told.
 */
final class Lcg {

    private long state;

    Lcg(long seed) {
        state = seed;
    }

    double next() {
        state = (state * 1103515245L + 12345L) & 0x7fffffffL;
        return state / 2147483648.0;
    }
}
