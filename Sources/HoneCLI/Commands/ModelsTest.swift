// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneCore
import HoneModelFiles
import HoneModels
import HoneOptimizers
import HoneReport
import HoneRuns
import HoneTasks

struct ModelsTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Ask a model a few short questions: is it there, what can it do, what does it cost?",
    discussion: """
      Sends five requests of 16 tokens at most, and with a task the seed prompt for
      eight rows of dev.

        hone models test openai:gpt-4o-mini
        hone models test openai:gpt-4o-mini --task task.yaml
        hone models test http://127.0.0.1:8000/v1#Qwen/Qwen3-8B
        hone models test smollm2-135m-instruct
      """)

  @Argument(help: "A model that is here, PROVIDER:MODEL, or http://HOST:PORT/v1#MODEL.")
  var model: String

  @Option(
    help: ArgumentHelp(
      "A task file: says what a run of it with this model would take.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var task: String?

  @Option(help: ArgumentHelp("The form of a file's weights.", valueName: "f16|shipped|q4_0"))
  var weights: Weights?

  func run() async throws {
    let console = Console.standard
    let opening = ModelOpening(library: ModelLibrary(), weights: weights, console: console)
    let loaded = try task.map { try TaskFile.load(URL(filePath: $0), optimizers: Catalog.all) }
    let (name, path) = (model, task ?? "")
    let lines = try await CancelledBySignal.run {
      let options = try RemoteSettings.options(in: opening.environment)
      let remote = RemoteModelOpener(environment: opening.environment, options: options)
      let book = try PriceBook.load(opening.environment)
      let file = RelativePath.fromHere(PriceBook.file(in: opening.environment))
      let model = try await opening.open(name, remote)
      var lines = try await ModelTrial(model: model).lines()
      lines.append("  price           " + TrialText.price(book.entry(for: name), file: file))
      guard let loaded else { return lines }
      let prices: [ModelRole: TokenPrice] = book.price(of: name).map { [.task: $0] } ?? [:]
      let trial = TaskTrial(
        loaded: loaded, model: model, prices: prices,
        inFlight: RemoteModelName.isRemote(name) ? options.limits.mostInFlight : 1)
      return lines + TrialText.lines(path, try await trial.forecast())
    }
    for line in lines { console.out(VisibleText.of(line)) }
  }
}
