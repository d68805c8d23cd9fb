package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** One thing a contract can ask of a column, of several, or of the data set as a whole. */
public interface Rule {

    /** The name in result documents, which is also the last part of the metric's name. */
    String key();

    /** The keys of the contract that ask for it; reading them gives an equal rule. */
    ObjectNode yaml();

    /** Whether its key of the contract holds several rules, each under a key of its own, as the levels of quantiles. */
    default boolean sharesItsKey() {
        return false;
    }

    /** Whether what it tells of a finding may be values of the data, which those of sensitive columns must not be. */
    default boolean tellsValues() {
        return false;
    }

    /** Whether single rows keep or break it, so that a share of them may be asked for. */
    default boolean takesMostly() {
        return false;
    }

    /** Whether it can be asked of some of the rows alone. */
    default boolean takesWhere() {
        return true;
    }

    /** What it asks for, for people, such as {@code 0..150}. */
    String expected();

    /** A sentence on what was found, {@code "train: age has ..."}. */
    default String sentence(String subject, String observed) {
        return subject + " has " + observed;
    }

    /**
     * Another data set of the same run.
     *
     * @param name its name
     * @param key where the rule's item names it, as a JSON pointer
     */
    record Other(String name, String key) {}

    /** The other data set it compares with, if it does. */
    default Optional<Other> other() {
        return Optional.empty();
    }

    /** The aggregates in SQL whose answers it needs, so that all rules are answered in one pass. */
    default List<String> questions(Scope scope) {
        return List.of();
    }

    /**
     * Looks at the answers and, where an aggregate is not enough, at the data.
     *
     * @throws io.mlcicd.operation.InvalidInputException when data it needs beside the data set are missing
     * @throws InterruptedException when the calling thread was interrupted
     */
    Finding find(Scope scope, Facts facts) throws InterruptedException;
}
