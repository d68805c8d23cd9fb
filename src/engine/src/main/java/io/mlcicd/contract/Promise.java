package io.mlcicd.contract;

import io.mlcicd.contract.rule.Rule;
import io.mlcicd.gate.Criticality;
import java.util.List;
import java.util.Optional;

/**
 * A rule as a contract asks for it.
 *
 * @param columns the columns it is about; none when it is about the data set as a whole
 * @param rule what is asked for
 * @param terms under which terms
 */
public record Promise(List<String> columns, Rule rule, Terms terms) {

    public Promise {
        columns = List.copyOf(columns);
    }

    /**
     * Terms of a promise.
     *
     * @param mostly the least share of the rows it is about, those without a value left out, that must keep it, 0 to 1
     * @param where which rows it is about, as a condition; empty for all
     * @param name what it is called in results; empty to be called after its rule
     * @param criticality what it means when it is broken
     */
    public record Terms(double mostly, Optional<String> where, Optional<String> name, Criticality criticality) {

        /** Each row, at once. */
        public static Terms strict(Criticality criticality) {
            return new Terms(1, Optional.empty(), Optional.empty(), criticality);
        }

        /** Whether nothing but the criticality is said. */
        boolean plain() {
            return mostly == 1 && where.isEmpty() && name.isEmpty();
        }
    }
}
