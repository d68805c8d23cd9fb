package io.mlcicd.contract.rule;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What can be asked of a data set as a whole, or of several columns together. */
public final class DataSetRules {

    private static final List<Function<Place, Optional<OnColumns>>> OF_THE_CONTRACT = List.of(
            whole(RowCount::read),
            whole(RowChange::read),
            whole(SameRows::read),
            whole(NoExtraColumns::read),
            whole(ColumnOrder::read),
            PrimaryKey::read);

    private static final List<Function<Place, Optional<OnColumns>>> OF_AN_ITEM = List.of(
            whole(RowCount::read),
            whole(RowChange::read),
            whole(SameRows::read),
            Freshness::read,
            Volume::read,
            Overlap::read,
            Skew::read,
            whole(ColumnCount::read),
            whole(ColumnOrder::read),
            whole(ColumnSet::read),
            PrimaryKey::read,
            ForeignKey::read,
            Unique::readOfItem,
            Condition::read,
            Sum::read,
            Correlation::readOfItem,
            Leakage::readOfItem,
            Duplicates::readOfItem);

    private DataSetRules() {}

    /**
     * A rule and the columns it is about; none for the data set as a whole.
     *
     * @param columns their names
     * @param rule the rule
     */
    public record OnColumns(List<String> columns, Rule rule) {}

    /** The rules that the contract's own keys ask for. */
    public static List<OnColumns> read(Place contract) {
        return read(OF_THE_CONTRACT, contract);
    }

    /** The rules that an item of the contract's list of checks asks for. */
    public static List<OnColumns> readItem(Place item) {
        return read(OF_AN_ITEM, item);
    }

    /** Whether the contract's own keys ask for it, and not its list of checks. */
    public static boolean isOfTheContract(Rule rule) {
        return rule instanceof RowCount
                || rule instanceof NoExtraColumns
                || rule instanceof ColumnOrder
                || rule instanceof PrimaryKey;
    }

    private static List<OnColumns> read(List<Function<Place, Optional<OnColumns>>> readers, Place place) {
        return readers.stream().flatMap(reader -> reader.apply(place).stream()).toList();
    }

    private static Function<Place, Optional<OnColumns>> whole(Function<Place, Optional<Rule>> reader) {
        return place -> reader.apply(place).map(rule -> new OnColumns(List.of(), rule));
    }
}
