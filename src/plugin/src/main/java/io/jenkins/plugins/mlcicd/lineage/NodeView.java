package io.jenkins.plugins.mlcicd.lineage;

import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.graph.Node;
import io.mlcicd.lineage.graph.NodeKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A node of the lineage, for people and for programs. */
@ExportedBean(defaultVisibility = 3)
public final class NodeView {

    /** Where nodes' pages are, relative to Jenkins' own URL. */
    static final String PAGES = "ml-cicd/lineage/";

    private static final int SHORT = 12;

    private final Node node;

    NodeView(Node node) {
        this.node = node;
    }

    Node node() {
        return node;
    }

    /** What identifies it everywhere: {@code sha256:} and 64 digits. */
    @Exported
    public String getId() {
        return node.id().value();
    }

    /** What it is, such as {@code model}. */
    @Exported
    public String getKind() {
        return node.kind().key();
    }

    @Exported
    public String getName() {
        return node.name();
    }

    /** What else is known, by name. */
    @Exported
    public Map<String, String> getFacts() {
        return node.facts();
    }

    /** Its page, relative to Jenkins' own URL. */
    @Exported
    public String getUrl() {
        return url(node.id());
    }

    public static String url(Digest id) {
        return PAGES + id.value().substring("sha256:".length()) + "/";
    }

    /** What it is, in a person's words. */
    public String getTitle() {
        return title(node.kind());
    }

    static String title(NodeKind kind) {
        return switch (kind) {
            case DATA -> Messages.NodeView_data();
            case CONTRACT -> Messages.NodeView_contract();
            case COMMIT -> Messages.NodeView_commit();
            case ENVIRONMENT -> Messages.NodeView_environment();
            case PARAMETERS -> Messages.NodeView_parameters();
            case TRAINING -> Messages.NodeView_training();
            case MODEL -> Messages.NodeView_model();
            case EVALUATION -> Messages.NodeView_evaluation();
            case IMAGE -> Messages.NodeView_image();
            case DEPLOYMENT -> Messages.NodeView_deployment();
            case DRIFT -> Messages.NodeView_drift();
            case RETRAINING -> Messages.NodeView_retraining();
        };
    }

    /** What tells it from others of its name, in a few letters; empty when nothing does. */
    public String getDetail() {
        return switch (node.kind()) {
            case COMMIT ->
                shortened(fact("sha")) + (fact("dirty").isPresent() ? " + " + Messages.NodeView_dirty() : "");
            case TRAINING -> fact("command").orElse("");
            case ENVIRONMENT -> fact("runtime").or(() -> fact("platform")).orElse("");
            case PARAMETERS ->
                node.facts().entrySet().stream()
                        .filter(fact -> fact.getKey().startsWith("value "))
                        .map(fact -> fact.getKey().substring("value ".length()) + "=" + fact.getValue())
                        .reduce((one, other) -> one + ", " + other)
                        .orElse("");
            case DEPLOYMENT ->
                Stream.of(fact("environment"), fact("release").map(NodeView::shortened))
                        .flatMap(Optional::stream)
                        .reduce((one, other) -> one + " " + other)
                        .orElse("");
            case DRIFT ->
                fact("metric drift.share")
                        .flatMap(NodeView::percent)
                        .map(Messages::NodeView_share)
                        .orElse("");
            case RETRAINING -> fact("decision").or(() -> fact("reason 1")).orElse("");
            case DATA, CONTRACT, MODEL, EVALUATION, IMAGE -> shortened(fact("digest"));
        };
    }

    private Optional<String> fact(String name) {
        return Optional.ofNullable(node.facts().get(name));
    }

    private static Optional<String> percent(String share) {
        try {
            return Optional.of(String.format(Locale.ROOT, "%.0f %%", 100 * Double.parseDouble(share)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String shortened(Optional<String> text) {
        return text.map(NodeView::shortened).orElse("");
    }

    public static String shortened(String digest) {
        String digits = digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
        return digits.substring(0, Math.min(SHORT, digits.length()));
    }

    /** All of it in one line, for a list and for a screen reader. */
    public String getText() {
        String detail = getDetail();
        return getTitle() + " " + node.name() + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
