package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.drift.service.ServiceFindings;
import io.mlcicd.drift.service.ServiceFindings.Endpoint;
import io.mlcicd.drift.service.ServiceFindings.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** How the service has been doing: latency, errors, load. */
final class ServiceSection {

    private ServiceSection() {}

    static Markup draw(ServiceFindings service) {
        List<Markup> parts = new ArrayList<>();
        parts.add(element("h3", "The service"));
        parts.add(element("p class=\"soft\"", "from " + service.source() + span(service)));
        List<Markup> tiles = new ArrayList<>();
        service.percentiles()
                .forEach(percentile -> tiles.add(tile(
                        Numbers.millis(percentile.millis()), "latency " + percentile.name() + bounds(percentile))));
        service.meanMillis().ifPresent(mean -> tiles.add(tile(Numbers.millis(mean), "mean latency")));
        service.errorShare().ifPresent(share -> tiles.add(tile(Numbers.percent(share), "errors")));
        service.perSecond().ifPresent(load -> tiles.add(tile(Numbers.rounded(load), "requests per second")));
        service.requests().ifPresent(requests -> tiles.add(tile(Numbers.plain(requests), "requests")));
        parts.add(element("div class=\"tiles\"", Markup.join(tiles)));
        if (!service.endpoints().isEmpty()) {
            parts.add(endpoints(service.endpoints()));
        }
        service.absent()
                .forEach((metric, why) -> parts.add(element("p class=\"soft\"", metric + " is not known: " + why)));
        service.notes().forEach(note -> parts.add(element("p class=\"soft\"", note)));
        return Markup.join(parts);
    }

    private static String span(ServiceFindings service) {
        return service.from().isPresent() && service.to().isPresent()
                ? ", " + HtmlReport.TIME.format(service.from().get()) + " to "
                        + HtmlReport.TIME.format(service.to().get())
                : "";
    }

    private static String bounds(Percentile percentile) {
        OptionalDouble upper = percentile.upper();
        if (upper.isPresent() && upper.getAsDouble() == percentile.lower()) {
            return "";
        }
        return upper.isPresent()
                ? " (between " + Numbers.millis(percentile.lower()) + " and " + Numbers.millis(upper.getAsDouble())
                        + ")"
                : " (at least " + Numbers.millis(percentile.lower()) + ")";
    }

    private static Markup tile(String number, String name) {
        return element("div class=\"tile\"", element("b", number), element("span", name));
    }

    private static Markup endpoints(List<Endpoint> endpoints) {
        List<Markup> rows = endpoints.stream()
                .map(endpoint -> element(
                        "tr",
                        element("th scope=\"row\"", endpoint.path()),
                        numeric(Numbers.plain(endpoint.requests())),
                        numeric(Numbers.percent(endpoint.errorShare())),
                        element(
                                "td",
                                endpoint.percentiles().stream()
                                        .map(percentile ->
                                                percentile.name() + " " + Numbers.millis(percentile.millis()))
                                        .collect(Collectors.joining(", ")))))
                .toList();
        return element(
                "details",
                element("summary", "By path"),
                table(
                        "The paths with the most requests",
                        List.of("Path", "Requests" + NUMERIC, "Errors" + NUMERIC, "Latency"),
                        rows));
    }
}
