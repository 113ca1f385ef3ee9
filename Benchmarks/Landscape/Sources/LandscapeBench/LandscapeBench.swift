// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneTesting

/// Compares all methods on simulated landscapes and writes Documentation/landscape.md.
@main
struct LandscapeBench {
  static func main() async {
    do {
      let arguments = try Arguments(CommandLine.arguments.dropFirst())
      let start = ContinuousClock.now
      let table = try await LandscapeTable(
        methods: LandscapeMethod.all(), qualities: [0, 0.25, 0.5, 0.75, 1], seeds: arguments.seeds,
        calls: arguments.calls, dev: arguments.dev, noise: arguments.noise)
      let page = LandscapePage(table: table, arguments: arguments).text
      if let file = arguments.file {
        try page.write(toFile: file, atomically: true, encoding: .utf8)
      } else {
        print(page)
      }
      FileHandle.standardError.write(Data("\(ContinuousClock.now - start)\n".utf8))
    } catch {
      FileHandle.standardError.write(Data("LandscapeBench: \(error)\n".utf8))
      exit(1)
    }
  }
}
