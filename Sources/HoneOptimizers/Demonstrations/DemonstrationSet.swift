// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The demonstrations that a training row gives, stage by stage.
public struct RowDemonstrations: Sendable, Hashable {
  /// The row's id.
  public var row: String
  /// A demonstration for each stage that has one.
  public var stages: [String: Demonstration]

  /// Creates the demonstrations of a row.
  public init(row: String, stages: [String: Demonstration]) {
    self.row = row
    self.stages = stages
  }
}

extension [RowDemonstrations] {
  /// The demonstrations that the rows give a stage, or its own where they give it none.
  ///
  /// Labelled rows cannot show the work of a stage in the middle. Without rows there are none.
  func demonstrations(of stage: String, own: [Demonstration]) -> [Demonstration] {
    guard !isEmpty else { return [] }
    let given = compactMap { $0.stages[stage] }
    return given.isEmpty ? own : given
  }
}

extension Candidate {
  /// A child that shows the demonstrations of rows, in their order; a stage that they give none keeps
  /// its own, and without rows no stage shows any.
  func child(
    showing rows: [RowDemonstrations], of program: Program, move: String, step: Int
  ) -> Candidate {
    var sets: [String: [Demonstration]] = [:]
    for stage in program.askedStages {
      sets[stage.name] = rows.demonstrations(
        of: stage.name, own: prompts[stage.name]?.demonstrations ?? [])
    }
    return child(demonstrations: sets, move: move, step: step)
  }
}

extension Program {
  /// Checks that every prompt has a place for demonstrations.
  /// - Throws: ``NoPlaceForDemonstrations`` for a text to complete without the slot.
  func checkPlacesForDemonstrations() throws(NoPlaceForDemonstrations) {
    for stage in askedStages where stage.call == nil {
      guard case .raw(let template) = stage.prompt.layout,
        !template.slots.contains("demonstrations")
      else { continue }
      throw NoPlaceForDemonstrations(stage: stage.name)
    }
  }
}

/// A prompt cannot show demonstrations, and the optimizer searches for nothing else.
public struct NoPlaceForDemonstrations: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stage.
  public var stage: String

  /// What is missing and where to write it.
  public var description: String {
    let place = stage == Program.mainStage ? "the prompt" : "the prompt of the stage \(stage)"
    return "\(place) is a text to complete without a place for demonstrations; "
      + "write {demonstrations} at the start of its template, on the line of the first field"
  }
}
