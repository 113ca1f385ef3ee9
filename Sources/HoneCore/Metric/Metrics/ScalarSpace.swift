// SPDX-License-Identifier: Apache-2.0

extension Unicode.Scalar {
  /// Whether Python's `str.split()` and `str.rstrip()` take it for white space.
  ///
  /// These are Unicode's white space and four control characters; sacrebleu's figures depend on it.
  var isSplitSpace: Bool {
    (0x1C...0x1F).contains(value) || properties.isWhitespace
  }
}
