package io.mlcicd.deployment.target;

/**
 * One thing that a deployment would do.
 *
 * @param action what would happen to it
 * @param what the thing, such as {@code release 4f3c2a1b0d9e} or {@code Deployment weather-4f3c2a1b0d9e}
 * @param detail how, in one line for people; holds no secret
 */
public record PlannedChange(Action action, String what, String detail) {

    /** What happens to a thing. */
    public enum Action {
        /** It is not there and would be made. */
        CREATE,
        /** It is there and would be changed. */
        CHANGE,
        /** It is there and would go. */
        REMOVE,
        /** It is there and would stay as it is. */
        KEEP
    }
}
