// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HoneStore

struct CacheCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "The answers kept across runs.",
    discussion: "  hone cache clear --yes",
    subcommands: [Clear.self])

  struct Clear: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Delete the answers kept across runs; runs keep their own records.",
      discussion: "  hone cache clear --yes")

    @Flag(help: "Do not ask.")
    var yes = false

    func run() async throws {
      let console = Console.standard
      let file = CallCache.defaultFile()
      guard FileManager.default.fileExists(atPath: file.path) else {
        console.error("The cache is empty.")
        return
      }
      try console.requireConsent(yes, to: "Delete the cache \(file.path)?")
      try CallCache.remove(file)
      console.error("Cleared the cache.")
    }
  }
}
