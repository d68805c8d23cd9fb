package io.mlcicd.contract;

import io.mlcicd.contract.rule.Condition;
import io.mlcicd.contract.rule.Scope;
import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import io.mlcicd.data.expression.SqlExpression;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;
import java.util.Optional;

/** Turns the conditions of a contract into SQL, and says where in the contract one is wrong. */
final class Conditions {

    private final DataEngine engine;
    private final ContractFile file;
    private final Relation data;

    Conditions(DataEngine engine, ContractFile file, Relation data) {
        this.engine = engine;
        this.file = file;
        this.data = data;
    }

    /** Where the promise is applied. */
    Scope scope(Promise promise) throws InterruptedException {
        List<String> columns = promise.columns();
        Optional<String> where = Optional.empty();
        if (promise.terms().where().isPresent()) {
            where = Optional.of(sql(promise, "where", promise.terms().where().get()));
        }
        if (promise.rule() instanceof Condition condition) {
            String key = condition.when().isPresent() ? "then" : "condition";
            if (condition.when().isPresent()) {
                sql(promise, "if", condition.when().get());
            }
            sql(promise, key, condition.text());
            columns = List.copyOf(condition.columns(data));
        }
        return new Scope(data, engine.dialect(), columns, file.contract().types(), where);
    }

    private String sql(Promise promise, String key, String text) throws InterruptedException {
        String pointer = file.pointer(promise) + "/" + key;
        String sql;
        try {
            sql = SqlExpression.condition(
                            text, data.columns().stream().map(Column::name).toList())
                    .sql();
        } catch (InvalidInputException e) {
            throw file.error(pointer, e.getMessage());
        }
        Optional<String> problem = engine.problem("SELECT count(*) FILTER (WHERE " + sql + ") AS n FROM " + data.sql());
        if (problem.isPresent()) {
            throw file.error(pointer, "cannot be computed for each row: " + problem.get());
        }
        return sql;
    }
}
