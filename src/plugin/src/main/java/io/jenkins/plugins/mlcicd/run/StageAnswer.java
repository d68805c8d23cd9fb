package io.jenkins.plugins.mlcicd.run;

import java.io.Serializable;
import java.util.TreeMap;

/**
 * What comes back from an agent: plain text, because Jenkins lets no class of the engine through the channel.
 *
 * @param success whether {@code text} is a result document; otherwise it is the reason why there is none
 * @param text JSON, or one message for a person
 * @param predictions the predictions that an evaluation kept for later comparisons; empty when it kept none, or more than
 *     a build is to store
 * @param gateLines the lines of {@code mlcicd.yml} that failed gates stand on
 */
record StageAnswer(boolean success, String text, byte[] predictions, TreeMap<String, Integer> gateLines)
        implements Serializable {

    private static final byte[] NONE = {};

    StageAnswer(boolean success, String text) {
        this(success, text, NONE, new TreeMap<>());
    }
}
