// SPDX-License-Identifier: Apache-2.0

/// How a call ended that gave no whole answer.
public enum CallEnding: String, Sendable, Hashable, Codable, CaseIterable {
  /// The model refused.
  case refused
  /// The service's content filter kept the answer back.
  case filtered
  /// The answer holds nothing but white space.
  case empty
  /// The token limit cut the answer.
  case cut
  /// No answer came.
  case failed
}

/// How many calls ended in each way without a whole answer.
public struct CallEndings: Sendable, Hashable, Codable {
  private var counts: [CallEnding: Int] = [:]

  /// Creates counts of nothing.
  public init() {}

  /// The calls that ended in a way.
  public subscript(ending: CallEnding) -> Int { counts[ending, default: 0] }

  /// Whether every call gave a whole answer.
  public var isEmpty: Bool { counts.isEmpty }

  /// Counts a call.
  public mutating func add(_ ending: CallEnding) {
    counts[ending, default: 0] += 1
  }

  /// The sum of two counts.
  public static func + (a: CallEndings, b: CallEndings) -> CallEndings {
    var sum = a
    sum.counts.merge(b.counts, uniquingKeysWith: +)
    return sum
  }

  /// Reads the counts by the names of their endings, such as `{"refused": 3}`.
  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    for (name, count) in try container.decode([String: Int].self) {
      guard let ending = CallEnding(rawValue: name) else { continue }
      counts[ending] = count
    }
  }

  /// Writes the counts by the names of their endings.
  /// - Throws: `EncodingError`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(
      Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }))
  }
}

extension Generation {
  /// How the call ended when it gave no whole answer; nil when it did.
  ///
  /// An answer that the token limit cut before its first visible character counts as cut.
  public var ending: CallEnding? {
    switch finish {
    case .refused: .refused
    case .filtered: .filtered
    case .length: .cut
    case .endOfTurn, .stopText, .decided: text.allSatisfy(\.isWhitespace) ? .empty : nil
    }
  }
}
