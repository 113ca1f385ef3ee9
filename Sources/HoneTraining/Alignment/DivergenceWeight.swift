// SPDX-License-Identifier: Apache-2.0

/// What a nat of divergence from the beginning costs, kept or steered towards a target.
///
/// The rule of Daniel Ziegler et al., Fine-Tuning Language Models from Human Preferences,
/// arXiv:1909.08593, section 2.2.
public struct DivergenceWeight: Sendable, Hashable, Codable {
  /// The weight now; λ in Align-Pro.
  public private(set) var value: Double
  /// The divergence to steer to, in nats a text; nil keeps the weight as it is.
  public let target: Double?
  /// Texts over which the weight moves by the measured deviation, at most a fifth.
  public let horizon: Double

  /// Creates a weight.
  public init(value: Double, target: Double? = nil, horizon: Double = 10_000) {
    self.value = value
    self.target = target
    self.horizon = horizon
  }

  /// Takes in the divergence that was measured on so many texts.
  public mutating func adapt(toMeasured divergence: Double, texts: Int) {
    guard let target, target > 0, divergence.isFinite else { return }
    let error = min(max(divergence / target - 1, -0.2), 0.2)
    value *= 1 + error * Double(texts) / horizon
  }
}
