// SPDX-License-Identifier: Apache-2.0

/// What the rows of hidden states stand for: first those of a beginning that all texts share, once, then
/// those of each text after it.
struct RowLayout: Sendable, Hashable {
  /// The tokens of the shared beginning; 0 for none.
  var shared = 0
  /// The number of texts.
  var batch: Int
  /// The tokens of each text after the beginning.
  var length: Int

  /// The length of a whole text.
  var wholeLength: Int { shared + length }
  /// The number of rows.
  var rows: Int { shared + batch * length }
}
