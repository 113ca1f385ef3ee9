// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneCore
import HoneModelFiles
import HoneModels
import HoneReport
import HoneRuns

struct ModelsTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Ask a model a few short questions: is it there, how fast is it?",
    discussion: """
      Sends five requests of 16 tokens at most.

        hone models test openai:gpt-4o-mini
        hone models test http://127.0.0.1:8000/v1#Qwen/Qwen3-8B
        hone models test smollm2-135m-instruct
      """)

  @Argument(help: "A model that is here, PROVIDER:MODEL, or http://HOST:PORT/v1#MODEL.")
  var model: String

  @Option(help: ArgumentHelp("The form of a file's weights.", valueName: "f16|shipped|q4_0"))
  var weights: Weights?

  func run() async throws {
    let console = Console.standard
    let opening = ModelOpening(library: ModelLibrary(), weights: weights, console: console)
    let (name, environment) = (model, opening.environment)
    let lines = try await CancelledBySignal.run {
      let remote = RemoteModelOpener(
        environment: environment, options: try RemoteSettings.options(in: environment))
      let model = try await opening.open(name, remote)
      return try await ModelTrial(model: model).lines()
    }
    for line in lines { console.out(VisibleText.of(line)) }
  }
}
