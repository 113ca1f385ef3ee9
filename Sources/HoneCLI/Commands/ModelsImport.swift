// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneModelFiles

struct ModelsImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in a GGUF file under a name.",
    discussion: "  hone models import downloads/my-model.gguf --name mine")

  @Argument(help: "The GGUF file; it is copied.", completion: .file(extensions: ["gguf"]))
  var file: String

  @Option(help: ArgumentHelp("The name; the file's own by default.", valueName: "name"))
  var name: String?

  func run() async throws {
    let console = Console.standard
    let view = ModelProgressView(console: console)
    let (file, name) = (file, name)
    let installed = try await CancelledBySignal.run {
      defer { view.end() }
      return try await ModelLibrary().importFile(URL(filePath: file), name: name) {
        view.report($0)
      }
    }
    console.out("\(installed.name) is here (\(installed.architecture)).")
  }
}
