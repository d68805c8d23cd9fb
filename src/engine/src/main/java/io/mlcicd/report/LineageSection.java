package io.mlcicd.report;

import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.LineageRecord;
import java.util.ArrayList;
import java.util.List;

/** The chain from data to deployment as a row of cards. */
final class LineageSection {

    private LineageSection() {}

    /** The chain as cards and, where there is one, as a picture before them. */
    static Markup draw(LineageRecord lineage, Markup picture) {
        List<Markup> chain = new ArrayList<>();
        lineage.data().forEach(data -> chain.add(artifact("data: " + data.name(), data)));
        lineage.commit()
                .ifPresent(commit -> chain.add(card(
                        "commit" + (commit.dirty() ? ", changed since" : ""),
                        commit.tag().or(commit::branch).orElse("detached"),
                        commit.sha(),
                        commit.sha().substring(0, Math.min(12, commit.sha().length())))));
        lineage.training()
                .filter(training -> !training.command().isEmpty())
                .ifPresent(training -> chain.add(element(
                        "li", element("b", "training"), element("code", String.join(" ", training.command())))));
        lineage.model().ifPresent(model -> chain.add(artifact("model", model)));
        lineage.evaluation().ifPresent(evaluation -> chain.add(artifact("evaluation", evaluation)));
        lineage.image().ifPresent(image -> chain.add(digest("image", image.reference(), image.digest())));
        lineage.deployment()
                .ifPresent(deployment -> chain.add(card(
                        "deployment (" + deployment.target() + ")",
                        deployment.url().orElse(deployment.name()),
                        "release " + deployment.release() + " since " + deployment.at(),
                        deployment.release())));
        lineage.registered()
                .ifPresent(registered -> chain.add(card(
                        "registered model",
                        registered.name() + " version " + registered.version(),
                        registered.registry(),
                        registered.alias().orElse("no alias"))));
        if (chain.isEmpty()) {
            return Markup.NONE;
        }
        Markup cards = element("ol class=\"chain\"", Markup.join(chain));
        boolean drawn = !picture.html().isEmpty();
        return element(
                "section id=\"lineage\"",
                element("h2", "Lineage"),
                element("p class=\"soft\"", "What this model is made of, each link by the digest of its content."),
                picture,
                drawn ? element("details", element("summary", "Lineage as a list"), cards) : cards);
    }

    private static Markup artifact(String what, Artifact artifact) {
        return digest(what, artifact.path(), artifact.digest());
    }

    private static Markup digest(String what, String name, Digest digest) {
        return card(what, name, digest.value(), digest.abbreviated());
    }

    private static Markup card(String what, String name, String full, String brief) {
        return element(
                "li",
                element("b", what),
                element("span", name),
                element("div", element("code class=\"soft\"" + attribute("title", full), brief)));
    }
}
