package io.mlcicd.packaging.pickle;

import java.io.IOException;
import java.io.Serial;

/** Bytes that are no pickle, or one that cannot be followed; as opposed to a file that cannot be read. */
final class PickleProblem extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    PickleProblem(String message) {
        super(message);
    }
}
