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
     * @throws InvalidInputException when nobody was asked
     */
    Approval.Answer answer(Approval.Question question) {
        if (id.isEmpty()) {
            String where = question.environment().orElse(question.deployment());
            throw new InvalidInputException(
                    "releasing to '%s' needs an approval: put an input step before deployModel, such as input 'Release to %s?'"
                            .formatted(where, where));
        }
        return new Approval.Answer(true, name.equals(id) ? id : name + " (" + id + ")", Instant.ofEpochMilli(atMillis));
    }
}
