// SPDX-License-Identifier: Apache-2.0

import CMLX

/// A Swift function on its way through the library, with the error it threw.
final class ClosureBox {
  let body: ([Tensor]) throws -> [Tensor]
  var failure: (any Error)?

  init(_ body: @escaping ([Tensor]) throws -> [Tensor]) {
    self.body = body
  }

  /// What the library calls; the context is a box.
  static let entry: cmlx_function = { context, inputs, inputCount, outputs, outputCount in
    guard let context, let inputs, let outputs else { return 1 }
    let box = Unmanaged<ClosureBox>.fromOpaque(context).takeUnretainedValue()
    let given = UnsafeBufferPointer(start: inputs, count: Int(inputCount)).compactMap {
      $0.map { Tensor(handle: TensorHandle($0)) }
    }
    do {
      let results = try box.body(given)
      guard results.count == Int(outputCount) else {
        throw TensorError(
          .shape, "The function gave \(results.count) tensors, announced were \(outputCount).")
      }
      for (index, result) in results.enumerated() {
        // Handed out as an array of its own, which the library frees.
        guard let copy = cmlx_convert(result.pointer, cmlx_element_type(result.pointer)) else {
          throw Tensor.failure("handing out a result", [result.shape])
        }
        outputs[index] = copy
      }
      return 0
    } catch {
      box.failure = error
      return 1
    }
  }
}
