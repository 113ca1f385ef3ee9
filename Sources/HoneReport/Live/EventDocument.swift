// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A run's event as one JSON object, for programs that read along.
public enum EventDocument {
  /// The object: `type`, `seconds`, `calls` and the event's own members.
  public static func json(_ timed: TimedEvent) -> JSONValue {
    var members = members(of: timed.event)
    members["seconds"] = number(timed.seconds)
    members["calls"] = .number(Double(timed.calls))
    return .object(members)
  }

  /// The last object of a run: what was found, without the rows.
  public static func json(resultOf record: RunRecord) -> JSONValue {
    var members: [String: JSONValue] = [
      "type": .string("result"), "run": .string(record.id),
      "status": .string(record.status.word), "seconds": number(record.spend.seconds),
      "calls": .number(Double(record.spend.totalCalls)),
      "tokens": .number(Double(record.spend.totalUsage.tokens)),
      "dollars": number(record.spend.totalUsage.dollars),
      "endings": endings(record.spend.totalEndings),
    ]
    guard let result = record.result else { return .object(members) }
    members["conclusion"] = .string(result.conclusion)
    members["best"] = candidate(result.best)
    members["seedDevScore"] = number(result.seedDevScore)
    members["bestDevScore"] = number(result.bestDevScore)
    if let comparison = result.comparison {
      members["test"] = json(comparison)
    }
    return .object(members)
  }

  /// A comparison as an object.
  public static func json(_ comparison: PairedComparison) -> JSONValue {
    .object([
      "pairs": .number(Double(comparison.pairs)), "first": mean(comparison.first),
      "second": mean(comparison.second), "difference": mean(comparison.difference),
      "wins": .number(Double(comparison.wins)), "losses": .number(Double(comparison.losses)),
      "test": .string(comparison.test.rawValue), "pValue": number(comparison.pValue),
    ])
  }

  /// A mean with its interval as an object.
  public static func mean(_ mean: EstimatedMean) -> JSONValue {
    .object([
      "mean": number(mean.mean), "lower": number(mean.lower), "upper": number(mean.upper),
    ])
  }

  /// The calls without a whole answer, each way of ending with its number, 0 too.
  private static func endings(_ endings: CallEndings) -> JSONValue {
    .object(
      Dictionary(
        uniqueKeysWithValues: CallEnding.allCases.map { ($0.rawValue, count(endings[$0])) }))
  }

  private static func members(of event: RunEvent) -> [String: JSONValue] {
    switch event {
    case .started(let steps): ["type": .string("started"), "steps": count(steps)]
    case .stepStarted(let step, let of, let size):
      [
        "type": .string("stepStarted"), "step": count(step), "of": count(of),
        "stepSize": count(size),
      ]
    case .proposed(let made, let step):
      ["type": .string("proposed"), "step": count(step), "candidate": candidate(made)]
    case .rejected(let text, let reason, let move, let step):
      [
        "type": .string("rejected"), "step": count(step), "text": .string(text),
        "move": .string(move),
        "reason": .string(reason.kind), "detail": .string(reason.sentence),
      ]
    case .evaluated(let candidate, let split, let score, let examples, let step):
      [
        "type": .string("evaluated"), "step": count(step), "candidate": .string(candidate),
        "split": .string(split.rawValue), "score": number(score), "examples": count(examples),
      ]
    case .stepFinished(let step, let of, let current, let best, let score):
      [
        "type": .string("stepFinished"), "step": count(step), "of": count(of),
        "current": .string(current), "best": .string(best), "bestScore": number(score),
      ]
    case .note(let text): ["type": .string("note"), "text": .string(text)]
    }
  }

  private static func candidate(_ candidate: Candidate) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(candidate.id), "instruction": .string(candidate.text),
      "parents": .array(candidate.lineage.parents.map { .string($0) }),
      "move": .string(candidate.lineage.move), "step": count(candidate.lineage.step),
    ]
    let shown = candidate.demonstrationCount
    if shown > 0 { members["demonstrations"] = count(shown) }
    return .object(members)
  }

  private static func count(_ number: Int?) -> JSONValue {
    number.map { .number(Double($0)) } ?? .null
  }

  private static func number(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(value)
  }
}
