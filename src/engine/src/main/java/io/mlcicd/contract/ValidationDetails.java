package io.mlcicd.contract;

import java.util.List;

/** What validation adds to a result document: each data set with its checks, in the request's order. */
public record ValidationDetails(List<ValidatedData> data) {

    public ValidationDetails {
        data = List.copyOf(data);
    }
}
