// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneModelFiles

struct ModelsPath: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Print the file that is loaded for a model.",
    discussion: """
      The file is written first when the wanted form is not there yet. Nothing is
      downloaded.

        hone models path smollm2-135m-instruct
        hone models path smollm2-135m-instruct --weights shipped
      """)

  @Argument(help: "A model that is here, or a GGUF file.")
  var model: String

  @Option(help: ArgumentHelp("The form of the weights.", valueName: "f16|shipped|q4_0"))
  var weights: Weights?

  func run() async throws {
    let console = Console.standard
    let view = ModelProgressView(console: console)
    let (model, weights) = (model, weights)
    let file = try await CancelledBySignal.run {
      defer { view.end() }
      return try await ModelLibrary().prepared(model, weights: weights) { view.report($0) }
    }
    console.out(file.path)
  }
}
