// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import HoneModelFiles

/// A hub on this machine that serves one file, knows ranges, and notes the tokens it gets.
struct HubServer {
  let address: URL
  private let log: URL
  private let task: Task<Void, any Error>

  init(_ bench: Workbench, _ data: Data) async throws {
    let file = bench.root.appending(path: "served.gguf")
    let port = bench.root.appending(path: "port")
    log = bench.root.appending(path: "authorizations")
    try data.write(to: file)
    let command = ExternalCommand(
      program: "python3", arguments: ["-c", Self.program, file.path, port.path, log.path])
    let serving = Task {
      let ending = try await command.run()
      throw ModelFileError(.badFile, "The server ended: \(ending.errors)")
    }
    task = serving
    var number = ""
    // Generous: on two cores other tests may hold both threads for a while.
    let end = ContinuousClock.now + .seconds(300)
    while number.isEmpty {
      guard ContinuousClock.now < end else {
        serving.cancel()
        throw ModelFileError(.unreachable, "The server did not start")
      }
      number = (try? String(contentsOf: port, encoding: .utf8)) ?? ""
      try await Task.sleep(for: .milliseconds(10))
    }
    address = URL(string: "http://127.0.0.1:\(number)") ?? URL(filePath: "/")
  }

  func stop() { task.cancel() }

  func authorizations() throws -> [String] {
    try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  private static let program = """
    import hashlib, os, sys
    from http.server import BaseHTTPRequestHandler, HTTPServer

    data = open(sys.argv[1], "rb").read()

    class Hub(BaseHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

        def do_GET(self):
            with open(sys.argv[3], "a") as log:
                log.write(self.headers.get("Authorization", "none") + "\\n")
            if "/closed/" in self.path:
                return self.send_error(403)
            begin = int(self.headers.get("Range", "bytes=0-")[6:].split("-")[0])
            if begin >= len(data):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(data)}")
                self.send_header("Content-Length", "0")
                return self.end_headers()
            self.send_response(206 if begin else 200)
            if begin:
                self.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
            digest = "0" * 64 if "/wronghash/" in self.path else hashlib.sha256(data).hexdigest()
            self.send_header("X-Linked-Etag", f'"{digest}"')
            self.send_header("Content-Length", str(len(data) - begin))
            self.end_headers()
            self.wfile.write(data[begin:])

    server = HTTPServer(("127.0.0.1", 0), Hub)
    with open(sys.argv[2] + ".new", "w") as port:
        port.write(str(server.server_port))
    os.rename(sys.argv[2] + ".new", sys.argv[2])
    server.serve_forever()
    """
}
