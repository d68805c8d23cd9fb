package io.mlcicd.contract;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.DataProfile;
import java.util.Optional;

/** Keeps the values of columns that a contract calls sensitive out of what is stored and shown. */
final class Sensitive {

    private Sensitive() {}

    /** The profile with counts alone of sensitive columns: extremes, quantiles and top values are values too. */
    static DataProfile hide(DataProfile profile, Contract contract) {
        return new DataProfile(
                profile.schemaVersion(),
                profile.name(),
                profile.sources(),
                profile.rows(),
                profile.columns().stream()
                        .map(column -> contract.find(column.name())
                                        .filter(ContractColumn::sensitive)
                                        .isPresent()
                                ? hide(column)
                                : column)
                        .toList());
    }

    private static ColumnProfile hide(ColumnProfile column) {
        return new ColumnProfile(
                column.name(),
                column.type(),
                column.count(),
                column.nulls(),
                column.distinct(),
                column.distinctExact(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                column.lengths());
    }
}
