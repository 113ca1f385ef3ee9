// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneModelFiles
import HoneReport

struct ModelsPull: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull", abstract: "Download a model, check it and keep it.",
    discussion: """
      A download that was broken off goes on where it stopped. Terms are shown and
      asked for.

        hone models pull smollm2-135m-instruct
        hone models pull gemma-3-270m --accept-terms
        hone models pull hf:OWNER/REPO/FILE.gguf --name mine
      """)

  @Argument(help: "A name of hone models list, or hf:OWNER/REPO/FILE.gguf.")
  var model: String

  @Option(help: ArgumentHelp("The name for a file of the hub.", valueName: "name"))
  var name: String?

  @Flag(help: "Accept the model's terms without being asked.")
  var acceptTerms = false

  func run() async throws {
    let console = Console.standard
    let library = ModelLibrary()
    try checkName(library)
    let view = ModelProgressView(console: console)
    let isAccepted = acceptTerms
    let installed = try await CancelledBySignal.run {
      defer { view.end() }
      return try await library.pull(
        model, as: name, confirm: { Self.confirm($0, isAccepted, console) },
        progress: { view.report($0) })
    }
    let size = installed.files.values.reduce(0) { $0 + $1.bytes }
    console.out("\(installed.name) is here (\(ModelProgressView.size(size))).")
  }

  /// A slip in a pinned name is told with the nearest right one.
  private func checkName(_ library: ModelLibrary) throws {
    guard !model.hasPrefix("hf:"), library.catalog[model] == nil else { return }
    let known = (try? library.list())?.map(\.name) ?? library.catalog.models.map(\.name)
    guard !known.contains(model) else { return }
    let message = NearestName.message(
      "there is no model “\(VisibleText.line(model))” to pull", for: model, among: known)
    throw CommandFailure(
      .modelUnavailable,
      message + " A file of the Hugging Face hub is named hf:OWNER/REPO/FILE.gguf")
  }

  private static func confirm(
    _ terms: ModelTerms, _ isAccepted: Bool, _ console: Console
  ) -> Bool {
    console.error("\(terms.title)\n\(terms.summary)\nRead them: \(terms.link)")
    return isAccepted || console.confirm("Do you accept these terms?")
  }
}
