package io.mlcicd.contract.rule;

import java.util.Optional;
import java.util.OptionalDouble;

/** A rule on a number that the data have as a whole. */
public interface MeasureRule extends Rule {

    /** What the number may be. */
    Bounds bounds();

    /** The same rule with other bounds; empty when only a person can say what they are to be. */
    default Optional<Rule> within(Bounds wider) {
        return Optional.empty();
    }

    /** How the number is shown. */
    Unit unit();

    /** What the number is: {@code "a mean of"} goes before it. */
    String subject();

    /** The number; empty when there is none, such as the mean of no values, or nothing to compare with. */
    OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException;

    /** What is to be said of the number when it is not exact, to go after it. */
    default String error(Scope scope, Facts facts) {
        return "";
    }

    /** Whether the number lies among the values, so that it may be one of them. */
    default boolean measuresValue() {
        return false;
    }

    @Override
    default boolean tellsValues() {
        return measuresValue();
    }

    @Override
    default String expected() {
        return bounds().told(unit());
    }

    @Override
    default String sentence(String subject, String observed) {
        return subject + " has " + observed + ", must be " + expected();
    }

    @Override
    default Finding find(Scope scope, Facts facts) throws InterruptedException {
        OptionalDouble number = measure(scope, facts);
        return Finding.ofNumber(
                number,
                number.isPresent()
                        ? subject() + " " + unit().told(number.getAsDouble()) + error(scope, facts)
                        : "no value to compute it from");
    }
}
