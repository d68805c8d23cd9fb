package io.mlcicd.deployment.target;

import java.util.List;

/**
 * Single answers of both releases; those without an id or a prediction are counted only, over the whole trial.
 *
 * @param candidate of the release on its way
 * @param active of the release that it is to replace
 * @param nameless how many of the candidate's answers belong to requests in which no id was found
 * @param blind in how many of the candidate's answers no prediction was found
 */
public record SeenAnswers(List<SeenAnswer> candidate, List<SeenAnswer> active, long nameless, long blind) {

    /** None. */
    public static final SeenAnswers NONE = new SeenAnswers(List.of(), List.of(), 0, 0);

    public SeenAnswers {
        candidate = List.copyOf(candidate);
        active = List.copyOf(active);
    }

    /**
     * One answer.
     *
     * @param id of its request
     * @param prediction as it was written
     */
    public record SeenAnswer(String id, String prediction) {}
}
