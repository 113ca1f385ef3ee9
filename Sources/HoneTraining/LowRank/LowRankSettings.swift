// SPDX-License-Identifier: Apache-2.0

/// Which weights get a low-rank change, and of what size.
///
/// Edward Hu et al., LoRA: Low-Rank Adaptation of Large Language Models, arXiv:2106.09685.
public struct LowRankSettings: Sendable, Hashable, Codable {
  /// The rank of a change.
  public var rank: Int
  /// What a change is multiplied with, times the rank.
  public var alpha: Double
  /// The linear layers by their names in GGUF files, such as `attn_q`; nil for all.
  public var layers: [String]?

  /// Creates settings.
  public init(rank: Int = 32, alpha: Double = 64, layers: [String]? = nil) {
    self.rank = rank
    self.alpha = alpha
    self.layers = layers
  }

  /// What a change is multiplied with.
  public var scale: Double { alpha / Double(max(1, rank)) }
}
