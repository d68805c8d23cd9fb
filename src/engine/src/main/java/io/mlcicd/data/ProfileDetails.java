package io.mlcicd.data;

import java.util.List;

/** What profiling adds to a result document: the profile of each data set, in the request's order. */
public record ProfileDetails(List<DataProfile> data) {

    public ProfileDetails {
        data = List.copyOf(data);
    }
}
