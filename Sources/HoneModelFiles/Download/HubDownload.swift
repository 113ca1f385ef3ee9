// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Fetches a file with curl, going on where an earlier download ended.
struct HubDownload: Sendable {
  let address: HubAddress
  let url: URL
  let token: SecretToken?
  /// Where the file grows; what is there from an earlier download is kept.
  let file: URL
  let progress: ModelProgressReport

  /// Fetches the file.
  /// - Returns: The SHA-256 that the hub states for it, if it states one.
  func fetch() async throws -> String? {
    let headers = file.appendingPathExtension("headers")
    var ending = try await curl(headers: headers)
    // The server cannot go on in the middle, or what is here is not the beginning of its file.
    if ending.code == 33 || ending.output.hasSuffix("416") {
      if let told = HubHeaders(file: headers), told.bytes == ModelFolder.size(of: file) {
        return told.sha256
      }
      try? FileManager.default.removeItem(at: file)
      ending = try await curl(headers: headers)
    }
    guard ending.code == 0 else { throw error(ending) }
    return HubHeaders(file: headers)?.sha256
  }

  private func curl(headers: URL) async throws -> ExternalCommand.Ending {
    try? FileManager.default.removeItem(at: headers)
    let command = ExternalCommand(
      program: "curl",
      arguments: [
        "--config", "-", "--silent", "--show-error", "--fail", "--location", "--retry", "3",
        "--connect-timeout", "30", "--speed-time", "60", "--speed-limit", "1",
        "--continue-at", "-", "--dump-header", headers.path, "--write-out", "%{http_code}",
        "--output", file.path, "--url", url.absoluteString,
      ],
      // The token goes in by standard input: arguments can be seen by everyone on the machine.
      input: token.map { "header = \"Authorization: Bearer \($0.value)\"\n" } ?? "")
    let (name, target, report) = (url.lastPathComponent, file, progress)
    return try await observing {
      if let so = ModelFolder.size(of: target) {
        let total = HubHeaders(file: headers)?.bytes
        report(.downloading(file: name, bytes: so, total: total))
      }
    } during: {
      try await command.run()
    }
  }

  private func error(_ ending: ExternalCommand.Ending) -> ModelFileError {
    let host = url.host() ?? url.absoluteString
    let what = address.text
    switch (ending.code, ending.output.suffix(3)) {
    case (22, "401"), (22, "403"):
      let how =
        token == nil
        ? "Set HF_TOKEN to a token of an account that may read it."
        : "The token in HF_TOKEN does not open it; accept the model's terms on its page."
      return ModelFileError(.notFound, "\(host) does not give out \(what). \(how)")
    case (22, "404"):
      return ModelFileError(
        .notFound, "\(host) has no \(what). Look at the list of files on the model's page.")
    case (22, let status):
      return ModelFileError(
        .unreachable, "\(host) answered \(status) for \(what). Run the command again later.")
    case (5...7, _), (28, _), (35, _), (56, _), (60, _), (97, _):
      return ModelFileError(
        .unreachable,
        "There is no way to \(host) from here (\(reason(ending))). Without a network, take the "
          + "file in from a disk: hone models import FILE.gguf.")
    case (18, _):
      return ModelFileError(
        .unreachable, "The download of \(what) broke off. Run the command again to go on.")
    case (23, _):
      return ModelFileError(.disk, "\(file.path) cannot be written: \(reason(ending)).")
    default:
      return ModelFileError(.unreachable, "\(what) could not be fetched: \(reason(ending)).")
    }
  }

  /// The last line curl wrote, which states the reason.
  private func reason(_ ending: ExternalCommand.Ending) -> String {
    let line = ending.errors.split(separator: "\n").last.map(String.init)
    return line?.trimmingCharacters(in: CharacterSet(charactersIn: ". ")) ?? "curl \(ending.code)"
  }
}

/// What the headers of a download state about the whole file.
struct HubHeaders: Hashable {
  var bytes: Int64?
  var sha256: String?

  /// Reads the headers of all answers up to the last, as curl dumps them; nil when there are none.
  init?(file: URL) {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    for line in text.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      switch line[..<colon].lowercased() {
      // The size and hash of a large file, told by the answer that leads to where it is kept.
      case "x-linked-size": bytes = Int64(value)
      case "x-linked-etag":
        let digits = value.trimmingCharacters(in: CharacterSet(charactersIn: "W/\""))
        if digits.count == 64, digits.allSatisfy(\.isHexDigit) { sha256 = digits.lowercased() }
      // `bytes 100-199/200` of a download that goes on, or `bytes */200` past the end.
      case "content-range": bytes = value.split(separator: "/").last.flatMap { Int64($0) } ?? bytes
      default: break
      }
    }
    if bytes == nil { bytes = Self.length(text) }
  }

  /// The last `Content-Length`; an answer that leads elsewhere has its own, which is not meant.
  private static func length(_ text: String) -> Int64? {
    let last = text.components(separatedBy: "HTTP/").last ?? text
    for line in last.split(whereSeparator: \.isNewline)
    where line.lowercased().hasPrefix("content-length:") {
      return Int64(line.dropFirst("content-length:".count).trimmingCharacters(in: .whitespaces))
    }
    return nil
  }
}
