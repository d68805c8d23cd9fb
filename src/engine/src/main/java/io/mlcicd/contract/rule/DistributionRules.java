package io.mlcicd.contract.rule;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What can be asked of how a column's values are distributed. */
final class DistributionRules {

    /** In the order in which they are checked and told. */
    private static final List<Function<Place, List<Rule>>> READERS = List.of(
            ColumnStatistic::read,
            Quantile::read,
            one(MeanLength::read),
            one(Outliers::read),
            ClassShare::read,
            Frequencies::read,
            one(MostCommon::read),
            one(Divergence::read),
            one(BaselineDistance::read),
            one(CategoryChange::readNew),
            one(CategoryChange::readVanished));

    private DistributionRules() {}

    /** The rules that the keys of a mapping ask for. */
    static Stream<Rule> read(Place place) {
        return READERS.stream().flatMap(reader -> reader.apply(place).stream());
    }

    private static Function<Place, List<Rule>> one(Function<Place, Optional<Rule>> reader) {
        return place -> reader.apply(place).stream().toList();
    }
}
