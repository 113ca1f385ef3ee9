// SPDX-License-Identifier: Apache-2.0

/// What a ``Scheduler`` has to work with.
struct SchedulerLimits: Hashable, Sendable {
  /// Tokens that fit into the KV memory.
  var memoryTokens: Int
  /// Paths at work at once.
  var maxBranches: Int
  /// Tokens a step.
  var stepTokens: Int
  /// Outputs a step.
  var stepOutputs: Int
  /// Tokens of unused prefixes that are kept.
  var cachedTokens: Int
  /// Sequences of the KV memory.
  var sequences: Int
}

/// A path that a scheduler is asked to compute.
struct PathRequest: Sendable {
  /// A number that is unique among the paths of the scheduler.
  var id: Int
  /// The tokens; not empty.
  var tokens: [Token]
  /// What is asked after which position.
  var probes: [(position: Int, probe: Probe)]
  /// How many tokens may follow that have to be in the KV memory.
  var room: Int
}
