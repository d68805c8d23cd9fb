/* Draws a job's trends with ECharts. A chart is drawn when it comes into sight, a long table when it is opened. */
(() => {
  const MANY_BUILDS = 120;
  const MANY_CELLS = 2000;
  const LABEL_WIDTH = 130;
  const SOME_MARKS = 60;
  const MOST_CHOSEN = 30;

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
    !line.lower || line.lower[at] === null
      ? round(line.values[at])
      : `${round(line.values[at])} (${round(line.lower[at])} – ${round(line.upper[at])})`;

  const short = (value) =>
    Math.abs(value) >= 1000
      ? Intl.NumberFormat("en", { notation: "compact" }).format(value)
      : String(Number(value.toPrecision(3)));

  const places = (build) => (build.deployedTo || []).join(", ");

  /* What happened to the model in a build, for people; the words are the page's. */
  const events = (build, words) =>
    (build.retraining ? [`${words.retraining}: ${build.retraining}`] : []).concat(
      build.deployed ? [places(build) ? `${words.deploymentTo} ${places(build)}` : words.deployment] : []
    );

  /* Vertical lines at the builds that pass; a series of their own, so that the legend names them. Few are named where they
     stand, more have their sign alone, and very many only their line. */
  const marks = (builds, passes, name, sign, place, color, type, width) => {
    const data = builds.flatMap((build, i) =>
      passes(build)
        ? [
            {
              xAxis: i,
              build: build.number,
              name: `${sign} ${place(build)}`.trim(),
              label: { align: i * 4 < builds.length ? "left" : (i + 1) * 4 > builds.length * 3 ? "right" : "center" },
            },
          ]
        : []
    );
    const gaps = data.slice(1).map((mark, i) => mark.xAxis - data[i].xAxis);
    const least = gaps.reduce((one, other) => Math.min(one, other), builds.length);
    const named = (least * width) / builds.length > LABEL_WIDTH;
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
              label: {
                show: data.length <= SOME_MARKS,
                formatter: named ? "{b}" : sign,
                color: color,
                fontSize: named ? 11 : 14,
                rotate: 0,
                distance: 6,
              },
              lineStyle: { color: color, type: type, width: data.length <= SOME_MARKS ? 1.5 : 0.5 },
              data: data,
            },
          },
        ];
  };

  const options = (chart, builds, words, width) => {
    const colors = palette();
    const subjects = [...new Set(chart.lines.map((line) => line.subject))];
    const text = theme("--text-color", "#333");
    const soft = theme("--ml-cicd-soft", "#666");
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
      grid: { left: 8, right: 16, top: 36, bottom: 36, containLabel: true },
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
          showSymbol: builds.length <= MANY_BUILDS,
          sampling: "minmax",
          symbol: series.estimated ? "emptyDiamond" : "circle",
          symbolSize: series.estimated ? 9 : 7,
          lineStyle: { type: series.estimated ? "dashed" : "solid" },
          data: series.values,
        }))
        .concat(
          chart.marked
            ? [
                ...marks(builds, (build) => build.retraining, words.retraining, "↻", () => "", text, "solid", width),
                ...marks(builds, (build) => build.deployed, words.deployment, "⇧", places, soft, "dotted", width),
              ]
            : []
        ),
    };
  };

  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text) {
      element.textContent = text;
    }
    if (className) {
      element.className = className;
    }
    return element;
  };

  const report = (place, number) => `${place.jobUrl}${number}/ml-cicd/`;

  const fill = (table, chart, builds, words) => {
    const marked = chart.marked && builds.some((build) => build.retraining || build.deployed);
    const row = (tag, cells) => {
      const tr = make("tr");
      cells.forEach((text, i) => {
        const cell = make(i === 0 ? "th" : tag, text);
        if (i === 0 || tag === "th") {
          cell.scope = i === 0 && tag === "td" ? "row" : "col";
        }
        tr.append(cell);
      });
      return tr;
    };
    table.replaceChildren();
    table.createCaption().textContent = chart.title;
    table.createTHead().append(row("th", ["#"].concat(chart.lines.map((line) => line.title), marked ? [words.events] : [])));
    const body = table.createTBody();
    for (let i = builds.length - 1; i >= 0; i--) {
      const cells = row(
        "td",
        [""].concat(
          chart.lines.map((line) => withInterval(line, i)),
          marked ? [events(builds[i], words).join("; ")] : []
        )
      );
      const link = make("a", builds[i].displayName);
      link.href = report(words, builds[i].number);
      cells.firstElementChild.append(link);
      body.append(cells);
    }
  };

  /* The chart's numbers for people who cannot see it, newest build first. */
  const table = (chart, builds, words) => {
    const details = make("details");
    const scroller = make("div", "", "ml-cicd-trends__table");
    const table = make("table", "", "jenkins-table");
    const long = builds.length * (chart.lines.length + 1) > MANY_CELLS;
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "region");
    scroller.setAttribute("aria-label", `${chart.title}: ${words.table}`);
    scroller.append(table);
    details.append(make("summary", words.table), scroller);
    if (long) {
      details.addEventListener("toggle", () => fill(table, chart, builds, words), { once: true });
    } else {
      fill(table, chart, builds, words);
    }
    return details;
  };

  /* Drawn now where the browser cannot tell what is in sight. */
  const whenSeen = (element, draw) => {
    if (!window.IntersectionObserver) {
      draw();
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          observer.disconnect();
          draw();
        }
      },
      { rootMargin: "200px" }
    );
    observer.observe(element);
  };

  const figure = (place, chart, builds) => {
    const figure = make("figure");
    const canvas = make("div", "", "ml-cicd-trends__chart");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", chart.title);
    figure.append(make("figcaption", chart.title), canvas);
    if (!place.dataset.charts) {
      figure.append(table(chart, builds, place.dataset));
    }
    whenSeen(canvas, () => {
      const drawn = echarts.init(canvas);
      /* The whole is the picture; what it is painted on has no name of its own. */
      canvas.firstElementChild.setAttribute("aria-hidden", "true");
      const paint = () => drawn.setOption(options(chart, builds, place.dataset, canvas.clientWidth), true);
      paint();
      drawn.on("click", (event) => {
        const number = event.componentType === "markLine" ? event.data.build : builds[event.dataIndex].number;
        window.location.assign(report(place.dataset, number));
      });
      window.addEventListener("resize", () => {
        drawn.resize();
        paint();
      });
      window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
    });
    return figure;
  };

  /* The newest builds only. */
  const newest = (trends, most) => {
    const from = Math.max(0, trends.builds.length - most);
    const cut = (values) => values && values.slice(from);
    return {
      builds: trends.builds.slice(from),
      charts: trends.charts.map((chart) =>
        Object.assign({}, chart, {
          lines: chart.lines.map((line) =>
            Object.assign({}, line, { values: cut(line.values), lower: cut(line.lower), upper: cut(line.upper) })
          ),
        })
      ),
    };
  };

  const show = (place, trends, most) => {
    const shown = newest(trends, most);
    const charts = shown.charts.filter((chart) =>
      chart.lines.some((line) => line.values.some((value) => value !== null))
    );
    place.replaceChildren();
    charts.forEach((chart) => place.append(figure(place, chart, shown.builds)));
    if (charts.length === 0 && place.dataset.none) {
      place.textContent = place.dataset.none;
    }
  };

  const read = (place, query) =>
    fetch(`${place.dataset.url}/series${query ? "?" + query : ""}`).then((answer) => {
      if (!answer.ok) {
        throw new Error(answer.status);
      }
      return answer.json();
    });

  const complain = (place) => {
    place.replaceChildren(make("p", place.dataset.failed));
    place.setAttribute("role", "alert");
  };

  /* How many builds are shown, and which metrics besides: both are in the page's address, so that a link tells them, too. */
  const controls = (place, trends) => {
    const address = new URL(window.location.href);
    const words = place.dataset;
    const bar = make("div", "", "ml-cicd-choice");
    const chosen = make("div", "", "ml-cicd-trends");
    Object.assign(chosen.dataset, place.dataset);
    const heading = make("h3", words.chosen);
    const state = { most: Number(address.searchParams.get("builds")) || trends.builds.length, chosen: null };
    const redraw = () => {
      show(place, trends, state.most);
      if (state.chosen === null) {
        heading.remove();
        chosen.remove();
      } else {
        bar.after(heading, chosen);
        show(chosen, state.chosen, state.most);
      }
    };
    const remember = () => window.history.replaceState(null, "", address);

    const select = make("select", "", "jenkins-select__input");
    [50, 200, trends.builds.length].forEach((count) => {
      if (count <= trends.builds.length && ![...select.options].some((option) => option.value === String(count))) {
        const name = count === trends.builds.length ? words.all : words.newest;
        const option = make("option", name.replace("{0}", count));
        option.value = count;
        option.selected = count === state.most;
        select.append(option);
      }
    });
    select.addEventListener("change", () => {
      state.most = Number(select.value);
      address.searchParams.set("builds", select.value);
      remember();
      redraw();
    });
    const label = make("label", words.builds + " ");
    const frame = make("span", "", "jenkins-select");
    frame.append(select);
    label.append(frame);

    const details = make("details");
    const list = make("fieldset", "", "ml-cicd-choice__list");
    const filter = make("input", "", "jenkins-input");
    const names = make("div", "", "ml-cicd-choice__names");
    filter.type = "search";
    filter.setAttribute("aria-label", words.filter);
    filter.placeholder = words.filter;
    const choose = () => {
      const wanted = address.searchParams.getAll("metric");
      if (wanted.length === 0) {
        state.chosen = null;
        redraw();
        return;
      }
      read(place, new URLSearchParams(wanted.map((name) => ["metric", name])).toString())
        .then((answer) => {
          state.chosen = answer;
          redraw();
        })
        .catch(() => {
          bar.after(heading, chosen);
          complain(chosen);
        });
    };
    trends.metrics.forEach((name) => {
      const item = make("label");
      const box = make("input");
      box.type = "checkbox";
      box.value = name;
      box.checked = address.searchParams.getAll("metric").includes(name);
      box.addEventListener("change", () => {
        address.searchParams.delete("metric");
        [...names.querySelectorAll("input:checked")]
          .slice(0, MOST_CHOSEN)
          .forEach((each) => address.searchParams.append("metric", each.value));
        remember();
        choose();
      });
      item.append(box, " ", name);
      names.append(item);
    });
    filter.addEventListener("input", () =>
      names.querySelectorAll("label").forEach((item) => {
        item.hidden = !item.textContent.toLowerCase().includes(filter.value.trim().toLowerCase());
      })
    );
    list.append(make("legend", words.choose), filter, names);
    details.append(make("summary", `${words.choose} (${trends.metrics.length})`), list);
    bar.append(label, details);
    place.before(bar);
    show(place, trends, state.most);
    if (address.searchParams.has("metric")) {
      details.open = true;
      choose();
    }
  };

  const start = (place) => {
    const query = new URLSearchParams();
    if (place.dataset.charts) {
      query.set("charts", place.dataset.charts);
    }
    if (place.dataset.newestBuilds) {
      query.set("builds", place.dataset.newestBuilds);
    }
    read(place, query.toString())
      .then((trends) => {
        if (place.dataset.choice && trends.metrics.length > 0) {
          controls(place, trends);
        } else {
          show(place, trends, trends.builds.length);
        }
      })
      .catch(() => complain(place));
  };

  document.addEventListener("DOMContentLoaded", () => {
    /* The newest builds are at the end, and what people come for. */
    document.querySelectorAll(".ml-cicd-heat__scroller").forEach((scroller) => {
      scroller.scrollLeft = scroller.scrollWidth;
    });
    document.querySelectorAll(".ml-cicd-trends").forEach(start);
  });
})();
