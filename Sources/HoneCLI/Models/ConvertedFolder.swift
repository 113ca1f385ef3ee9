// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneTraining

  /// A model's folder of Hugging Face's form as the file that the engine runs, made once and kept.
  enum ConvertedFolder {
    /// Whether a name is of such a folder.
    static func isMeant(by name: String) -> Bool {
      ModelFolder.isModelFolder(URL(filePath: name, directoryHint: .isDirectory))
    }

    /// The file, made first where there is none of the folder as it is now.
    ///
    /// - Parameters:
    ///   - name: The folder.
    ///   - library: Where models are kept; the file goes beside it.
    ///   - say: Told when a file is made.
    /// - Returns: The file.
    /// - Throws: `TrainingError` for a folder that cannot be used.
    static func file(of name: String, beside library: URL, say: (String) -> Void) throws -> URL {
      let url = URL(filePath: name, directoryHint: .isDirectory).standardizedFileURL
      let place = library.deletingLastPathComponent()
        .appending(path: "converted", directoryHint: .isDirectory)
      let file = place.appending(path: try fingerprint(of: url) + ".gguf")
      guard !FileManager.default.fileExists(atPath: file.path) else { return file }
      let folder = try ModelFolder(url)
      say("Turning \(name) into a file that the engine runs.")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try folder.writeModel(to: file)
      return file
    }

    /// What changes when a file of the folder does.
    private static func fingerprint(of url: URL) throws -> String {
      let names = try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
      let parts = try names.map { name in
        let facts = try FileManager.default.attributesOfItem(
          atPath: url.appending(path: name).path)
        let date = (facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(name) \(facts[.size] as? Int ?? 0) \(date)"
      }
      return String(StableHash.of(url.path + "\n" + parts.joined(separator: "\n")), radix: 16)
    }
  }
#endif
