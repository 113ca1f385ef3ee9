// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers

/// Puts the settings that flags and `--set` give over those of a task file.
enum SettingChoice {
  /// The choice with the settings given.
  /// - Throws: `CommandFailure` with every unknown, misfit or contradictory setting, at once.
  static func applied(
    _ given: [SettingValue], to choice: OptimizerChoice, of optimizer: OptimizerDescription
  ) throws(CommandFailure) -> OptimizerChoice {
    var choice = choice
    var problems: [String] = []
    var first: [String: SettingValue] = [:]
    for setting in given {
      if let other = first[setting.name], other.text != setting.text {
        problems.append(
          "\(other.written) and \(setting.written) contradict each other; leave one of the two out")
        continue
      }
      first[setting.name] = setting
      do {
        choice.settings[setting.name] = try setting.value(for: optimizer)
      } catch {
        problems.append(error.message)
      }
    }
    do {
      _ = try Catalog.make(choice)
    } catch let error as CatalogProblems {
      problems += error.problems
    } catch {
      problems.append("\(error)")
    }
    guard problems.isEmpty else { throw .mistake(problems.joined(separator: "\n")) }
    return choice
  }
}
