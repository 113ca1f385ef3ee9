// SPDX-License-Identifier: Apache-2.0

extension ConfigurationFile {
  /// How rotary positions are stretched, under its older or newer name; nil when they are not.
  /// - Throws: ``TrainingError`` of kind `unknownArchitecture` for a way that is not computed here,
  ///   `badModel` for one without its numbers.
  func rotaryScaling() throws(TrainingError) -> RotaryScaling? {
    guard let name = ["rope_scaling", "rope_parameters"].first(where: present.contains) else {
      return nil
    }
    let type = text("\(name).rope_type") ?? text("\(name).type") ?? "unnamed"
    switch type {
    case "default": return nil
    case "linear": return .linear(factor: try positive("\(name).factor"))
    case "llama3":
      let (low, high) = (
        try positive("\(name).low_freq_factor"), try positive("\(name).high_freq_factor")
      )
      guard low < high else {
        throw TrainingError(
          .badModel, "\(path): \(name) states bounds \(low) and \(high), the second must be higher."
        )
      }
      return .byWavelength(
        factor: try positive("\(name).factor"), lowBound: low, highBound: high,
        length: try positive("\(name).original_max_position_embeddings"))
    default:
      throw TrainingError(
        .unknownArchitecture,
        "\(path) scales rotary positions (“\(type.prefix(40))”), which is not computed here; linear"
          + " and llama3 are.")
    }
  }

  private func positive(_ name: String) throws(TrainingError) -> Double {
    guard let value = number(name), value.isFinite, value > 0 else {
      throw TrainingError(.badModel, "\(path) states no number above 0 for “\(name)”.")
    }
    return value
  }
}
