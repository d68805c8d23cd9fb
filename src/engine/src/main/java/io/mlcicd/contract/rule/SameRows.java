package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Relation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The data have as many rows as another data set.
 *
 * @param dataSet the other data set's name
 */
public record SameRows(String dataSet) implements CountedRule {

    static Optional<Rule> read(Place place) {
        return place.at("rows").text("sameAs").map(SameRows::new);
    }

    @Override
    public Optional<Other> other() {
        return Optional.of(new Other(dataSet, "/rows/sameAs"));
    }

    @Override
    public boolean takesMostly() {
        return false;
    }

    @Override
    public String key() {
        return "sameRows";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject("rows").put("sameAs", dataSet);
        return node;
    }

    @Override
    public String expected() {
        return "as many rows as " + dataSet;
    }

    @Override
    public String noun(Scope scope) {
        return "row";
    }

    @Override
    public String broken(long violations) {
        return "more or less than " + dataSet;
    }

    @Override
    public String kept() {
        return expected();
    }

    @Override
    public List<String> questions(Scope scope) {
        return scope.all() ? List.of() : List.of(scope.count("true"));
    }

    @Override
    public Finding find(Scope scope, Facts facts) throws InterruptedException {
        Relation data = facts.beside().other(dataSet);
        long theirs = facts.engine()
                .query("SELECT count(*) AS n FROM " + data.sql())
                .get(0)
                .count("n");
        long mine = RowCount.rows(scope, facts);
        long most = Math.max(mine, theirs);
        return new Finding(
                OptionalDouble.empty(),
                Math.abs(mine - theirs),
                most,
                most,
                Optional.of(
                        "%s where %s has %s".formatted(Wording.count(mine, "row"), dataSet, Wording.number(theirs))),
                Optional.empty(),
                false);
    }
}
