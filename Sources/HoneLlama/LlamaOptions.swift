// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// How much of the machine the embedded engine may use.
public struct LlamaOptions: Sendable, Hashable, Codable {
  /// Threads that compute; unless given, the number of cores that this process may use.
  public var threads: Int
  /// Tokens that the KV memory holds over all requests that are decoded together.
  ///
  /// A token takes about 23 kB with SmolLM2-135M. A request longer than this fails.
  public var memoryTokens: Int
  /// Requests that decode together at most, 1…200.
  public var maxBranches: Int
  /// Tokens that one decode step computes at most; cancelling waits for one step.
  public var stepTokens: Int
  /// Tokens of finished prefixes that stay in the KV memory for later batches.
  public var cachedTokens: Int
  /// Whether attention is computed in one pass (flash attention); changes rounding.
  public var flashAttention: Bool

  /// Creates options.
  public init(
    threads: Int? = nil, memoryTokens: Int = 16384, maxBranches: Int = 48, stepTokens: Int = 256,
    cachedTokens: Int = 8192, flashAttention: Bool = true
  ) {
    self.threads = threads ?? AvailableCores.count
    self.memoryTokens = memoryTokens
    self.maxBranches = maxBranches
    self.stepTokens = stepTokens
    self.cachedTokens = cachedTokens
    self.flashAttention = flashAttention
  }

  /// The options with every number moved into its range.
  var clamped: LlamaOptions {
    var result = self
    result.threads = min(max(1, threads), 512)
    result.memoryTokens = min(max(256, memoryTokens), 1 << 20)
    result.maxBranches = min(max(1, maxBranches), 200)
    result.stepTokens = min(max(result.maxBranches, stepTokens), result.memoryTokens)
    result.cachedTokens = min(max(0, cachedTokens), result.memoryTokens)
    return result
  }
}
