// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A user's program that rewards answers.
///
/// It reads one JSON object a line, `{"prompt": …, "rewrite": …, "answer": …, "reference": …}`, the
/// last one null where there is none, and writes one number a line in the same order. It is run once
/// for all answers of a batch.
public struct CommandReward: Reward {
  private let name: String
  private let run: @Sendable (Data) async throws -> String

  /// Creates a reward.
  /// - Parameters:
  ///   - name: The command, for messages.
  ///   - run: Runs it with an input and gives its output; it is the place for limits.
  public init(name: String, run: @escaping @Sendable (Data) async throws -> String) {
    self.name = name
    self.run = run
  }

  /// The numbers that the program writes.
  /// - Throws: ``TrainingError`` of kind `badData` that names the line, or what running it throws.
  public func rewards(of answers: [RewardedAnswer]) async throws -> [Double] {
    guard !answers.isEmpty else { return [] }
    let output = try await run(Self.lines(answers))
    return try Self.numbers(in: output, count: answers.count, command: name)
  }

  private struct Line: Encodable {
    var answer: RewardedAnswer

    private enum CodingKeys: String, CodingKey {
      case prompt, rewrite, answer, reference
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(answer.prompt, forKey: .prompt)
      try container.encode(answer.rewrite, forKey: .rewrite)
      try container.encode(answer.answer, forKey: .answer)
      try container.encode(answer.reference, forKey: .reference)
    }
  }

  static func lines(_ answers: [RewardedAnswer]) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var data = Data()
    for answer in answers {
      data.append(try encoder.encode(Line(answer: answer)))
      data.append(UInt8(ascii: "\n"))
    }
    return data
  }

  static func numbers(
    in output: String, count: Int, command: String
  ) throws(TrainingError) -> [Double] {
    var numbers: [Double] = []
    for (index, line) in output.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let text = line.drop { $0.isWhitespace }
      guard !text.isEmpty else { continue }
      let bare = String(text.prefix { !$0.isWhitespace })
      guard let number = Double(bare), number.isFinite,
        text.dropFirst(bare.count).allSatisfy({ $0.isWhitespace })
      else {
        throw TrainingError(
          .badData,
          "Line \(index + 1) of what \(command) wrote is “\(line.prefix(60))”, required is one"
            + " number such as 0.5.")
      }
      numbers.append(number)
    }
    guard numbers.count == count else {
      throw TrainingError(
        .badData,
        "\(command) wrote \(numbers.count) numbers for \(count) answers; it must write one line for"
          + " each line that it reads.")
    }
    return numbers
  }
}
