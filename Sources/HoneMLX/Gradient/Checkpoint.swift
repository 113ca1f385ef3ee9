// SPDX-License-Identifier: Apache-2.0

import CMLX

/// Trading time for memory in gradients.
public enum Checkpoint {
  /// Computes a function of which only inputs and result are kept.
  ///
  /// For the gradient the function is computed once more, so it costs a third more time, and what it
  /// computes in between takes no memory meanwhile. Gradients pass to `inputs` only.
  /// - Throws: What the function throws, or ``TensorError``.
  public static func recomputing(
    _ inputs: [Tensor], _ function: @escaping ([Tensor]) throws -> Tensor
  ) throws -> Tensor {
    let box = ClosureBox { [try function($0)] }
    var outputs: [cmlx_array?] = [nil]
    let status = withExtendedLifetime(inputs) {
      cmlx_checkpoint(
        ClosureBox.entry, Unmanaged.passRetained(box).toOpaque(),
        { $0.map { Unmanaged<ClosureBox>.fromOpaque($0).release() } },
        inputs.map { $0.pointer }, Int32(inputs.count), &outputs, 1)
    }
    guard status == 0 else {
      throw box.failure ?? Tensor.failure("checkpoint", inputs.map(\.shape))
    }
    return try Tensor(owning: outputs[0], "checkpoint")
  }
}
