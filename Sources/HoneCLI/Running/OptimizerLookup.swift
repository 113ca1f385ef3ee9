// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers

/// Finds optimizers by name.
enum OptimizerLookup {
  /// The description of an optimizer.
  /// - Throws: `CommandFailure` with the nearest right name.
  static func description(of name: String) throws(CommandFailure) -> OptimizerDescription {
    if let found = Catalog.all.first(where: { $0.name == name }) { return found }
    throw .mistake(
      NearestName.message(
        "there is no optimizer “\(name)”", for: name, among: Catalog.all.map(\.name)))
  }
}
