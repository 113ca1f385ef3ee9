// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hone
import HoneLlama

/// Answers the rows of the worked programs with a model on this computer.
///
///     swift run WorkedPrograms MODEL.gguf [two-hops|many-labels|word-problems|support-agent]
@main
struct WorkedPrograms {
  /// The folder of the data, beside the sources.
  static let data = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "data")

  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    let all = try WorkedProgram.all(data: data)
    let names = all.map(\.name)
    guard let file = words.first, words.count <= 2, words.dropFirst().allSatisfy(names.contains)
    else {
      print("usage: WorkedPrograms MODEL.gguf [\(names.joined(separator: "|"))]")
      exit(2)
    }
    let model = try LlamaModel(file: URL(filePath: file), name: "model")
    for worked in all where words.count == 1 || words.last == worked.name {
      print(try await worked.report(by: model).text + "\n")
    }
  }
}
