// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The types of quantised weights that llama.cpp multiplies in whole numbers on this processor.
///
/// With these, a file runs faster as it was shipped than at half precision, and no weight changes.
/// The numbers that weights are multiplied with are rounded to 8 bits a block of 32, as llama.cpp
/// does with all quantised weights.
public struct WholeNumberProducts: Sendable, Hashable {
  /// ggml's numbers of the types.
  let types: Set<UInt32>

  /// Creates products of types by ggml's numbers.
  public init(types: Set<UInt32>) {
    self.types = types
  }

  /// None, as where llama.cpp was not built here or the processor lacks the instructions.
  public static let none = WholeNumberProducts(types: [])

  /// Those of this process.
  public static let available: WholeNumberProducts = {
    // Only a llama.cpp that was built with Scripts/llama-patch has the function.
    guard let symbol = dlsym(nil, "hone_multiplies") else { return .none }
    typealias Question = @convention(c) (Int32) -> Bool
    let multiplies = unsafeBitCast(symbol, to: Question.self)
    return WholeNumberProducts(types: Set((0..<64).filter { multiplies(Int32($0)) }))
  }()
}
