// SPDX-License-Identifier: Apache-2.0

import CMLX

/// The array library of this process: what it runs on and the memory it holds.
public enum ArrayLibrary {
  /// Whether a graphics processor computes.
  public static var usesGraphicsProcessor: Bool { cmlx_uses_gpu() != 0 }
  /// How the processor's matrix products were built; empty where the library brings its own.
  public static var productDescription: String { String(cString: cmlx_products()) }
  /// The bytes that living tensors take.
  public static var activeBytes: Int { cmlx_active_memory() }
  /// The most bytes that tensors took at a time.
  public static var peakBytes: Int { cmlx_peak_memory() }

  /// Sets how many bytes of freed memory are kept for later tensors; 1 GB unless set.
  public static func setCacheLimit(bytes: Int) throws(TensorError) {
    guard bytes >= 0 else { throw TensorError(.size, "A cache of \(bytes) bytes cannot be.") }
    try Tensor.check(cmlx_set_cache_limit(bytes), "setting the cache")
  }

  /// Gives freed memory back to the system.
  public static func clearCache() throws(TensorError) {
    try Tensor.check(cmlx_clear_cache(), "clearing the cache")
  }
}
