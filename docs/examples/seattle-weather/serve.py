"""Names the weather over HTTP.

    python3 serve.py --model build/model --port 8501

GET /health tells that the service is up, and the SHA-256 of the model it serves.
POST /predict takes one day as a JSON object, or {"instances": [...]} with many.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from days import BadInput, Day
from weather_model import WeatherModel, most_likely

LARGEST_BODY = 1_000_000  # bytes; some ten thousand days


class Service(ThreadingHTTPServer):
    """An HTTP server that holds the model."""

    request_queue_size = 128  # the standard library's 5 would refuse a burst of clients

    def __init__(self, address: tuple[str, int], model: WeatherModel):
        self.model = model
        self.fingerprint = model.fingerprint()
        super().__init__(address, Handler)


class Handler(BaseHTTPRequestHandler):
    """Answers one connection, always in JSON."""

    protocol_version = "HTTP/1.1"  # keeps connections open
    timeout = 30  # seconds until an idle connection is closed
    wbufsize = -1  # buffered, so that header and body leave together

    def do_GET(self) -> None:
        if self.path == "/health":
            self.answer(200, {"status": "ok", "model": self.server.fingerprint})
        else:
            self.answer_not_found()

    def do_POST(self) -> None:
        try:
            body = self.read_body()
            if self.path == "/predict":
                self.answer(200, self.predict(parse_json(body)))
            else:
                self.answer_not_found()
        except BadInput as error:
            self.answer(400, {"error": str(error)})

    def predict(self, request: object) -> dict:
        """The answer to a request for one day or for many."""
        if not isinstance(request, dict) or "instances" not in request:
            return self.predict_day(request)
        instances = request["instances"]
        if not isinstance(instances, list):
            raise BadInput("instances: not a list")
        return {"predictions": [self.predict_instance(i, instance) for i, instance in enumerate(instances)]}

    def predict_instance(self, index: int, instance: object) -> dict:
        try:
            return self.predict_day(instance)
        except BadInput as error:
            raise BadInput(f"instances[{index}]: {error}") from None

    def predict_day(self, record: object) -> dict:
        if not isinstance(record, dict):
            raise BadInput("a day must be a JSON object")
        scores = self.server.model.scores(Day.parse(record))
        return {"weather": most_likely(scores), "scores": scores}

    def read_body(self) -> bytes:
        try:
            length = int(self.headers["Content-Length"])
        except (TypeError, ValueError):
            length = -1
        if not 0 <= length <= LARGEST_BODY:
            self.close_connection = True  # where the next request would begin is unknown
            raise BadInput(f"the request needs a Content-Length of at most {LARGEST_BODY} bytes")
        return self.rfile.read(length)

    def answer_not_found(self) -> None:
        self.answer(404, {"error": f"nothing answers {self.command} {self.path}; try GET /health or POST /predict"})

    def answer(self, status: int, content: dict) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keeps quiet: a line a request would bury what matters."""


def parse_json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadInput("the body is not JSON") from None


def main() -> None:
    parser = argparse.ArgumentParser(description="Names the weather over HTTP.")
    parser.add_argument("--model", type=Path, default="build/model", help="folder of the model (%(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=8501, help="port to listen on, 0 for any (%(default)s)")
    arguments = parser.parse_args()

    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # ends serve_forever() at once, through the `with` below
    model = WeatherModel.load(arguments.model)
    try:
        service = Service((arguments.host, arguments.port), model)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadInput(f"cannot listen on {arguments.host}:{arguments.port}: {reason}") from None
    with service:
        print("serving on http://{}:{}".format(*service.server_address), flush=True)
        service.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except BadInput as error:
        sys.exit(f"serve.py: {error}")
    except KeyboardInterrupt:
        pass
