package io.mlcicd.operation;

/** Something that is not ours failed: a registry, a started program, the network, the disk. */
public class OutsideSystemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutsideSystemException(String message) {
        super(message);
    }

    public OutsideSystemException(String message, Throwable cause) {
        super(message, cause);
    }
}
