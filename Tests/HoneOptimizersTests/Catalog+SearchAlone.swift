// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers

extension Catalog {
  /// The search that a choice makes, without the finalists around it.
  static func searchAlone(_ choice: OptimizerChoice) throws -> any Optimizer {
    let made = try make(choice)
    return (made as? WithFinalists)?.base ?? made
  }
}
