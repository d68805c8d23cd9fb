package io.jenkins.plugins.mlcicd.run;

import hudson.model.User;
import io.mlcicd.deployment.Approval;
import io.mlcicd.operation.InvalidInputException;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.actions.TimingAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.support.steps.input.InputSubmittedAction;

/**
 * Who answered the Pipeline's last {@code input} before a step, which is what an approval of a release is in Jenkins: the
 * answer is Jenkins' own record, so that no script can claim another's name.
 *
 * @param id the user's id
 * @param name the user's full name
 * @param atMillis when the answer was given, in milliseconds since 1970
 */
public record Approver(String id, String name, long atMillis) implements Serializable {

    /** No input was answered. */
    public static final Approver NOBODY = new Approver("", "", 0);

    /** Somebody answered who was not logged in, so that nobody can be named. */
    private static final Approver NAMELESS = new Approver("", "anonymous", 0);

    /**
     * Looks back from a step. An answer counts for one step of its kind: the release to staging uses it up, so that the one
     * to production needs another; a release that failed does not.
     *
     * @param step the node of the step that is to be approved
     */
    public static Approver before(FlowNode step) {
        DepthFirstScanner scanner = new DepthFirstScanner();
        if (!scanner.setup(step.getParents())) {
            return NOBODY;
        }
        Optional<String> kind = function(step);
        long answered = TimingAction.getStartTime(step);
        for (FlowNode node : scanner) {
            boolean usedUp = kind.isPresent() && function(node).equals(kind) && node.getError() == null;
            if (usedUp) {
                return NOBODY;
            }
            InputSubmittedAction input = node.getAction(InputSubmittedAction.class);
            if (input != null) {
                return of(input, answered);
            }
            answered = TimingAction.getStartTime(node);
        }
        return NOBODY;
    }

    private static Approver of(InputSubmittedAction input, long answered) {
        String id = input.getApprover();
        if (id == null) {
            return NAMELESS;
        }
        User user = User.getById(id, false);
        return new Approver(id, user == null ? id : user.getFullName(), answered);
    }

    private static Optional<String> function(FlowNode node) {
        return node instanceof StepNode step
                ? Optional.ofNullable(step.getDescriptor()).map(StepDescriptor::getFunctionName)
                : Optional.empty();
    }

    /**
     * Answers for an approval that a release needs.
     *
     * @throws InvalidInputException when nobody was asked, or nobody can be named
     */
    Approval.Answer answer(Approval.Question question) {
        String where = question.environment().orElse(question.deployment());
        if (equals(NAMELESS)) {
            throw new InvalidInputException(
                    "releasing to '%s' needs the approval of a person, but the input was answered by somebody who was not logged in"
                            .formatted(where));
        }
        if (id.isEmpty()) {
            throw new InvalidInputException(
                    "releasing to '%s' needs an approval: put an input step before deployModel, such as input 'Release to %s?'"
                            .formatted(where, where));
        }
        return new Approval.Answer(true, name.equals(id) ? id : name + " (" + id + ")", Instant.ofEpochMilli(atMillis));
    }
}
