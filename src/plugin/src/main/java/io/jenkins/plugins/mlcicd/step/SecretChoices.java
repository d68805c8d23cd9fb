package io.jenkins.plugins.mlcicd.step;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.springframework.security.core.Authentication;

/** Lists of secret files and secret texts to choose from, for those who may know of them. */
final class SecretChoices {

    private SecretChoices() {}

    /**
     * The credentials that builds of the job may use; to anybody who may not know of them, only the one that is chosen.
     *
     * @param job where the form is; null in the snippet generator of the whole controller
     */
    static ListBoxModel of(@CheckForNull Item job, @CheckForNull String chosen) {
        StandardListBoxModel model = new StandardListBoxModel();
        if (!mayList(job)) {
            return with(model, chosen);
        }
        Authentication as = job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        model.includeEmptyValue();
        model.includeMatchingAs(
                as,
                job,
                StandardCredentials.class,
                List.of(),
                CredentialsMatchers.anyOf(
                        CredentialsMatchers.instanceOf(FileCredentials.class),
                        CredentialsMatchers.instanceOf(StringCredentials.class)));
        return with(model, chosen);
    }

    private static ListBoxModel with(StandardListBoxModel model, @CheckForNull String chosen) {
        return chosen == null ? model : model.includeCurrentValue(chosen);
    }

    private static boolean mayList(@CheckForNull Item job) {
        return job == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : job.hasPermission(Item.EXTENDED_READ) || job.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
