// SPDX-License-Identifier: Apache-2.0

#if HONE_MACROS
  import Foundation
  import HoneTesting
  import Testing

  /// The macro as the compiler runs it: sources are checked with the built plugin.
  ///
  /// So the tests need no syntax library of their own, which would be built a second time for them.
  struct ExpansionTests {
    /// The plugin beside the test bundle.
    private static let plugin: URL? = {
      var folder = URL(filePath: ProcessInfo.processInfo.arguments.first ?? "")
      for _ in 0..<6 {
        folder.deleteLastPathComponent()
        let file = folder.appending(path: "HoneMacros-tool")
        if FileManager.default.isExecutableFile(atPath: file.path) { return file }
      }
      return nil
    }()

    /// Checks a fixture as the module that the expansion names, and returns what the compiler wrote.
    private func check(_ fixture: String, _ options: [String] = []) throws -> (Int32, [String]) {
      let plugin = try #require(Self.plugin, "build the package, then run its tests")
      let source = try #require(
        Bundle.module.url(forResource: fixture, withExtension: "txt", subdirectory: "Fixtures"))
      let folder = try TemporaryFolder()
      let file = folder.url.appending(path: "\(fixture).swift")
      try FileManager.default.copyItem(at: source, to: file)
      let written = folder.url.appending(path: "written")
      try Data().write(to: written)
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments =
        [
          "swiftc", "-typecheck", "-parse-as-library", "-swift-version", "6", "-module-name",
          "HonePrograms", "-load-plugin-executable", "\(plugin.path)#HoneMacros",
        ] + options + [file.path]
      let handle = try FileHandle(forWritingTo: written)
      process.standardError = handle
      process.standardOutput = handle
      try process.run()
      process.waitUntilExit()
      let text = try String(contentsOf: written, encoding: .utf8)
      return (process.terminationStatus, text.components(separatedBy: "\n"))
    }

    @Test("Wrong use is told at its line, and what to write instead")
    func misuse() throws {
      let (code, lines) = try check("Misuse")
      #expect(code != 0)
      let url = try #require(
        Bundle.module.url(forResource: "Misuse", withExtension: "txt", subdirectory: "Fixtures"))
      let source = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
      let expected = source.enumerated().flatMap { index, line in
        line.components(separatedBy: "  // ").dropFirst().map { "\(index + 1): \($0)" }
      }
      #expect(expected.count == 20)
      let told = lines.compactMap { line -> String? in
        guard let mark = line.firstRange(of: ": error: ") else { return nil }
        let place = line[..<mark.lowerBound].split(separator: ":")
        guard place.count >= 3, place[0].hasSuffix("Misuse.swift") else { return nil }
        let message = line[mark.upperBound...].components(separatedBy: " (from macro")[0]
        return "\(place[1]): \(message)"
      }
      for message in expected {
        #expect(told.contains(message), "\(message)\n\(lines.joined(separator: "\n"))")
      }
      #expect(Set(told).subtracting(expected) == [])
    }

    @Test("A public struct becomes a signature with its inputs as a type of their own")
    func expansion() throws {
      let (code, lines) = try check("Expansion", ["-Xfrontend", "-dump-macro-expansions"])
      #expect(code == 0, "\(lines.joined(separator: "\n"))")
      let start = try #require(lines.firstIndex { $0.hasPrefix("extension Answer") })
      let end = try #require(lines[start...].firstIndex(of: "}"))
      let url = try #require(
        Bundle.module.url(
          forResource: "Expanded", withExtension: "txt", subdirectory: "Fixtures"))
      let expected = try String(contentsOf: url, encoding: .utf8)
      #expect(lines[start...end].joined(separator: "\n") + "\n" == expected)
    }
  }
#endif
