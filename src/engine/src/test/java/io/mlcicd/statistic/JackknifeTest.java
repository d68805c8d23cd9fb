package io.mlcicd.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Expected numbers were computed with numpy 2 and scipy 1.17.1. */
class JackknifeTest {

    @Test
    void ofAMeanAndGroupsOfOneItIsStudentsInterval() {
        double[] values = {2.5, 3.1, 4.7, 1.2, 5.5, 0.3};
        double sum = Arrays.stream(values).sum();
        double[] without = Arrays.stream(values).map(value -> (sum - value) / 5).toArray();

        Jackknife jackknife =
                Jackknife.of(sum / 6, without, new long[] {1, 1, 1, 1, 1, 1}).orElseThrow();

        assertThat(jackknife.standardError()).isCloseTo(0.8133948064200504, within(1e-12));
        assertThat(jackknife.interval(0.9).lower()).isCloseTo(1.2443034517790803, within(1e-9));
        assertThat(jackknife.interval(0.9).upper()).isCloseTo(4.522363214887585, within(1e-9));
        assertThat(jackknife.method()).isEqualTo("jackknife");
    }

    @Test
    void groupsOfUnequalSizeCountByTheirSize() {
        double[] without = {0.8148148148148148, 0.8, 0.7333333333333333, 0.9743589743589743};

        Jackknife jackknife = Jackknife.of(0.8297872340425532, without, new long[] {4, 3, 2, 1})
                .orElseThrow();

        assertThat(jackknife.standardError()).isCloseTo(0.23893089548051732, within(1e-12));
    }

    @Test
    void thereIsNoneWhereAGroupCannotBeLeftOut() {
        assertThat(Jackknife.of(1, new double[] {1, Double.NaN}, new long[] {5, 5}))
                .isEmpty();
    }
}
