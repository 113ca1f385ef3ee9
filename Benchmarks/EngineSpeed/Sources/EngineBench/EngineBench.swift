// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneLlama

/// Times the embedded engine on a file of chats and prints one line of JSON.
///
/// Usage: `EngineBench MODEL.gguf REQUESTS.json [name=value ...]`.
@main
enum EngineBench {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else {
      FileHandle.standardError.write(
        Data("usage: EngineBench MODEL.gguf REQUESTS.json [name=value ...]\n".utf8))
      exit(2)
    }
    var settings: [String: String] = [:]
    for argument in arguments.dropFirst(3) {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { settings[parts[0]] = parts[1] }
    }
    let run = BenchRun(settings: settings)
    try await run.perform(model: arguments[1], requests: arguments[2])
  }
}
