package io.mlcicd.evaluation.metric;

import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * By how much metrics of a binary score may be off where rows of near scores, a level, were taken as tied; areas are those
 * of {@link AreaErrors}.
 *
 * <ul>
 *   <li>{@code liftTop10}: of the level at the border of the top tenth, at most as many positive rows are above it as there
 *       is room for, or as the level has; at least what negative ones leave of the room.
 *   <li>{@code ks}, {@code costBest}, and the best F1 and the greatest TPR - FPR of thresholds, are the best of all points
 *       of the ROC path. Ends of levels are points of the true path, so that none of these is better than the truth; within a
 *       level the path stays in the rectangle of its ends. As the measures are quasiconvex (a sum, or a ratio of sums, of both
 *       coordinates, or the size of a sum), none of its points is better than the best corner of all such rectangles.
 * </ul>
 */
final class RankedErrors {

    private final double top;
    private final AreaErrors areas = new AreaErrors();
    private final RocHull above = new RocHull();
    private final RocHull below = new RocHull();
    private double topPositives;

    /** Errors of rows of that total weight. */
    RankedErrors(double total) {
        this.top = total / 10;
    }

    void level(boolean spread, double positive, double negative) {
        double room = top - areas.total();
        if (spread && room > 0 && room < positive + negative) {
            double counted = positive * room / (positive + negative);
            topPositives = Math.max(counted - Math.max(0, room - negative), Math.min(positive, room) - counted);
        }
        double truePositives = areas.positives();
        double falsePositives = areas.total() - truePositives;
        areas.level(spread, positive, negative);
        if (spread) {
            above.add(0, falsePositives, truePositives + positive);
            below.add(0, falsePositives + negative, truePositives);
        }
        above.add(0, falsePositives + negative, truePositives + positive);
        below.add(0, falsePositives + negative, truePositives + positive);
    }

    /**
     * Puts the greatest errors.
     *
     * @param tally of the same rows
     * @param pictured whether thresholds are shown
     */
    void put(RankedTally tally, boolean pictured, Map<String, Double> metrics, Map<String, Double> errors) {
        areas.put("rocAuc", "prAuc", metrics, errors);
        areas.putTrapezoidal("prAucTrapezoidal", metrics, errors);
        double positives = areas.positives();
        double negatives = areas.total() - positives;
        if (metrics.containsKey("liftTop10")) {
            errors.put("liftTop10", topPositives / top * areas.total() / positives);
        }
        if (metrics.containsKey("ks")) {
            DoubleBinaryOperator distance = (fp, tp) -> tp / positives - fp / negatives;
            errors.put("ks", missed(tally, (fp, tp) -> Math.abs(distance.applyAsDouble(fp, tp))));
            if (pictured) {
                errors.put("greatest TPR − FPR", missed(tally, distance));
            }
        }
        if (pictured && positives > 0) {
            errors.put(
                    "best F1", missed(tally, (fp, tp) -> tally.outcomes(fp, tp).f(1)));
        }
        Optional.ofNullable(metrics.get("costBest"))
                .flatMap(any -> tally.options().costs())
                .ifPresent(costs -> errors.put(
                        "costBest",
                        missed(tally, (fp, tp) -> -tally.outcomes(fp, tp).cost(costs))));
    }

    /** How much better than at the ends of levels a measure can be at a corner. */
    private double missed(RankedTally tally, DoubleBinaryOperator measure) {
        double found = value(tally.hull(), measure);
        return Math.max(0, Math.max(value(above, measure), value(below, measure)) - found);
    }

    private static double value(RocHull hull, DoubleBinaryOperator measure) {
        Cut best = hull.best(measure);
        return measure.applyAsDouble(best.falsePositives(), best.truePositives());
    }
}
