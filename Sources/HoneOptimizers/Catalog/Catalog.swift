// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The optimizers by name: the one list that the task reader, the command line and the tests read.
public enum Catalog {
  /// Every optimizer with its maker, in the order they are listed.
  static let entries: [CatalogEntry] = [
    gpo, ape, apo, opro, pe2, sgdm, randomPhrases, labeledFewShot, bootstrapFewShot,
    bootstrapRandomSearch, bootstrapTPE, knnFewShot, copro, mipro, gepa, capo, simba,
  ]

  /// Every optimizer with its settings.
  public static let all: [OptimizerDescription] = entries.map(\.description)

  /// Makes an optimizer of a choice.
  ///
  /// One that searches for an instruction works on a program of several stages stage by stage; without
  /// a program it is made for one stage.
  /// - Throws: ``CatalogProblems`` with every unknown, misfit or contradictory setting.
  public static func make(
    _ choice: OptimizerChoice, for program: Program? = nil
  ) throws -> any Optimizer {
    guard let entry = entries.first(where: { $0.description.name == choice.name }) else {
      let names = all.map(\.name)
      throw CatalogProblems([
        "there is no optimizer \"\(choice.name)\"" + nearest(to: choice.name, in: names)
          + "; there are: \(names.joined(separator: ", "))"
      ])
    }
    let settings = SettingValues(description: entry.description, given: choice.settings)
    var problems = settings.problems
    for problem in entry.contradictions(settings) where !problems.contains(problem) {
      problems.append(problem)
    }
    if entry.isForInstructions, let program {
      problems += ProgramSettings.problems(in: settings, for: program)
    }
    guard problems.isEmpty else { throw CatalogProblems(problems) }
    var optimizer = entry.make(settings)
    if entry.hasFinalists { optimizer = FinalistSettings.applied(settings, to: optimizer) }
    guard entry.isForInstructions else { return optimizer }
    return ProgramSettings.applied(settings, to: optimizer, for: program)
  }

  /// "; did you mean …" for the nearest name, or nothing.
  static func nearest(to name: String, in names: [String]) -> String {
    NearestWord.to(name, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
  }
}

/// Everything that is wrong with a choice of optimizer.
public struct CatalogProblems: Error, Sendable, Hashable, CustomStringConvertible {
  /// One sentence a problem.
  public var problems: [String]

  /// Creates the error.
  public init(_ problems: [String]) {
    self.problems = problems
  }

  /// The problems, one a line.
  public var description: String { problems.joined(separator: "\n") }
}
