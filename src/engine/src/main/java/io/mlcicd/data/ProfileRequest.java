package io.mlcicd.data;

import java.util.List;

/**
 * What to profile.
 *
 * @param data the data sets, each under a name of its own
 */
public record ProfileRequest(List<DataSource> data) {

    public ProfileRequest {
        data = List.copyOf(data);
    }
}
