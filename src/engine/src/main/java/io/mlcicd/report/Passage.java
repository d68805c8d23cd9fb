package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import java.util.ArrayList;
import java.util.List;

/** A piece of a text that is written both as Markdown and as HTML, so that the two never say different things. */
sealed interface Passage {

    /** Writes it as Markdown. */
    void write(MarkdownText text);

    /** Draws it as HTML. */
    Markup draw();

    /** A heading, 1 for the title, to 6. */
    record Heading(int level, String words) implements Passage {
        @Override
        public void write(MarkdownText text) {
            text.block("#".repeat(level) + " " + MarkdownText.escape(words));
        }

        @Override
        public Markup draw() {
            return element("h" + level, words);
        }
    }

    /** Plain words. */
    record Paragraph(String words) implements Passage {
        @Override
        public void write(MarkdownText text) {
            text.block(MarkdownText.escape(words));
        }

        @Override
        public Markup draw() {
            return element("p", words);
        }
    }

    /** A list. */
    record Items(List<String> items) implements Passage {
        @Override
        public void write(MarkdownText text) {
            text.block("");
            items.forEach(item -> text.line("- " + MarkdownText.escape(item)));
        }

        @Override
        public Markup draw() {
            return element(
                    "ul",
                    Markup.join(items.stream().map(item -> element("li", item)).toList()));
        }
    }

    /**
     * A table.
     *
     * @param caption what it is; only HTML shows it, for in Markdown a heading stands above
     * @param heads as {@link HtmlReport#table} takes them
     * @param rows texts of the cells; the first of a row names it
     */
    record Grid(String caption, List<String> heads, List<List<String>> rows) implements Passage {
        @Override
        public void write(MarkdownText text) {
            List<String> names = new ArrayList<>();
            StringBuilder rule = new StringBuilder("|");
            for (String head : heads) {
                boolean numeric = head.endsWith(HtmlReport.NUMERIC);
                names.add(numeric ? head.substring(0, head.length() - HtmlReport.NUMERIC.length()) : head);
                rule.append(numeric ? " ---: |" : " --- |");
            }
            text.block(cells(names));
            text.line(rule.toString());
            rows.forEach(row -> text.line(cells(row)));
        }

        private static String cells(List<String> cells) {
            StringBuilder line = new StringBuilder("|");
            cells.forEach(
                    cell -> line.append(' ').append(MarkdownText.escape(cell)).append(" |"));
            return line.toString();
        }

        @Override
        public Markup draw() {
            return HtmlReport.table(caption, heads, rows.stream().map(this::row).toList());
        }

        private Markup row(List<String> row) {
            List<Markup> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                boolean numeric = heads.get(i).endsWith(HtmlReport.NUMERIC);
                String plain = numeric ? "td class=\"number\"" : "td";
                // Digests have no place to break but where code may break anywhere.
                Markup text = row.get(i).startsWith("sha256:") ? element("code", row.get(i)) : Markup.text(row.get(i));
                cells.add(element(i == 0 ? "th scope=\"row\"" : plain, text));
            }
            return element("tr", Markup.join(cells));
        }
    }

    /** Passages that are shown on demand. */
    record Folded(String summary, List<Passage> passages) implements Passage {
        @Override
        public void write(MarkdownText text) {
            text.fold(summary, () -> passages.forEach(passage -> passage.write(text)));
        }

        @Override
        public Markup draw() {
            return element(
                    "details",
                    element("summary", summary),
                    Markup.join(passages.stream().map(Passage::draw).toList()));
        }
    }

    /** A picture, which Markdown has no place for; the numbers stand in a table of their own. */
    record Picture(Markup markup) implements Passage {
        @Override
        public void write(MarkdownText text) {
            // The tables around it say the same in numbers.
        }

        @Override
        public Markup draw() {
            return markup;
        }
    }

    /** The user's own Markdown, as it is. */
    record OwnWords(String markdown) implements Passage {
        @Override
        public void write(MarkdownText text) {
            text.block("");
            markdown.strip().lines().forEach(text::line);
        }

        @Override
        public Markup draw() {
            return SimpleMarkdown.draw(markdown);
        }
    }
}
