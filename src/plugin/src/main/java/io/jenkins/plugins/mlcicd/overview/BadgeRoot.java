package io.jenkins.plugins.mlcicd.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.InvisibleAction;
import hudson.model.Item;
import hudson.model.UnprotectedRootAction;
import hudson.security.Permission;
import hudson.security.PermissionScope;
import io.jenkins.plugins.mlcicd.Messages;
import java.util.Optional;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.GET;

/**
 * Serves badges to those who may see a job's status and need not be able to read it: {@code ml-cicd-badge/svg?job=NAME}. It
 * checks that permission itself, for not even Overall/Read is needed.
 */
@Extension
public final class BadgeRoot extends InvisibleAction implements UnprotectedRootAction {

    /** Lets somebody see the badge who may not read the job; whoever may read it has it. */
    public static final Permission VIEW_STATUS = new Permission(
            Item.PERMISSIONS, "ViewModelStatus", Messages._ModelBadge_viewStatus(), Item.READ, PermissionScope.ITEM);

    @Override
    public String getUrlName() {
        return "ml-cicd-badge";
    }

    /** The badge of a job, or of one of its models. */
    @GET
    public HttpResponse doSvg(@QueryParameter(required = true) String job, @CheckForNull @QueryParameter String model) {
        return ModelBadge.answer(job, Optional.ofNullable(Util.fixEmptyAndTrim(model)));
    }
}
