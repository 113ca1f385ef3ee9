// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The learning rate of each update: a warm-up from zero, then a decay.
public struct LearningRate: Sendable, Hashable, Codable {
  /// How the rate goes on after the warm-up.
  public enum Decay: String, Sendable, Hashable, Codable, CaseIterable {
    /// It stays.
    case none
    /// It falls evenly.
    case linear
    /// It falls along half a wave of the cosine.
    case cosine
  }

  /// The highest rate.
  public var peak: Double
  /// The updates over which it rises evenly to the peak.
  public var warmUpSteps: Int
  /// How it goes on.
  public var decay: Decay
  /// The update at which the decay ends.
  public var totalSteps: Int
  /// What is left of the peak at the end, as a share.
  public var floor: Double

  /// Creates a schedule.
  public init(
    peak: Double, warmUpSteps: Int = 0, decay: Decay = .none, totalSteps: Int = 0,
    floor: Double = 0
  ) {
    self.peak = peak
    self.warmUpSteps = warmUpSteps
    self.decay = decay
    self.totalSteps = totalSteps
    self.floor = floor
  }

  /// The rate of an update, counted from 0.
  public func rate(at step: Int) -> Double {
    if step < warmUpSteps { return peak * Double(step + 1) / Double(warmUpSteps) }
    let span = totalSteps - warmUpSteps
    guard decay != .none, span > 0 else { return peak }
    let progress = min(1, Double(step - warmUpSteps) / Double(span))
    let share = decay == .linear ? 1 - progress : (1 + cos(.pi * progress)) / 2
    return peak * (floor + (1 - floor) * share)
  }
}
