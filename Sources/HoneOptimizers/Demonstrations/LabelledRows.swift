// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Demonstrations made of training rows and their right answers, without a call.
///
/// Only a stage that writes the program's answer gets one, from the fields of the row that it reads;
/// what earlier stages write is not known and stays out.
public struct LabelledRows: Sendable {
  /// The demonstrations of each row that has any, in the order of the rows.
  public let rows: [RowDemonstrations]

  /// Reads the rows for a program.
  public init(_ train: [Example], of program: Program) {
    let answer = program.stages.last?.output
    let stages = program.stages.filter { $0.output == answer }
    rows = train.compactMap { row in
      let pairs = stages.compactMap { stage in
        Self.demonstration(row, stage).map { (stage.name, $0) }
      }
      guard !pairs.isEmpty else { return nil }
      return RowDemonstrations(
        row: row.id, stages: Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    }
  }

  private static func demonstration(_ row: Example, _ stage: Stage) -> Demonstration? {
    guard let reference = row.references.first else { return nil }
    guard let call = stage.call else {
      return Demonstration(fields: row.fields, answer: reference)
    }
    let fields = row.fields.filter { stage.inputs.contains($0.key) }
    guard !fields.isEmpty, let type = call.signature.outputs.last?.type,
      let answer = type.normalForm(of: reference)
    else { return nil }
    return Demonstration(fields: fields, answer: answer)
  }

  /// So many rows drawn at random, those of `taken` left out.
  func sample(
    _ count: Int, without taken: Set<String> = [], by chance: inout SeededGenerator
  ) -> [RowDemonstrations] {
    Array(rows.filter { !taken.contains($0.row) }.shuffled(by: &chance).prefix(max(0, count)))
  }
}
