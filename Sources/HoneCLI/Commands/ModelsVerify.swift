// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneModelFiles

struct ModelsVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that model files are what they were.",
    discussion: """
      Exit code 3 if one is not.

        hone models verify
        hone models verify smollm2-135m-instruct
      """)

  @Argument(help: "The models; all that are here by default.")
  var names: [String] = []

  func run() async throws {
    let console = Console.standard
    let view = ModelProgressView(console: console)
    let chosen = names.isEmpty ? nil : names
    let checks = try await CancelledBySignal.run {
      defer { view.end() }
      return try await ModelLibrary().verify(chosen) { view.report($0) }
    }
    if checks.isEmpty { console.error("There are no models here.") }
    for check in checks {
      console.out("\(check.model) \(check.weights.rawValue): \(Self.words(for: check.finding))")
    }
    let broken = Set(checks.filter { $0.finding != .intact }.map(\.model)).sorted()
    guard broken.isEmpty else {
      console.error(
        "hone: get them again: "
          + broken.map { "hone models remove \($0) && hone models pull \($0)" }
          .joined(separator: "; "))
      throw CommandEnd(code: .modelUnavailable)
    }
  }

  private static func words(for finding: ModelCheck.Finding) -> String {
    switch finding {
    case .intact: "as it was"
    case .missing: "missing"
    case .changed(let required, let received):
      "changed: SHA-256 \(received.prefix(12))… where \(required.prefix(12))… is required"
    }
  }
}
