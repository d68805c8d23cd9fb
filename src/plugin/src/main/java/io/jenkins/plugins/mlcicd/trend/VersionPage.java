package io.jenkins.plugins.mlcicd.trend;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** Some of the versions, in the order that a request asks for, so that a thousand of them are no longer a page than ten. */
public final class VersionPage {

    private static final int ROWS = 20;
    private static final int METRICS = 2;
    private static final int MOST_DIGITS = 6;
    private static final String MADE = "made";

    private final Versions versions;
    private final List<String> metrics;
    private final String sort;
    private final boolean ascending;
    private final int page;

    private VersionPage(Versions versions, Optional<String> sort, Optional<String> order, Optional<String> page) {
        this.versions = versions;
        this.metrics = metrics(versions.all());
        this.sort = sort.filter(metrics::contains).orElse(MADE);
        this.ascending = order.filter("asc"::equals).isPresent();
        int asked = page.filter(text -> text.length() <= MOST_DIGITS && text.matches("[1-9][0-9]*"))
                .map(Integer::parseInt)
                .orElse(1);
        this.page = Math.min(asked, getPages());
    }

    /** The part that the current request asks for by {@code sort}, {@code order} and {@code page}. */
    static VersionPage of(Versions versions) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return new VersionPage(
                versions, parameter(request, "sort"), parameter(request, "order"), parameter(request, "page"));
    }

    private static Optional<String> parameter(@CheckForNull StaplerRequest2 request, String name) {
        return Optional.ofNullable(request).map(known -> known.getParameter(name));
    }

    /** The metrics that most versions are told by. */
    private static List<String> metrics(List<Version> versions) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        versions.forEach(version -> version.getMetrics().keySet().forEach(name -> counts.merge(name, 1, Integer::sum)));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(METRICS)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The rows of this page. */
    public List<Row> getRows() {
        List<Version> sorted = new ArrayList<>(versions.all());
        if (!sort.equals(MADE)) {
            Comparator<Double> order = ascending ? Comparator.naturalOrder() : Comparator.reverseOrder();
            sorted.sort(Comparator.comparing(
                    (Version version) -> version.getMetrics().get(sort), Comparator.nullsLast(order)));
        } else if (ascending) {
            sorted.sort(Comparator.comparing(Version::made));
        }
        int from = (page - 1) * ROWS;
        return sorted.subList(from, Math.min(sorted.size(), from + ROWS)).stream()
                .map(version -> new Row(version, metrics))
                .toList();
    }

    /** The heads that rows can be sorted by: when they were made, and metrics. */
    public List<Head> getHeads() {
        return metrics.stream().map(this::head).toList();
    }

    public Head getMadeHead() {
        return head(MADE);
    }

    private Head head(String key) {
        boolean sorted = key.equals(sort);
        return new Head(
                key, query(key, sorted && !ascending, 1), sorted ? ascending ? "ascending" : "descending" : null);
    }

    private static String query(String sort, boolean ascending, int page) {
        return "?sort=" + URLEncoder.encode(sort, StandardCharsets.UTF_8) + "&order=" + (ascending ? "asc" : "desc")
                + "&page=" + page + "#ml-cicd-versions";
    }

    /** Whether versions are of more than one model. */
    public boolean isSeveralModels() {
        return versions.all().stream().map(Version::getModel).distinct().count() > 1;
    }

    /** Whether there are any. */
    public boolean isWorthShowing() {
        return !versions.all().isEmpty();
    }

    public int getTotal() {
        return versions.all().size();
    }

    public int getPage() {
        return page;
    }

    public int getPages() {
        return Math.max(1, (versions.all().size() + ROWS - 1) / ROWS);
    }

    /** Where the page before this one is; null for the first. */
    @CheckForNull
    public String getPrevious() {
        return page > 1 ? query(sort, ascending, page - 1) : null;
    }

    /** Where the next page is; null for the last. */
    @CheckForNull
    public String getNext() {
        return page < getPages() ? query(sort, ascending, page + 1) : null;
    }

    /** The head of a column that can be sorted by. */
    public static final class Head {

        private final String title;
        private final String query;
        private final String order;

        Head(String title, String query, @CheckForNull String order) {
            this.title = title;
            this.query = query;
            this.order = order;
        }

        public String getTitle() {
            return title;
        }

        /** The part of a URL that sorts by it; the other way round when it is sorted by already. */
        public String getQuery() {
            return query;
        }

        /** As {@code aria-sort} has it; null when rows are sorted by something else. */
        @CheckForNull
        public String getOrder() {
            return order;
        }

        public String getSign() {
            return order == null ? "" : order.equals("ascending") ? "↑" : "↓";
        }
    }

    /** A version with its metrics in the order of the heads. */
    public static final class Row {

        private final Version version;
        private final List<String> metrics;

        Row(Version version, List<String> metrics) {
            this.version = version;
            this.metrics = metrics;
        }

        public Version getVersion() {
            return version;
        }

        /** A text for each head; empty where the version has no such metric. */
        public List<String> getValues() {
            return metrics.stream()
                    .map(name -> version.getMetrics().get(name))
                    .map(value -> value == null ? "" : Figures.text(value))
                    .toList();
        }
    }
}
