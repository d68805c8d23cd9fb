package io.mlcicd.data;

import java.util.SplittableRandom;

/**
 * Chance by which rows are drawn where the data are: a hash of a row's number, by a random polynomial of third degree. Any
 * two rows are drawn nearly independently (M. N. Wegman and J. L. Carter, J. Comput. Syst. Sci. 22, 1981).
 */
public final class RowHash {

    /** The greatest prime below 2^31, so that products of two remainders are 64-bit numbers. */
    private static final long PRIME = 2_147_483_647L;

    private RowHash() {}

    /**
     * A whole number from 0 up to, and without, 2^31 - 1 in SQL, as good as random.
     *
     * @param number a row's number, 0 or more, in SQL
     * @param seed which polynomial
     */
    public static String whole(String number, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String x = "(" + number + " % " + PRIME + ")";
        String value = String.valueOf(random.nextLong(1, PRIME));
        for (int degree = 0; degree < 3; degree++) {
            value = "((%s * %s + %d) %% %d)".formatted(value, x, random.nextLong(PRIME), PRIME);
        }
        return value;
    }

    /**
     * A number from 0 up to, and without, 1 in SQL, as good as random.
     *
     * @param number a row's number, 0 or more, in SQL
     * @param seed which polynomial
     */
    public static String sql(String number, long seed) {
        return whole(number, seed) + " / " + DataEngine.literal((double) PRIME);
    }
}
