// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How rotary positions are stretched for texts longer than those of a model's first training.
enum RotaryScaling: Sendable, Hashable {
  /// Every wavelength by one factor: Chen et al., Extending Context Window of Large Language Models
  /// via Positional Interpolation, arXiv:2306.15595.
  case linear(factor: Double)
  /// Llama 3.1's: long wavelengths by the factor, short ones not, those between by a part of it.
  /// Wavelengths count as long and short beside the first training's length divided by the two
  /// bounds.
  case byWavelength(factor: Double, lowBound: Double, highBound: Double, length: Double)

  /// The factor of each pair's wavelength.
  /// - Parameters:
  ///   - size: How many values of a head turn.
  ///   - base: The base of the wavelengths.
  /// - Returns: `size / 2` factors.
  func factors(size: Int, base: Double) -> [Float] {
    (0..<(size / 2)).map { pair in
      switch self {
      case .linear(let factor): return Float(factor)
      case .byWavelength(let factor, let low, let high, let length):
        let wavelength = 2 * Double.pi * pow(base, Double(2 * pair) / Double(size))
        if wavelength < length / high { return 1 }
        if wavelength > length / low { return Float(factor) }
        let share = (length / wavelength - low) / (high - low)
        return Float(1 / ((1 - share) / factor + share))
      }
    }
  }
}
