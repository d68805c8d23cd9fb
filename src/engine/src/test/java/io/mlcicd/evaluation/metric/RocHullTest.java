package io.mlcicd.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class RocHullTest {

    /** A path along a quarter circle, all of whose points are vertices: more than a hull may keep. */
    @Test
    void aPathOfVerticesAloneKeepsItsBestOnes() {
        int steps = 1_000_000;
        RocHull hull = new RocHull();
        for (int i = 1; i <= steps; i++) {
            double angle = Math.PI / 2 * i / steps;
            hull.add(-i, 1e6 * (1 - Math.cos(angle)), 1e3 * Math.sin(angle));
        }
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            double a = random.nextDouble();
            double b = random.nextDouble();
            DoubleBinaryOperator objective = (fp, tp) -> a * tp / 1e3 + b * (1 - fp / 1e6);

            Cut best = hull.best(objective);

            assertThat(objective.applyAsDouble(best.falsePositives(), best.truePositives()))
                    .isCloseTo(Math.hypot(a, b), within(1e-8));
        }
    }

    @Test
    void aCornerAmongFlatVerticesStays() {
        RocHull hull = new RocHull();
        int steps = 200_000;
        double fp = 0;
        double tp = 0;
        for (int i = 0; i < steps; i++) {
            tp += 1;
            fp += i * 1e-9;
            hull.add(-i, fp, tp);
        }
        for (int i = 0; i < steps; i++) {
            fp += 1;
            tp += (steps - i) * 1e-9;
            hull.add(-steps - i, fp, tp);
        }

        assertThat(hull.best((x, y) -> y - x).threshold()).isEqualTo(-steps + 1);
    }

    @Test
    void whereAllIsEqualNothingIsTaken() {
        RocHull hull = new RocHull();
        hull.add(0.5, 1, 1);

        assertThat(hull.best((fp, tp) -> 7).threshold()).isInfinite();
        assertThat(hull.bestAbove(7, (fp, tp) -> 7)).isEmpty();
    }
}
