// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The optimizers by name: the one list that the task reader, the command line and the tests read.
public enum Catalog {
  /// Every optimizer with its maker, in the order they are listed.
  static let entries: [CatalogEntry] = [gpo, ape, apo, opro, pe2, sgdm, randomPhrases]

  /// Every optimizer with its settings.
  public static let all: [OptimizerDescription] = entries.map(\.description)

  /// Makes an optimizer of a choice.
  /// - Throws: ``CatalogProblems`` with every unknown, misfit or contradictory setting.
  public static func make(_ choice: OptimizerChoice) throws -> any Optimizer {
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
    guard problems.isEmpty else { throw CatalogProblems(problems) }
    return entry.make(settings)
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
