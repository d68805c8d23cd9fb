package io.mlcicd.contract.rule;

/** A rule whose broken rows are counted; none may break it unless the contract says {@code mostly}. */
public interface CountedRule extends Rule {

    @Override
    default boolean takesMostly() {
        return true;
    }

    /** What is counted: "value" or "row". */
    default String noun(Scope scope) {
        return scope.columns().size() == 1 ? "value" : "row";
    }

    /** What rows that break it have: {@code "outside 0..150"} goes after {@code "2 values"}. */
    String broken(long violations);

    /** What data have that keep it: {@code "only values within 0..150"}. */
    String kept();
}
