package io.mlcicd.drift;

import io.mlcicd.data.distance.Divergence;
import io.mlcicd.drift.Contingency.Cell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far measures of categories may be from those of the data behind a profile that does not list all of them, so that
 * the rest of both sides is compared as one category. Telling categories apart never brings distributions closer, but where
 * the least share counts for rarer ones; they are farthest apart when no category of the rest is on both sides.
 */
final class RestBounds {

    private static final double LEAST = Divergence.LEAST_SHARE;

    private final Map<String, Double> measures;
    private final Map<String, Double> errors = new HashMap<>();
    private final double n;
    private final double m;
    private final double p;
    private final double q;

    private RestBounds(Map<String, Double> measures, Cell rest, double n, double m) {
        this.measures = measures;
        this.n = n;
        this.m = m;
        this.p = rest.reference() / n;
        this.q = rest.current() / m;
    }

    /**
     * By how much each measure may be off.
     *
     * @param measures what was computed
     * @param known the categories that were told apart, and missing values
     * @param rest the others together
     * @param n number of the reference's rows
     * @param m number of the current rows
     */
    static Map<String, Double> errors(Map<String, Double> measures, List<Cell> known, Cell rest, double n, double m) {
        RestBounds bounds = new RestBounds(measures, rest, n, m);
        bounds.shares(known);
        bounds.tests(rest);
        return bounds.errors;
    }

    private void shares(List<Cell> known) {
        double one = Divergence.populationStability(p, q);
        double apart = Divergence.populationStability(p, 0) + Divergence.populationStability(0, q);
        double psi = measures.get("psi");
        ShareBounds.put(errors, "psi", measures, psi - one, psi - one + apart);

        double half = (p + q) / 2;
        double js = measures.get("js");
        double together = term(p, half) / 2 / Math.log(2) + term(q, half) / 2 / Math.log(2);
        ShareBounds.put(errors, "js", measures, js, Math.sqrt(Math.min(1, js * js - together + half)));

        double hellinger = measures.get("hellinger");
        double square = Math.pow(Math.sqrt(p) - Math.sqrt(q), 2) / 2;
        ShareBounds.put(
                errors,
                "hellinger",
                measures,
                hellinger,
                Math.sqrt(Math.min(1, hellinger * hellinger - square + half)));

        double tv = measures.get("tv");
        ShareBounds.put(errors, "tv", measures, tv, Math.min(1, tv - Math.abs(p - q) / 2 + half));

        double greatest = known.stream()
                .mapToDouble(cell -> Math.abs(cell.reference() / n - cell.current() / m))
                .max()
                .orElse(0);
        ShareBounds.put(errors, "linf", measures, greatest, Math.max(greatest, Math.max(p, q)));

        double kl = measures.get("kl");
        double ofRest = term(q, Math.max(p, LEAST));
        double rarest = Math.min(0, q * Math.log(1 / (m * LEAST)));
        // What brought the others' sum below zero is not in the divergence, which is never negative.
        ShareBounds.put(
                errors,
                "kl",
                measures,
                Math.max(0, kl - ofRest + rarest),
                Math.max(kl, kl - ofRest + Math.max(0, term(q, LEAST))));
    }

    private void tests(Cell rest) {
        double rows = rest.reference() + rest.current();
        double chi2 = measures.get("chi2");
        double expected = rows * n / (n + m);
        double together = rows == 0
                ? 0
                : Math.pow(rest.reference() - expected, 2) / expected
                        + Math.pow(rest.current() - (rows - expected), 2) / (rows - expected);
        ShareBounds.put(
                errors, "chi2", measures, chi2, chi2 - together + rest.reference() * m / n + rest.current() * n / m);

        double g = measures.get("g");
        double likelihood = 2 * (term(rest.reference(), expected) + term(rest.current(), rows - expected));
        double apart = 2 * (rest.reference() * Math.log((n + m) / n) + rest.current() * Math.log((n + m) / m));
        ShareBounds.put(errors, "g", measures, g, g - likelihood + apart);
        // Nobody knows how many categories there are, on which the p-values depend.
        ShareBounds.put(errors, "chi2.pValue", measures, 0, 1);
        ShareBounds.put(errors, "g.pValue", measures, 0, 1);
    }

    private static double term(double share, double of) {
        return share == 0 ? 0 : share * Math.log(share / of);
    }
}
