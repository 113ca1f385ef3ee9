// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension Catalog {
  /// SGDM with the settings of the grid.
  static let sgdm = CatalogEntry(
    name: "sgdm",
    summary: "Finds faults of the prompt on training rows, sums them up, and edits them away.",
    paper: "arXiv:2402.17564",
    settings: GridSettings.list(changing: [
      "direction": .string("reflection"), "trajectory": .string("summary"),
      "momentum": .string("reflections"), "decay": .string("none"), "refinement": .string("edit"),
    ]),
    readsFeedback: true,
    make: { SGDM(GridSettings.search($0)) })
}
