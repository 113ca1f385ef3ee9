// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneCore
import HoneModelFiles
import HoneReport

struct ModelsList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The models of the catalog and those that are here.")

  @Flag(help: "One JSON object a model.")
  var json = false

  func run() async throws {
    let console = Console.standard
    let models = try ModelLibrary().list()
    guard !json else {
      for model in models { console.out(JSONLine.text(Self.members(of: model))) }
      return
    }
    let rows = models.map { model in
      [
        model.name, Self.state(of: model), ModelProgressView.size(Self.bytes(of: model)),
        model.installed?.license ?? model.pinned?.license ?? "–",
        model.pinned?.summary ?? model.installed?.source ?? "",
      ].map(VisibleText.line)
    }
    let table = TextTable(
      header: ["model", "state", "size", "licence", "what it is"], rows: rows,
      style: console.outputStyle)
    console.out(table.text)
    if models.contains(where: { $0.installed == nil }) {
      console.error("Get one that is not here with: hone models pull NAME")
    }
  }

  private static func state(of model: ModelListing) -> String {
    guard let installed = model.installed else { return "not here" }
    let forms = installed.files.keys.map(\.rawValue).sorted().joined(separator: ", ")
    return "here (\(forms))"
  }

  private static func bytes(of model: ModelListing) -> Int64 {
    model.installed?.files.values.reduce(0) { $0 + $1.bytes } ?? model.pinned?.bytes ?? 0
  }

  private static func members(of model: ModelListing) -> [String: JSONValue] {
    [
      "name": .string(model.name), "installed": .bool(model.installed != nil),
      "bytes": .number(Double(bytes(of: model))),
      "license": (model.installed?.license ?? model.pinned?.license).map { .string($0) } ?? .null,
      "source": model.installed.map { .string($0.source) } ?? .null,
      "weights": .array(
        (model.installed?.files.keys.map(\.rawValue).sorted() ?? []).map { .string($0) }),
    ]
  }
}
