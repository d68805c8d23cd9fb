package io.mlcicd.drift;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The two-sample Cramér–von Mises test; equals scipy's {@code cramervonmises_2samp}, whose method "auto" it follows: the
 * p-value is exact for at most 20 values on either side, else that of the limiting distribution.
 *
 * <p>Sources: T. W. Anderson, On the distribution of the two-sample Cramér-von Mises criterion, Annals of Mathematical
 * Statistics 33, 1962; S. Csörgő and J. J. Faraway, Journal of the Royal Statistical Society B 58, 1996, equation 1.3;
 * exact distribution: Y. Xiao, A. Gordon and A. Yakovlev, Journal of Statistical Software 17 (8), 2006.
 *
 * @param statistic Anderson's T, 0 and up
 * @param pValue 0 to 1
 */
record CramerVonMises(double statistic, double pValue) {

    private static final long EXACT = 20;

    /** From this value of the limiting statistic on the first term of the tail is closer than the series, and positive. */
    private static final double TAIL = 4;

    /** Where scipy takes the p-value for 1. */
    private static final double NOTHING = 0.003;

    private static final AtomicReference<LatticePaths> LAST = new AtomicReference<>(LatticePaths.of(1, 1));

    /**
     * The test of Anderson's U.
     *
     * @param twelvefold twelve times U, a whole number even where values are tied
     * @param n number of values in one sample, positive
     * @param m number of values in the other, positive
     */
    static CramerVonMises of(BigInteger twelvefold, long n, long m) {
        BigInteger k = BigInteger.valueOf(n).multiply(BigInteger.valueOf(m));
        BigInteger total = BigInteger.valueOf(n + m);
        BigInteger four = BigInteger.valueOf(4);
        BigInteger centred = twelvefold.subtract(
                k.multiply(BigInteger.TWO).multiply(k.multiply(four).subtract(BigInteger.ONE)));
        BigInteger scale = k.multiply(total).multiply(BigInteger.valueOf(12));
        double statistic = new BigDecimal(centred)
                .divide(new BigDecimal(scale), MathContext.DECIMAL64)
                .doubleValue();
        double p = Math.max(n, m) <= EXACT
                ? exact(centred, (int) n, (int) m)
                : asymptotic(statistic, (double) n, (double) m);
        return new CramerVonMises(statistic, Math.min(1, Math.max(0, p)));
    }

    private static double exact(BigInteger centred, int n, int m) {
        LatticePaths paths = LAST.updateAndGet(last -> last.isOf(n, m) ? last : LatticePaths.of(n, m));
        long lcm = paths.leastCommonMultiple();
        BigInteger over = centred.multiply(BigInteger.valueOf(lcm * lcm * (n + m)));
        BigInteger under = BigInteger.valueOf(12L * n * m * n * m);
        BigInteger[] parts = over.divideAndRemainder(under);
        long least = parts[0].longValueExact() - (parts[1].signum() < 0 ? 1 : 0);
        return paths.shareFrom(least);
    }

    private static double asymptotic(double statistic, double n, double m) {
        double k = n * m;
        double total = n + m;
        double mean = (1 + 1 / total) / 6;
        double variance =
                (total + 1) / (total * total) * ((4 * k * total - 3 * (n * n + m * m) - 2 * k) / (4 * k)) / 45;
        double limiting = 1.0 / 6 + (statistic - mean) / Math.sqrt(45 * variance);
        if (limiting < NOTHING) {
            return 1;
        }
        return limiting > TAIL ? tail(limiting) : 1 - limit(limiting);
    }

    /** The distribution function of the limiting statistic. */
    private static double limit(double x) {
        double sum = 0;
        double term = 1;
        for (int k = 0; term > 1e-17; k++) {
            double y = 4.0 * k + 1;
            double q = y * y / (16 * x);
            double factor = Math.exp(LogGamma.value(k + 0.5) - LogGamma.value(k + 1.0))
                    / (Math.pow(Math.PI, 1.5) * Math.sqrt(x));
            term = factor * Math.sqrt(y) * besselTimesExponential(q);
            sum += term;
        }
        return sum;
    }

    /**
     * {@code exp(-q) K(1/4, q)}, the modified Bessel function of the second kind: the integral of {@code exp(-q (1 + cosh
     * t)) cosh(t / 4)} over all positive t (NIST Digital Library of Mathematical Functions, 10.32.9). Its integrand falls
     * so fast that the trapezoidal rule gives all digits.
     */
    private static double besselTimesExponential(double q) {
        double step = 1.0 / 32;
        double sum = Math.exp(-2 * q) / 2;
        double term = 1;
        for (int i = 1; term > sum * 1e-18; i++) {
            double t = i * step;
            term = Math.exp(-q * (1 + Math.cosh(t))) * Math.cosh(t / 4);
            sum += term;
        }
        return sum * step;
    }

    /** The tail by the greatest eigenvalue {@code 1 / pi^2} of many (V. M. Zolotarev, 1961). */
    private static double tail(double x) {
        return Math.sqrt(2) * Erfc.value(Math.PI * Math.sqrt(x / 2));
    }

    /** Statistic and p-value under their names. */
    Map<String, Double> measures() {
        return Map.of("cvm", statistic, "cvm.pValue", pValue);
    }
}
