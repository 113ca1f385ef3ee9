// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// GPO with the settings of the grid, whose defaults are its own.
  static let gpo = CatalogEntry(
    name: "gpo",
    summary: "Steps from prompt to prompt, looking back on relevant ones, in steps that shrink.",
    paper: "arXiv:2402.17564", settings: GridSettings.list(),
    make: { GPO(GridSettings.search($0)) })
}
