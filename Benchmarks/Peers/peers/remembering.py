# SPDX-License-Identifier: Apache-2.0
"""A proxy on loopback that keeps a server's answers to requests without chance, on disk."""
import hashlib
import http.client
import http.server
import json
import sqlite3
import threading


class RememberingProxy:
    """Hands requests to the server at `port`; those at temperature 0 only the first time."""

    def __init__(self, port, memory):
        self.target, self.lock, self.connections = port, threading.Lock(), threading.local()
        memory.parent.mkdir(parents=True, exist_ok=True)
        self.store = sqlite3.connect(memory, check_same_thread=False, isolation_level=None)
        self.store.execute("PRAGMA journal_mode = WAL")
        self.store.execute("PRAGMA synchronous = OFF")
        self.store.execute("CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, body BLOB) WITHOUT ROWID")
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def handler(self):
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # An answer goes out as one packet, else the other side waits for the second one.
            wbufsize, disable_nagle_algorithm = 1 << 16, True

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = proxy.answer(self.path, body)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        return Handler

    def answer(self, path, body):
        request = json.loads(body)
        if request.get("temperature") != 0:
            return self.ask(path, body)
        key = hashlib.sha256(path.encode() + b"\n" + json.dumps(request, sort_keys=True).encode()).digest()
        with self.lock:
            kept = self.store.execute("SELECT body FROM answers WHERE key = ?", (key,)).fetchone()
        if kept:
            return 200, kept[0]
        status, answer = self.ask(path, body)
        if status == 200:
            with self.lock:
                self.store.execute("INSERT OR IGNORE INTO answers VALUES (?, ?)", (key, answer))
        return status, answer

    def ask(self, path, body):
        """The server's answer, over one connection a thread; a closed one is opened again once."""
        for _ in range(2):
            connection = getattr(self.connections, "open", None)
            if connection is None:
                connection = self.connections.open = http.client.HTTPConnection("127.0.0.1", self.target)
            try:
                connection.request("POST", path, body, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                return answer.status, answer.read()
            except (http.client.HTTPException, OSError) as error:
                connection.close()
                self.connections.open, failure = None, error
        return 502, json.dumps({"error": {"message": str(failure), "type": "server_error"}}).encode()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.store.close()
