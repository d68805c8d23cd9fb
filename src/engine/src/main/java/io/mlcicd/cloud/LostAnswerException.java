package io.mlcicd.cloud;

import io.mlcicd.operation.OutsideSystemException;

/** A request was sent and its answer did not come, so that nobody knows whether it was carried out. */
public final class LostAnswerException extends OutsideSystemException {

    private static final long serialVersionUID = 1L;

    public LostAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
