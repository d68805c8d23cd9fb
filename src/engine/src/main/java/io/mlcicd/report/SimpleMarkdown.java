package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plainest of Markdown as HTML: headings, paragraphs, lists and code blocks; all else stays the text that it is. */
final class SimpleMarkdown {

    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.*?)\\s*#*");
    private static final Pattern ITEM = Pattern.compile("\\s*[-*+]\\s+(.*)");
    private static final String FENCE = "```";

    private final List<Markup> done = new ArrayList<>();
    private final List<String> paragraph = new ArrayList<>();
    private final List<Markup> items = new ArrayList<>();

    private SimpleMarkdown() {}

    static Markup draw(String markdown) {
        SimpleMarkdown page = new SimpleMarkdown();
        List<String> code = null;
        for (String line : markdown.lines().toList()) {
            boolean fence = line.strip().startsWith(FENCE);
            if (code != null && !fence) {
                code.add(line);
            } else if (code != null) {
                page.code(code);
                code = null;
            } else if (fence) {
                page.end();
                code = new ArrayList<>();
            } else {
                page.line(line);
            }
        }
        if (code != null) {
            page.code(code);
        }
        page.end();
        return Markup.join(page.done);
    }

    private void line(String line) {
        Matcher heading = HEADING.matcher(line);
        Matcher item = ITEM.matcher(line);
        if (line.isBlank()) {
            end();
        } else if (heading.matches()) {
            end();
            // The page's own title is the only one of the first level.
            int level = Math.max(2, heading.group(1).length());
            done.add(element("h" + level, heading.group(2)));
        } else if (item.matches()) {
            endParagraph();
            items.add(element("li", item.group(1)));
        } else {
            endItems();
            paragraph.add(line.strip());
        }
    }

    private void code(List<String> lines) {
        done.add(element("pre", element("code", String.join("\n", lines))));
    }

    private void end() {
        endParagraph();
        endItems();
    }

    private void endParagraph() {
        if (!paragraph.isEmpty()) {
            done.add(element("p", String.join(" ", paragraph)));
            paragraph.clear();
        }
    }

    private void endItems() {
        if (!items.isEmpty()) {
            done.add(element("ul", Markup.join(items)));
            items.clear();
        }
    }
}
