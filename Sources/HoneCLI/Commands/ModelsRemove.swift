// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneModelFiles
import HoneReport

struct ModelsRemove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Delete a model's files.",
    discussion: "  hone models remove gemma-3-270m --yes")

  @Argument(help: "The model.")
  var name: String

  @Flag(help: "Do not ask.")
  var yes = false

  func run() async throws {
    let console = Console.standard
    let library = ModelLibrary()
    guard try library.installedModel(name) != nil else {
      let known = try library.list().filter { $0.installed != nil }.map(\.name)
      throw CommandFailure(
        .modelUnavailable,
        NearestName.message(
          "there is no model “\(VisibleText.line(name))” here", for: name, among: known))
    }
    try console.requireConsent(yes, to: "Delete the files of \(name)?")
    try await library.remove(name)
    console.error("Removed \(name).")
  }
}
