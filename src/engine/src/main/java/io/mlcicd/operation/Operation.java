package io.mlcicd.operation;

/**
 * A function from an immutable request to a result document.
 *
 * @param <Q> the request
 * @param <D> what this operation adds to the common part of the result document
 */
@FunctionalInterface
public interface Operation<Q, D> {

    /**
     * Does the work. A failed gate is a result, never an exception.
     *
     * @throws InvalidInputException when the input cannot be used; the message says what, where and what to do
     * @throws OutsideSystemException when a registry, a service or another program failed
     * @throws InterruptedException when the calling thread was interrupted; everything half done has been undone
     */
    Result<D> run(Q request, Progress progress) throws InterruptedException;
}
