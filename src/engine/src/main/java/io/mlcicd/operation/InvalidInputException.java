package io.mlcicd.operation;

/** The input cannot be used; the message alone tells a person what is wrong, where, and what to do. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }

    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
