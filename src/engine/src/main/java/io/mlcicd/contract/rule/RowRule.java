package io.mlcicd.contract.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A rule that each row keeps or breaks by itself. */
public interface RowRule extends CountedRule {

    /** Which rows break it, as a condition in SQL; NULL counts as kept. */
    String broken(Scope scope);

    /** The rows it is about, as a condition in SQL: those with a value in each of its columns. */
    default String concerned(Scope scope) {
        return scope.present();
    }

    @Override
    default List<String> questions(Scope scope) {
        List<String> questions = new ArrayList<>();
        questions.add(scope.count(broken(scope)));
        if (!scope.all()) {
            questions.add(scope.count("true"));
        }
        questions.add(scope.count(concerned(scope)));
        return questions;
    }

    @Override
    default Finding find(Scope scope, Facts facts) throws InterruptedException {
        return Finding.ofRows(
                facts.count(scope.count(broken(scope))),
                facts.count(scope.count(concerned(scope))),
                scope.all() ? facts.rows() : facts.count(scope.count("true")),
                Optional.of(scope.breaking(broken(scope))));
    }
}
