package io.mlcicd.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthLineTest {

    private static final GrowthLine ONE = new GrowthLine(1, 2e-6);
    private static final GrowthLine CLUSTER = new GrowthLine(10, 5e-6);

    @Test
    void aLineIsFound() {
        GrowthLine line = GrowthLine.through(Map.of(100, 1.0001, 1_000_000, 2.0, 10_000_000, 11.0));
        assertThat(line.start()).isCloseTo(1, within(1e-9));
        assertThat(line.perRow()).isCloseTo(1e-6, within(1e-15));
    }

    @Test
    void severalMachinesPayFromWhereTheLinesCross() {
        // 10 + 5e-6 n / 5 = 1 + 2e-6 n at n = 9 / 1e-6.
        assertThat(CLUSTER.pays(5, ONE).orElseThrow()).isCloseTo(9e6, within(1e-3));
        assertThat(CLUSTER.pays(50, ONE).orElseThrow()).isLessThan(5e6);
    }

    @Test
    void tooFewMachinesNeverPay() {
        assertThat(CLUSTER.pays(1, ONE)).isEmpty();
        assertThat(CLUSTER.pays(2, ONE)).isEmpty();
    }

    @Test
    void whatStartsFasterAndGrowsSlowerAlwaysPays() {
        assertThat(ONE.pays(1, CLUSTER).orElseThrow()).isZero();
    }
}
