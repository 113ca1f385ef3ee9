// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// OPRO with the settings of the grid.
  static let opro = CatalogEntry(
    name: "opro",
    summary: "Shows the best prompts so far as a list that gets better and asks for the next one.",
    paper: "arXiv:2309.03409",
    settings: GridSettings.list(changing: [
      "trajectory": .string("importance"), "k": .number(20), "history": .string("all"),
      "decay": .string("none"), "next-prompt": .string("best-so-far"),
    ]),
    make: { OPRO(GridSettings.search($0)) })
}
