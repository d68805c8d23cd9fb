package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;

/** The column is there. */
public record Present() implements CountedRule {

    @Override
    public String key() {
        return "present";
    }

    @Override
    public ObjectNode yaml() {
        return JsonNodeFactory.instance.objectNode().put("required", true);
    }

    @Override
    public String expected() {
        return "the column";
    }

    @Override
    public String broken(long violations) {
        return "missing";
    }

    @Override
    public String kept() {
        return "the column";
    }

    @Override
    public String sentence(String subject, String observed) {
        return subject + " is " + observed;
    }

    @Override
    public Finding find(Scope scope, Facts facts) {
        boolean there = scope.data().find(scope.column()).isPresent();
        return new Finding(
                OptionalDouble.empty(),
                there ? 0 : 1,
                1,
                1,
                Optional.of(there ? "there" : "missing"),
                Optional.empty(),
                false);
    }
}
