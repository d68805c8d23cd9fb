"""The example from the outside: its programs run as its users, Jenkins and ml-cicd run them."""

import csv
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from datetime import date, timedelta
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SUNNY = {"date": "2015-07-05", "precipitation": 0.0, "temp_max": 33.3, "temp_min": 17.8, "wind": 3.4}
RAINY = {"date": "2015-11-13", "precipitation": 33.5, "temp_max": 13.3, "temp_min": 9.4, "wind": 6.5}


class Workspace:
    """A folder of its own for what the programs write, so that tests leave build/ alone."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name)
        shutil.copytree(PROJECT / "data", self.path / "data")

    def command(self, program, *arguments):
        return [sys.executable, str(PROJECT / program), *map(str, arguments)]

    def run(self, program, *arguments, **environment):
        return subprocess.run(
            self.command(program, *arguments),
            cwd=self.path,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )

    def rows(self, name):
        with open(self.path / name, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def remove(self):
        self._folder.cleanup()


class Case(unittest.TestCase):
    """Gives every class of tests a workspace with a trained model."""

    @classmethod
    def setUpClass(cls):
        cls.workspace = Workspace()
        cls.addClassCleanup(cls.workspace.remove)
        cls.workspace.run("train.py").check_returncode()

    def assert_refused(self, run, *words):
        self.assertEqual(1, run.returncode)
        self.assertEqual(1, run.stderr.count("\n"), run.stderr)
        for word in words:
            self.assertIn(word, run.stderr)


class TrainTest(Case):
    def test_equal_data_give_an_equal_model(self):
        model = self.workspace.path / "build/model/model.json"
        first = model.read_bytes()
        model.unlink()
        self.workspace.run("train.py", PYTHONHASHSEED="1").check_returncode()
        self.assertEqual(first, model.read_bytes())

    def test_names_most_unseen_days_rightly(self):
        rows = self.workspace.rows("build/predictions.csv")
        right = sum(row["weather"] == row["predicted"] for row in rows)
        self.assertGreater(right / len(rows), 0.8)

    def test_holds_out_the_last_seven_days_of_every_month(self):
        first, last = date(2012, 1, 1), date(2014, 12, 31)
        days = [first + timedelta(n) for n in range((last - first).days + 1)]
        late = [day.isoformat() for day in days if day.month != (day + timedelta(7)).month]
        self.assertEqual(36 * 7, len(late))
        self.assertEqual(late, [row["date"] for row in self.workspace.rows("build/predictions.csv")])

    def test_scores_are_probabilities_and_the_greatest_is_predicted(self):
        for row in self.workspace.rows("build/predictions.csv"):
            scores = {name[len("score_"):]: float(row[name]) for name in row if name.startswith("score_")}
            self.assertAlmostEqual(1, sum(scores.values()), places=9)
            self.assertEqual(max(scores, key=scores.get), row["predicted"])

    def test_seasons_are_whole_months(self):
        seasons = {row["date"][5:7]: row["season"] for row in self.workspace.rows("build/predictions.csv")}
        self.assertEqual(
            ["winter"] * 2 + ["spring"] * 3 + ["summer"] * 3 + ["autumn"] * 3 + ["winter"],
            [seasons[month] for month in sorted(seasons)],
        )


class BadTrainingDataTest(Case):
    def train_on(self, content):
        workspace = Workspace()
        self.addCleanup(workspace.remove)
        data = workspace.path / "data/2012-2014.csv"
        data.unlink()
        if content is not None:
            data.write_bytes(content)
        return workspace.run("train.py")

    def test_says_in_one_line_what_is_wrong_and_where(self):
        header = b"date,precipitation,temp_max,temp_min,wind,weather\n"
        for content, words in (
            (None, ["2012-2014.csv", "No such file"]),
            (b"", ["no rows"]),
            (header, ["no rows"]),
            (b"\xff\xfe\x00", ["UTF-8"]),
            (header + b"2012-01-01,0,5,1,2,sun\n2012-01-02,wet,5,1,2,rain\n", ["line 3", "precipitation", "wet"]),
            (header + b"2012-01-01,0,5,1,2,hail\n", ["line 2", "weather", "hail"]),
            (header + b"2012-01-01,0,5,1\n", ["line 2", "weather"]),
            (header + b"01.02.2012,0,5,1,2,sun\n", ["line 2", "date"]),
            (header + b"2012-01-01,0,5,1,2,sun\n", ["to evaluate on"]),
        ):
            with self.subTest(content=content):
                self.assert_refused(self.train_on(content), *words)


class ScoreTest(Case):
    def test_scores_every_day_in_order(self):
        self.workspace.run("score.py", "data/2015.csv", "new/scored.csv").check_returncode()
        days, scored = self.workspace.rows("data/2015.csv"), self.workspace.rows("new/scored.csv")
        self.assertEqual([day["date"] for day in days], [row["date"] for row in scored])
        self.assertEqual(["date", "predicted", "confidence", "weather"], list(scored[0])[:4])
        self.assertEqual([day["weather"] for day in days], [row["weather"] for row in scored])
        self.assertTrue(all(0.2 <= float(row["confidence"]) <= 1 for row in scored))

    def test_bad_input_leaves_no_output(self):
        (self.workspace.path / "bad.csv").write_text("date,precipitation,temp_max,temp_min\n2015-01-01,0,5,1\n")
        self.assert_refused(self.workspace.run("score.py", "bad.csv", "scored.csv"), "bad.csv, line 2", "wind")
        self.assertFalse((self.workspace.path / "scored.csv").exists())

    def test_needs_a_model(self):
        run = self.workspace.run("score.py", "data/2015.csv", "scored.csv", "--model", "nowhere")
        self.assert_refused(run, "nowhere", "train.py")


class ServeTest(Case):
    def setUp(self):
        self.service = subprocess.Popen(
            self.workspace.command("serve.py", "--port", 0), cwd=self.workspace.path, stdout=subprocess.PIPE, text=True
        )
        self.addCleanup(self.stop)
        self.port = int(self.service.stdout.readline().rpartition(":")[2])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        self.addCleanup(self.connection.close)

    def stop(self):
        self.service.kill()
        self.service.wait()
        self.service.stdout.close()

    def ask(self, method, path, body=None):
        content = body if body is None or isinstance(body, bytes) else json.dumps(body)
        self.connection.request(method, path, content)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def test_is_healthy(self):
        status, answer = self.ask("GET", "/health")
        self.assertEqual((200, "ok"), (status, answer["status"]))

    def test_names_the_weather_of_a_day(self):
        for day, weather in ((SUNNY, "sun"), (RAINY, "rain")):
            status, answer = self.ask("POST", "/predict", day)
            self.assertEqual((200, weather), (status, answer["weather"]))
            self.assertAlmostEqual(1, sum(answer["scores"].values()), places=9)

    def test_names_the_weather_of_many_days(self):
        status, answer = self.ask("POST", "/predict", {"instances": [SUNNY, RAINY]})
        self.assertEqual(200, status)
        self.assertEqual(["sun", "rain"], [day["weather"] for day in answer["predictions"]])

    def test_answers_as_batch_scoring_does(self):
        self.workspace.run("score.py", "data/2015.csv", "scored.csv").check_returncode()
        days = [{**day, "wind": float(day["wind"])} for day in self.workspace.rows("data/2015.csv")]
        _, answer = self.ask("POST", "/predict", {"instances": days})
        self.assertEqual(
            [row["predicted"] for row in self.workspace.rows("scored.csv")],
            [day["weather"] for day in answer["predictions"]],
        )

    def test_names_the_field_that_is_wrong(self):
        for wrong, field in (
            ({"temp_max": "hot"}, "temp_max"),
            ({"wind": None}, "wind"),
            ({"wind": float("nan")}, "wind"),
            ({"temp_min": True}, "temp_min"),
            ({"temp_min": [1]}, "temp_min"),
            ({"precipitation": -1}, "precipitation"),
            ({"precipitation": 10**400}, "precipitation"),
            ({"date": "5 July"}, "date"),
            ({"date": 20150705}, "date"),
        ):
            with self.subTest(wrong=wrong):
                status, answer = self.ask("POST", "/predict", {**SUNNY, **wrong})
                self.assertEqual(400, status)
                self.assertTrue(answer["error"].startswith(field + ": "), answer)

    def test_names_the_instance_that_is_wrong(self):
        status, answer = self.ask("POST", "/predict", {"instances": [SUNNY, {**SUNNY, "wind": "calm"}]})
        self.assertEqual(400, status)
        self.assertIn("instances[1]: wind: 'calm'", answer["error"])

    def test_refuses_what_is_no_request(self):
        for body in (b"", b"not json", b"\xff", b"[" * 100000, [], 7, {"instances": 7}, {"instances": [7]}):
            with self.subTest(body=body):
                status, answer = self.ask("POST", "/predict", body)
                self.assertEqual(400, status)
                self.assertIn("error", answer)

    def test_refuses_a_body_of_unknown_or_excessive_length(self):
        for length in ("-1", "many", "9" * 5000, "1000001"):
            with self.subTest(length=length[:10]):
                self.connection.close()
                self.connection.request("POST", "/predict", headers={"Content-Length": length})
                self.assertEqual(400, self.connection.getresponse().status)

    def test_knows_no_other_path(self):
        for method, path in (("GET", "/"), ("GET", "/predict"), ("POST", "/health"), ("POST", "/model.json")):
            with self.subTest(method=method, path=path):
                self.assertEqual(404, self.ask(method, path, SUNNY if method == "POST" else None)[0])

    def test_clients_count_the_answers(self):
        def clients():
            run = self.workspace.run("clients.py", "data/2015.csv", "--port", self.port, "--seconds", 0.5)
            run.check_returncode()
            return run.stdout

        self.assertRegex(clients(), r"^\d+ requests: .*\d+ rain")
        self.stop()
        self.assertRegex(clients(), r"^(\d+) requests: \1 no answer$")

    def test_ends_at_once_when_told_to(self):
        self.ask("GET", "/health")  # leaves a connection open
        self.service.terminate()
        self.assertEqual(0, self.service.wait(timeout=2))

    def test_says_that_the_port_is_in_use(self):
        run = self.workspace.run("serve.py", "--port", self.port)
        self.assert_refused(run, "serve.py", str(self.port), "in use")


if __name__ == "__main__":
    unittest.main()
