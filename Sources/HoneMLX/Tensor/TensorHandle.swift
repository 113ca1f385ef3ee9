// SPDX-License-Identifier: Apache-2.0

import CMLX

/// Owns one array of the library and frees it.
///
/// `@unchecked Sendable`: the pointer never changes, and what it points to is read and written by
/// CMLX's functions only, which all hold CMLX's one lock.
final class TensorHandle: @unchecked Sendable {
  let pointer: cmlx_array

  init(_ pointer: cmlx_array) {
    self.pointer = pointer
  }

  deinit {
    cmlx_free(pointer)
  }
}

extension Tensor {
  /// Takes ownership of an array that the library handed out.
  init(
    owning pointer: cmlx_array?, _ operation: String, _ shapes: [[Int]] = []
  ) throws(TensorError) {
    guard let pointer else { throw Self.failure(operation, shapes) }
    handle = TensorHandle(pointer)
  }

  /// The library's last failure on this thread, with the shapes that went in.
  static func failure(_ operation: String, _ shapes: [[Int]]) -> TensorError {
    let reason = String(cString: cmlx_last_error())
    let given = shapes.isEmpty ? "" : " of \(shapes.map(\.description).joined(separator: " and "))"
    return TensorError(shapes.isEmpty ? .computation : .shape, "\(operation)\(given): \(reason)")
  }

  /// Runs a function of the library that returns a status.
  static func check(_ status: Int32, _ operation: String) throws(TensorError) {
    guard status == 0 else { throw failure(operation, []) }
  }

  var pointer: cmlx_array { handle.pointer }
}
