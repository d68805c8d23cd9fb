package io.mlcicd.contract.rule;

import io.mlcicd.contract.rule.Compared.Share;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.TopValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares texts and booleans value by value. */
final class ComparedCategories {

    private static final String OTHERS = "other values";

    private ComparedCategories() {}

    /**
     * Categories that one side does not tell are taken together.
     *
     * @return empty when the reference tells none
     */
    static Optional<Compared> of(Scope scope, Facts facts, ColumnProfile before) throws InterruptedException {
        if (before.topValues().isEmpty()) {
            return Optional.empty();
        }
        Tally reference = Tally.of(before.topValues().get(), before.count());
        Tally current = tally(scope, facts);
        List<Share> shares = new ArrayList<>();
        double restBefore = 1;
        double restNow = 1;
        for (String value : reference.valuesOfBoth(current)) {
            Share share = new Share("'" + Wording.shown(value) + "'", reference.share(value), current.share(value));
            shares.add(share);
            restBefore -= share.reference();
            restNow -= share.current();
        }
        if (!reference.complete() || !current.complete()) {
            shares.add(new Share(OTHERS, Math.max(0, restBefore), Math.max(0, restNow)));
        }
        return Optional.of(new Compared(shares, Optional.empty(), current.total() > 0));
    }

    private static Tally tally(Scope scope, Facts facts) throws InterruptedException {
        if (scope.all() && scope.typed(scope.column()).matches()) {
            Optional<TopValues> all = facts.profile()
                    .find(scope.column())
                    .flatMap(ColumnProfile::topValues)
                    .filter(TopValues::complete);
            if (all.isPresent()) {
                return Tally.of(
                        all.get(), facts.profile().find(scope.column()).get().count());
            }
        }
        String value = scope.value();
        return Tally.of(facts.engine()
                .query(("SELECT CAST(%1$s AS VARCHAR) AS value, count(*) AS n, sum(count(*)) OVER () AS total FROM %2$s"
                                + " WHERE %3$s GROUP BY %1$s ORDER BY n DESC, value LIMIT %4$d")
                        .formatted(value, scope.data().sql(), scope.within(value + " IS NOT NULL"), Tally.LIMIT + 1)));
    }
}
