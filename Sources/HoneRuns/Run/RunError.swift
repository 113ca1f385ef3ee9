// SPDX-License-Identifier: Apache-2.0

/// Why a run cannot start or go on.
public enum RunError: Error, Sendable, Hashable, CustomStringConvertible {
  /// There is no run of that name.
  case noSuchRun(name: String, known: [String])
  /// The run was made with another model, so its record does not hold for this one.
  case modelChanged(role: String, recorded: String, given: String)
  /// More of the last calls failed than the share in 0…1 that is allowed.
  case tooManyFailures(failed: Int, of: Int, allowed: Double, last: String)
  /// The name for a new run cannot be used.
  case badName(String)
  /// The task asks for what cannot be done.
  case badTask(String)
  /// A metric's program did not do its part.
  case metricCommand(command: String, problem: String)
  /// The run is finished already.
  case alreadyFinished(name: String)
  /// Two runs were not tested on the same rows.
  case notComparable(String)

  /// What is wrong and what to do next.
  public var description: String {
    switch self {
    case .noSuchRun(let name, let known):
      known.isEmpty
        ? "there is no run named \(name), and no run at all in this folder"
        : "there is no run named \(name); there are \(known.joined(separator: ", "))"
    case .modelChanged(let role, let recorded, let given):
      "the run's \(role) model was \(recorded), but \(given) is given; "
        + "resume with the same model or start a new run"
    case .tooManyFailures(let failed, let total, let allowed, let last):
      "\(failed) of the last \(total) calls failed, more than the "
        + "\(Int((allowed * 100).rounded())) % of budget.failures, the last one so: \(last); "
        + "the run is saved, resume it when the cause is gone"
    case .badTask(let problem), .badName(let problem): problem
    case .metricCommand(let command, let problem):
      "the metric's program \(command) \(problem)"
    case .alreadyFinished(let name):
      "the run \(name) is finished; there is nothing to resume"
    case .notComparable(let problem): problem
    }
  }
}
