// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

/// The requests of a run as a text to read and to compare with a fixture.
enum RequestText {
  /// Every request with its sampling; samples of the same request are told together.
  static func of(_ requests: [GenerationRequest]) -> String {
    var blocks: [(request: GenerationRequest, samples: [Int])] = []
    for request in requests {
      if let last = blocks.last, last.request.input == request.input {
        blocks[blocks.count - 1].samples.append(request.sampleIndex)
      } else {
        blocks.append((request, [request.sampleIndex]))
      }
    }
    return blocks.enumerated().map { index, block in
      let request = block.request
      let samples = block.samples.map(String.init).joined(separator: ", ")
      let stop = request.stop.map { $0.replacingOccurrences(of: "\n", with: "\\n") }
      return "======== request \(index + 1), sample \(samples), temperature "
        + "\(request.temperature), at most \(request.maxTokens) tokens, ends at "
        + "\(stop.isEmpty ? "nothing" : stop.joined(separator: " "))\n" + text(of: request.input)
    }.joined(separator: "\n\n") + "\n"
  }

  private static func text(of input: ModelInput) -> String {
    switch input {
    case .text(let text): "-------- text to continue\n" + text
    case .chat(let messages):
      messages.map { "-------- \($0.role.rawValue)\n\($0.content)" }.joined(separator: "\n")
    }
  }

  /// Compares a text with a fixture; `HONE_RECORD=1` writes the fixture anew.
  static func check(_ text: String, against name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name).txt")
    if ProcessInfo.processInfo.environment["HONE_RECORD"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let known = try String(contentsOf: file, encoding: .utf8)
    let pairs = zip(known.components(separatedBy: "\n"), text.components(separatedBy: "\n"))
    let first = pairs.enumerated().first { $0.element.0 != $0.element.1 }
    #expect(
      known == text,
      "\(name).txt, line \((first?.offset ?? -1) + 1): \(first?.element.0 ?? "") became \(first?.element.1 ?? "")"
    )
  }
}

extension GenerationRequest {
  /// All turns of a chat, or the text.
  var wholeText: String {
    switch input {
    case .text(let text): text
    case .chat(let messages): messages.map(\.content).joined(separator: "\n")
    }
  }
}
