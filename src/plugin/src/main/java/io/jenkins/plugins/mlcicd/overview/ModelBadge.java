package io.jenkins.plugins.mlcicd.overview;

import hudson.Util;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.lineage.ControllerLineage;
import io.jenkins.plugins.mlcicd.lineage.ModelState;
import io.mlcicd.gate.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * A picture of two words, a model's verdict and the version in production, for pages elsewhere. It is drawn with the reader's
 * own fonts and loads nothing.
 */
public final class ModelBadge {

    /** About the width of a letter of 11 pixels, by which the words' lengths are set whatever the font. */
    private static final int LETTER = 7;

    private static final int PADDING = 12;

    private final String label;
    private final String message;
    private final String color;

    private ModelBadge(String label, String message, String color) {
        this.label = label;
        this.message = message;
        this.color = color;
    }

    /** The badge of a job; of a model that is not known yet when the job has none of that name. */
    static ModelBadge of(Job<?, ?> job, Optional<String> model) {
        List<ModelState> states = ControllerLineage.get().models(job.getFullName());
        return states.stream()
                .filter(state -> model.isEmpty() || model.get().equals(state.model()))
                .findFirst()
                .map(ModelBadge::of)
                .orElseGet(() -> new ModelBadge(
                        model.orElse(Messages.ModelBadge_model()), Messages.ModelBadge_unknown(), "#6a737d"));
    }

    private static ModelBadge of(ModelState state) {
        Optional<String> version = state.production()
                .map(name -> new ServingView(name, state.serving().get(name)).getVersion());
        String said = word(state.verdict());
        return new ModelBadge(
                state.model(), version.map(known -> said + " · " + known).orElse(said), color(state.verdict()));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> Messages.ModelView_passed();
            case UNSTABLE -> Messages.ModelView_unstable();
            case FAILED -> Messages.ModelView_failed();
        };
    }

    /** White letters on it have a contrast of 4.5 at least. */
    private static String color(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "#1a7f37";
            case UNSTABLE -> "#8a5a00";
            case FAILED -> "#b3261e";
        };
    }

    /** The picture, as SVG. */
    String svg() {
        int left = label.length() * LETTER + PADDING;
        int right = message.length() * LETTER + PADDING;
        String text = Util.xmlEscape(label);
        String words = Util.xmlEscape(message);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" role="img" aria-label="%s: %s">\
                <title>%s: %s</title>\
                <rect width="%d" height="20" rx="3" fill="#444c56"/>\
                <rect x="%d" width="%d" height="20" rx="3" fill="%s"/>\
                <rect x="%d" width="4" height="20" fill="%s"/>\
                <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\
                <text x="%d" y="14" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text>\
                <text x="%d" y="14" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text>\
                </g>\
                </svg>\
                """.formatted(
                        left + right,
                        text.replace("\"", "&quot;"),
                        words,
                        text,
                        words,
                        left + right,
                        left,
                        right,
                        color,
                        left,
                        color,
                        PADDING / 2,
                        left - PADDING,
                        text,
                        left + PADDING / 2,
                        right - PADDING,
                        words);
    }

    /** Answers with the badge. */
    public static HttpResponse answer(Job<?, ?> job, Optional<String> model) {
        return new Answer(of(job, model).svg());
    }

    private static final class Answer implements HttpResponse {
        private final String svg;

        Answer(String svg) {
            this.svg = svg;
        }

        @Override
        public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                throws IOException {
            response.setContentType("image/svg+xml;charset=UTF-8");
            response.setHeader("Cache-Control", "no-cache, private");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.getWriter().write(svg);
        }
    }

    /** The badge of a job of that name if the current user may see its status; 404 when not, or when there is no such job. */
    static HttpResponse answer(String fullName, Optional<String> model) {
        Optional<Job<?, ?>> job;
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            job = Optional.ofNullable(Jenkins.get().getItemByFullName(fullName, Job.class));
        }
        return job.filter(found -> found.hasPermission(BadgeRoot.VIEW_STATUS))
                .map(found -> answer(found, model))
                .orElseGet(HttpResponses::notFound);
    }
}
