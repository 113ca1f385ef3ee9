// SPDX-License-Identifier: Apache-2.0

/// A row that does not hold what its table should.
struct DamagedRow: Error, CustomStringConvertible {
  var table: String
  var problem: String

  var description: String { "a row of the table \(table) cannot be read: \(problem)" }
}
