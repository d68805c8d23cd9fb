/* Draws a job's trends with ECharts, from the job's own REST interface. */
(() => {
  const tree = "builds[number,displayName,verdict,retraining,deployed]," +
    "charts[id,title,marked,lines[metric,title,subject,estimated,values,lower,upper]]";

  /* A theme's colour may be a formula; the browser works it out for an element. */
  const theme = (name, otherwise) => {
    const probe = document.createElement("span");
    probe.style.color = `var(${name}, ${otherwise})`;
    document.body.append(probe);
    const color = getComputedStyle(probe).color;
    probe.remove();
    return color || otherwise;
  };

  const palette = () => [
    theme("--blue", "#2f6fde"),
    theme("--orange", "#c06c00"),
    theme("--green", "#1a7f4b"),
    theme("--purple", "#7c4dbe"),
    theme("--pink", "#c2437e"),
    theme("--cyan", "#148a9c"),
  ];

  const round = (value) =>
    value === null || value === undefined ? "–" : Number(value.toPrecision(4)).toLocaleString("en");

  const withInterval = (line, at) =>
    line.lower[at] === null || line.lower[at] === undefined
      ? round(line.values[at])
      : `${round(line.values[at])} (${round(line.lower[at])} – ${round(line.upper[at])})`;

  const short = (value) =>
    Math.abs(value) >= 1000
      ? Intl.NumberFormat("en", { notation: "compact" }).format(value)
      : String(Number(value.toPrecision(3)));

  /* What happened to the model in a build, for people; the words are the page's. */
  const events = (build, words) =>
    (build.retraining ? [`${words.retraining || "↻"}: ${build.retraining}`] : []).concat(
      build.deployed ? [words.deployment || "⇧"] : []
    );

  /* Vertical lines at the builds that pass; a series of their own, so that the legend names them. */
  const marks = (builds, passes, name, sign, color, type, indent) => {
    const data = builds.flatMap((build, i) => (passes(build) ? [{ xAxis: i, build: i }] : []));
    return data.length === 0
      ? []
      : [
          {
            name: name,
            type: "line",
            color: color,
            symbol: "none",
            lineStyle: { type: type },
            data: [],
            markLine: {
              animation: false,
              symbol: "none",
              label: { formatter: sign, color: color, fontSize: 14, distance: 2, padding: [0, 0, 0, indent] },
              lineStyle: { color: color, type: type, width: 1.5 },
              data: data,
            },
          },
        ];
  };

  const options = (chart, builds, words) => {
    const colors = palette();
    const subjects = [...new Set(chart.lines.map((line) => line.subject))];
    const text = theme("--text-color", "#333");
    const soft = theme("--text-color-secondary", "#666");
    const line = theme("--jenkins-border-color", "#8884");
    return {
      animation: false,
      color: colors,
      textStyle: { color: text, fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: {
        trigger: "axis",
        confine: true,
        renderMode: "richText",
        formatter: (points) =>
          [builds[points[0].dataIndex].displayName]
            .concat(points.map((point) => point.seriesName + ": " + withInterval(chart.lines[point.seriesIndex], point.dataIndex)))
            .concat(chart.marked ? events(builds[points[0].dataIndex], words) : [])
            .join("\n"),
      },
      legend: { type: "scroll", bottom: 0, textStyle: { color: text }, pageTextStyle: { color: soft } },
      grid: { left: 8, right: 16, top: 28, bottom: 36, containLabel: true },
      xAxis: {
        type: "category",
        boundaryGap: false,
        data: builds.map((build) => build.displayName),
        axisLabel: { color: soft },
        axisLine: { lineStyle: { color: line } },
      },
      yAxis: {
        type: "value",
        scale: true,
        axisLabel: { color: soft, formatter: short },
        splitLine: { lineStyle: { color: line } },
      },
      series: chart.lines
        .map((series) => ({
          name: series.title,
          type: "line",
          color: colors[subjects.indexOf(series.subject) % colors.length],
          symbol: series.estimated ? "emptyDiamond" : "circle",
          symbolSize: series.estimated ? 9 : 7,
          lineStyle: { type: series.estimated ? "dashed" : "solid" },
          data: series.values,
        }))
        .concat(
          chart.marked
            ? [
                ...marks(builds, (build) => build.retraining, words.retraining || "↻", "↻", text, "solid", 0),
                ...marks(builds, (build) => build.deployed, words.deployment || "⇧", "⇧", soft, "dotted", 28),
              ]
            : []
        ),
    };
  };

  /* The chart's numbers for people who cannot see it, newest build first. */
  const table = (chart, builds, words) => {
    const marked = chart.marked && builds.some((build) => build.retraining || build.deployed);
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const scroller = document.createElement("div");
    const table = document.createElement("table");
    const row = (tag, cells) => {
      const tr = document.createElement("tr");
      cells.forEach((text, i) => {
        const cell = document.createElement(i === 0 ? "th" : tag);
        cell.textContent = text;
        if (i === 0 || tag === "th") {
          cell.scope = i === 0 && tag === "td" ? "row" : "col";
        }
        tr.append(cell);
      });
      return tr;
    };
    summary.textContent = words.table;
    table.className = "jenkins-table";
    table.createCaption().textContent = chart.title;
    table.createTHead().append(row("th", ["#"].concat(chart.lines.map((line) => line.title), marked ? [words.events] : [])));
    const body = table.createTBody();
    for (let i = builds.length - 1; i >= 0; i--) {
      body.append(
        row(
          "td",
          [builds[i].displayName].concat(
            chart.lines.map((line) => withInterval(line, i)),
            marked ? [events(builds[i], words).join("; ")] : []
          )
        )
      );
    }
    scroller.className = "ml-cicd-trends__table";
    scroller.append(table);
    details.append(summary, scroller);
    return details;
  };

  const draw = (place, chart, builds) => {
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    const canvas = document.createElement("div");
    caption.textContent = chart.title;
    canvas.className = "ml-cicd-trends__chart";
    figure.append(caption, canvas);
    if (!place.dataset.charts) {
      figure.append(table(chart, builds, place.dataset));
    }
    place.append(figure);
    const drawn = echarts.init(canvas);
    drawn.setOption(options(chart, builds, place.dataset));
    drawn.on("click", (event) => {
      const at = event.componentType === "markLine" ? event.data.build : event.dataIndex;
      window.location.assign(place.dataset.jobUrl + builds[at].number + "/ml-cicd/");
    });
    window.addEventListener("resize", () => drawn.resize());
    window
      .matchMedia("(prefers-color-scheme: dark)")
      .addEventListener("change", () => drawn.setOption(options(chart, builds, place.dataset)));
  };

  const show = (place, trends) => {
    const wanted = place.dataset.charts ? place.dataset.charts.split(" ") : null;
    const charts = trends.charts.filter((chart) => wanted === null || wanted.includes(chart.id));
    charts.forEach((chart) => draw(place, chart, trends.builds));
    if (charts.length === 0 && place.dataset.none) {
      place.textContent = place.dataset.none;
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    /* The newest builds are at the end, and what people come for. */
    document.querySelectorAll(".ml-cicd-heat__scroller").forEach((scroller) => {
      scroller.scrollLeft = scroller.scrollWidth;
    });
    document.querySelectorAll(".ml-cicd-trends").forEach((place) => {
      fetch(place.dataset.url + "/api/json?tree=" + encodeURIComponent(tree))
        .then((answer) => answer.json())
        .then((trends) => show(place, trends));
    });
  });
})();
