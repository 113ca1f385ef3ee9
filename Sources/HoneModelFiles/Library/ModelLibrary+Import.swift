// SPDX-License-Identifier: Apache-2.0

import Foundation

extension ModelLibrary {
  /// Copies a GGUF file into the library; the original stays as it is.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - name: The name it gets; nil takes the file's own, without its ending, in lower case.
  ///   - progress: Receives what is going on.
  /// - Returns: The record of the installed model.
  /// - Throws: ``ModelFileError`` when the file is no complete GGUF file or the name is taken.
  public func importFile(
    _ file: URL, name: String? = nil, progress: ModelProgressReport = { _ in }
  ) async throws -> InstalledModel {
    let name = name ?? file.deletingPathExtension().lastPathComponent.lowercased()
    let folder = try ModelFolder(of: name, in: directory)
    // Before a long copy.
    _ = try summary(of: file)
    return try await folder.locked(progress) {
      try refuseTaken(folder)
      try folder.makeWorkspace(empty: true)
      let copy = folder.workspace.appending(path: KeptFile.name(of: .shipped))
      try folder.onDisk {
        try FileManager.default.copyItem(at: file.resolvingSymlinksInPath(), to: copy)
      }
      return try keep(
        copy, in: folder, source: file.lastPathComponent, license: nil, required: nil, progress)
    }
  }
}
