package io.jenkins.plugins.mlcicd.run;

import java.io.Serializable;

/**
 * What comes back from an agent: plain text, because Jenkins lets no class of the engine through the channel.
 *
 * @param success whether {@code text} is a result document; otherwise it is the reason why there is none
 * @param text JSON, or one message for a person
 */
record StageAnswer(boolean success, String text) implements Serializable {}
