// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneTasks

/// Amounts on the command line, written as in a task file.
enum Amount {
  static func calls(_ text: String) throws -> Int {
    Int(try read(text, as: .count))
  }

  static func tokens(_ text: String) throws -> Int {
    Int(try read(text, as: .count))
  }

  static func seconds(_ text: String) throws -> Double {
    try read(text, as: .duration)
  }

  static func dollars(_ text: String) throws -> Double {
    try read(text, as: .money)
  }

  static func share(_ text: String) throws -> Double {
    try read(text, as: .percentage)
  }

  private static func read(_ text: String, as quantity: Quantity) throws -> Double {
    guard let amount = quantity.amount(text) else {
      throw ValidationError("it must be \(quantity.requirement)")
    }
    return amount
  }
}
