package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.DataProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The greatest distance of a column's distribution from that of the same column in another data set, such as training data
 * from what the service is sent.
 *
 * @param with the other data set
 * @param columns the columns; empty for all that both have
 * @param method which distance
 * @param bounds what the distance may be
 */
public record Skew(String with, List<String> columns, DistanceMethod method, Bounds bounds) implements MeasureRule {

    public Skew {
        columns = List.copyOf(columns);
    }

    static Optional<DataSetRules.OnColumns> read(Place place) {
        if (!place.has("skew")) {
            return Optional.empty();
        }
        Place at = place.at("skew");
        List<String> columns = at.columnNames("columns");
        DistanceMethod method = DistanceMethod.of(at.text("method").orElse(DistanceMethod.PSI.key()));
        return Optional.of(new DataSetRules.OnColumns(
                columns, new Skew(at.text("with").orElseThrow(), columns, method, at.bounds())));
    }

    @Override
    public Optional<Other> other() {
        return Optional.of(new Other(with, "/skew/with"));
    }

    @Override
    public String key() {
        return "skew";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode skew = node.putObject("skew").put("with", with);
        if (!columns.isEmpty()) {
            columns.forEach(skew.putArray("columns")::add);
        }
        skew.put("method", method.key());
        skew.setAll(bounds.yaml());
        return node;
    }

    @Override
    public Unit unit() {
        return Unit.NUMBER;
    }

    @Override
    public String subject() {
        return method.title() + " of";
    }

    @Override
    public boolean tellsValues() {
        return true;
    }

    private List<Scope> each(Scope scope) {
        List<Scope> scopes = new ArrayList<>();
        for (Column column : scope.data().columns()) {
            if (columns.isEmpty() || columns.contains(column.name())) {
                scopes.add(
                        new Scope(scope.data(), scope.dialect(), List.of(column.name()), scope.types(), scope.where()));
            }
        }
        return scopes;
    }

    @Override
    public List<String> questions(Scope scope) {
        return each(scope).stream()
                .filter(column -> Numbers.onAxis(column.type()))
                .map(column -> Numbers.of(column).count())
                .toList();
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException {
        return find(scope, facts).measured();
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        DataProfile other = facts.beside().profileOf(with);
        double worst = -1;
        String told = "no column to compare with " + with;
        for (Scope column : each(scope)) {
            Optional<ColumnProfile> theirs = other.find(column.column())
                    .filter(profile -> Numbers.onAxis(profile.type()) == Numbers.onAxis(column.type()))
                    .filter(profile -> !method.needsOrder() || Numbers.onAxis(profile.type()));
            Optional<Compared> compared =
                    theirs.isPresent() ? Compared.of(column, facts, theirs.get()) : Optional.empty();
            OptionalDouble distance =
                    compared.map(both -> both.measured(method)).orElse(OptionalDouble.empty());
            if (distance.isPresent() && distance.getAsDouble() > worst) {
                worst = distance.getAsDouble();
                told = "%s %s from %s in %s%s"
                        .formatted(
                                subject(),
                                unit().told(worst),
                                with,
                                column.column(),
                                compared.get()
                                        .moved()
                                        .map(moved -> "; " + moved)
                                        .orElse(""));
            }
        }
        return worst < 0 ? Finding.nothingToCompareWith(told) : Finding.ofNumber(OptionalDouble.of(worst), told);
    }
}
