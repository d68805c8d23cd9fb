package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.distance.Binning;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinningTest {

    @Test
    void quantilesOfDifferentValuesGiveOneBinForEachStepOpenAtBothEnds() {
        Binning binning = Binning.ofQuantiles(List.of(0.0, 1.0, 2.0, 3.0));

        assertThat(binning.cuts()).containsExactly(1.0, 2.0);
        assertThat(binning.from(0)).isEmpty();
        assertThat(binning.to(0)).hasValue(1.0);
        assertThat(binning.to(2)).isEmpty();
    }

    @Test
    void quantilesThatCoincideCollapse() {
        assertThat(Binning.ofQuantiles(List.of(0.0, 2.0, 2.0, 2.0, 5.0)).cuts()).containsExactly(2.0);
    }

    @Test
    void aConstantIsABinBetweenWhatIsBelowAndWhatIsAboveIt() {
        assertThat(Binning.ofQuantiles(List.of(7.0, 7.0, 7.0)).cuts()).containsExactly(7.0, Math.nextUp(7.0));
        assertThat(Binning.ofQuantiles(List.of(-0.0, -0.0, 0.0, 0.0)).cuts()).containsExactly(0.0, Math.nextUp(0.0));
    }

    @Test
    void withoutQuantilesThereIsOneBin() {
        assertThat(Binning.ofQuantiles(List.of()).size()).isEqualTo(1);
    }
}
