package io.mlcicd.drift.performance;

/** Numbers that a formula gives: x ← (1103515245 x + 12345) mod 2³¹, so that another program can have the same. */
final class Lcg {

    private static final long MODULUS = 1L << 31;

    private long x;

    Lcg(long seed) {
        x = seed;
    }

    /** The next number from 0 up to 1. */
    double next() {
        x = (x * 1_103_515_245L + 12_345) % MODULUS;
        return (double) x / MODULUS;
    }

    /** 1 with that probability, else 0. */
    double bit(double probability) {
        return next() < probability ? 1 : 0;
    }
}
