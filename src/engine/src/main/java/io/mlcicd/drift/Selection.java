package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.document.Spelling;
import io.mlcicd.drift.DriftDetails.MissingColumn;
import io.mlcicd.drift.DriftDetails.SideName;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which columns are asked for, on which sides they are.
 *
 * @param shared columns of both sides, in the reference's order
 * @param missing columns of one side
 * @param named the columns the user named, which are compared even where that is seldom useful
 */
record Selection(List<Pair> shared, List<MissingColumn> missing, Set<String> named) {

    /** A column on both sides; the types may differ. */
    record Pair(Column reference, Column current) {
        String name() {
            return reference.name();
        }
    }

    /** @throws InvalidInputException when the request names a column that neither side has */
    static Selection of(DriftRequest request, List<Column> reference, List<Column> current) {
        Map<String, Column> inReference = byName(reference);
        Map<String, Column> inCurrent = byName(current);
        Set<String> all = new LinkedHashSet<>(inReference.keySet());
        all.addAll(inCurrent.keySet());
        requireKnown("columns", request.columns(), all);
        requireKnown("exclude", request.exclude(), all);
        requireKnown("roles", request.roles().all(), all);
        requireKnown("tests", request.tests().own().keySet(), all);
        requireKnown("importances", request.importances().keySet(), all);

        Set<String> asked = Set.copyOf(request.columns());
        Set<String> named = new LinkedHashSet<>(asked);
        named.addAll(request.roles().all());
        List<Pair> shared = new ArrayList<>();
        List<MissingColumn> missing = new ArrayList<>();
        for (String name : all) {
            if (request.exclude().contains(name) || !(asked.isEmpty() || named.contains(name))) {
                continue;
            }
            Optional<Column> before = Optional.ofNullable(inReference.get(name));
            Optional<Column> now = Optional.ofNullable(inCurrent.get(name));
            if (before.isPresent() && now.isPresent()) {
                shared.add(new Pair(before.get(), now.get()));
            } else {
                Column column = before.or(() -> now).orElseThrow();
                SideName from = before.isPresent() ? SideName.CURRENT : SideName.REFERENCE;
                missing.add(new MissingColumn(name, column.type(), from));
            }
        }
        return new Selection(List.copyOf(shared), List.copyOf(missing), Set.copyOf(named));
    }

    /** The reference's columns that must be looked over before it is known how to compare them. */
    List<Column> unclearInReference() {
        return unclear().map(Pair::reference).toList();
    }

    /** The same columns of the current data. */
    List<Column> unclearInCurrent() {
        return unclear().map(Pair::current).toList();
    }

    private Stream<Pair> unclear() {
        return shared.stream().filter(pair -> !Plan.isNumeric(pair.reference(), pair.current()));
    }

    private static Map<String, Column> byName(List<Column> columns) {
        return columns.stream()
                .collect(Collectors.toMap(Column::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    private static void requireKnown(String key, Collection<String> names, Set<String> all) {
        for (String name : names) {
            if (!all.contains(name)) {
                throw new InvalidInputException("'%s' of the drift check names the column '%s'%s, which neither the"
                                .formatted(key, name, Spelling.hint(name, all))
                        + " reference nor the current data have; there are: " + String.join(", ", all));
            }
        }
    }
}
