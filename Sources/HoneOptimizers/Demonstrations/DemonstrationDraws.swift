// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Draws sets of demonstrations: the teacher's lessons first, then rows with their right answers.
///
/// The recipe of DSPy's few-shot optimizers: the teacher is the starting program with labelled rows,
/// its lessons come first, and labelled rows that are not among them fill up.
public struct DemonstrationDraws: Sendable {
  /// The most lessons in a set.
  public var lessons: Int
  /// The most rows in a set, lessons among them.
  public var rows: Int
  /// The least score of a lesson.
  public var passing: Double

  /// Creates the draws.
  public init(lessons: Int = 4, rows: Int = 16, passing: Double = 1) {
    self.lessons = lessons
    self.rows = rows
    self.passing = passing
  }

  /// The most calls that all draws of a run take together: each training row once.
  public func mostCalls(_ facts: TaskFacts) -> Int {
    lessons > 0 ? facts.train * facts.callsPerExample : 0
  }

  /// The calls of the first batch of lessons.
  func firstCalls(_ facts: TaskFacts) -> Int {
    lessons > 0 ? min(facts.train, max(8, 2 * lessons)) * facts.callsPerExample : 0
  }

  /// Labelled rows alone.
  func labelled(in session: any OptimizationSession) -> [RowDemonstrations] {
    var chance = session.random("labelled rows")
    return LabelledRows(session.train, of: session.task.program).sample(rows, by: &chance)
  }

  /// Lessons on the training rows in the order given, at most `count`, filled up with labelled rows.
  func taught(
    _ count: Int, from train: [Example], stream: String, base: Candidate,
    in session: any OptimizationSession
  ) async throws -> [RowDemonstrations] {
    let teacher = Teacher(base, shown: labelled(in: session), passing: passing)
    let learnt = try await teacher.lessons(min(count, lessons, rows), from: train, in: session)
    var chance = session.random("fill \(stream)")
    let fill = LabelledRows(session.train, of: session.task.program).sample(
      rows - learnt.count, without: Set(learnt.map(\.row)), by: &chance)
    return learnt + fill
  }

  /// A set of a number: 0 shows nothing, 1 labelled rows, 2 lessons in the order of the rows, and
  /// each later one lessons of rows shuffled anew, of a number drawn from 1 to the most.
  func set(
    _ number: Int, base: Candidate, in session: any OptimizationSession
  ) async throws -> (rows: [RowDemonstrations], move: String) {
    switch number {
    case 0: return ([], "no demonstrations")
    case 1:
      let rows = labelled(in: session)
      return (rows, "\(rows.count) labelled rows")
    default:
      var chance = session.random("set \(number)")
      let train = number == 2 ? session.train : session.train.shuffled(by: &chance)
      let count = number == 2 ? lessons : 1 + chance.nextIndex(below: max(1, lessons))
      let rows = try await taught(
        count, from: train, stream: "\(number)", base: base, in: session)
      return (rows, "\(rows.count) demonstrations, set \(number)")
    }
  }
}
