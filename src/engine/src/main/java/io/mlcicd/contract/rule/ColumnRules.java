package io.mlcicd.contract.rule;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What can be asked of a column. */
public final class ColumnRules {

    /** In the order in which they are checked and told. */
    private static final List<Function<Place, Optional<Rule>>> READERS = List.of(
            IsOfType::read,
            IsOneOfTypes::read,
            NullShare::read,
            NullShare::readBounds,
            Range::read,
            OneOf::read,
            OneOf::readForbidden,
            Matches::read,
            Matches::readForbidden,
            Length::read,
            DateFormat::read,
            IsJson::read,
            KeepsJsonSchema::read,
            Monotonic::read,
            Unique::readOfColumn,
            Distinct::read,
            Distinct::readShare,
            DistinctValues::read);

    private ColumnRules() {}

    /**
     * The rules that the keys of a mapping ask for.
     *
     * @throws io.mlcicd.operation.InvalidInputException when keys contradict one another or the column's type; the
     *     message names file, line, column and key
     */
    public static List<Rule> read(Place place) {
        return Stream.concat(
                        READERS.stream().flatMap(reader -> reader.apply(place).stream()), DistributionRules.read(place))
                .toList();
    }
}
