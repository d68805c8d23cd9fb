package io.jenkins.plugins.mlcicd.lineage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something was told of.
 *
 * @param job the job
 * @param build number of its build; 0 for the job itself, as of the decisions of its trigger
 */
record Source(KnownJob job, int build) {

    private static final Pattern BUILD = Pattern.compile("(.+) #([0-9]{1,9})", Pattern.DOTALL);

    /**
     * A source as the log writes it.
     *
     * @param job the job's full name then
     * @param build as above
     */
    record Written(String job, int build) {

        static Written of(String text) {
            Matcher matcher = BUILD.matcher(text);
            return matcher.matches()
                    ? new Written(matcher.group(1), Integer.parseInt(matcher.group(2)))
                    : new Written(text, 0);
        }

        String text() {
            return build == 0 ? job : job + " #" + build;
        }
    }
}
