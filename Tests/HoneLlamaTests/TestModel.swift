// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneLlama

/// The model that tests run on, named by the environment.
enum TestModel {
  /// Why tests that need a model are skipped.
  static let isMissing: String =
    "Set HONE_TEST_MODEL to the path of a GGUF chat model, or run `make test`, to run this test."

  /// The file, or nil when none is named.
  static var file: URL? {
    ProcessInfo.processInfo.environment["HONE_TEST_MODEL"].map { URL(filePath: $0) }
  }

  /// Whether there is a file.
  static var isThere: Bool {
    file.map { FileManager.default.fileExists(atPath: $0.path) } ?? false
  }

  /// Whether results do not depend on the company of a request.
  static var isExact: Bool {
    get throws {
      try file.map { try ModelFileSummary(file: $0).suits(.available) } ?? false
    }
  }

  // One thread, as llama.cpp's threads wait for each other by spinning: on a machine that is busy
  // with other work two of them take many times as long as one.
  private static let shared = Result { try load(LlamaOptions(threads: 1)) }

  /// The model with usual options on one thread, loaded once.
  static func usual() throws -> LlamaModel {
    try shared.get()
  }

  /// Loads the model.
  static func load(_ options: LlamaOptions) throws -> LlamaModel {
    guard let file else { throw ModelError(.unusableModel, isMissing) }
    return try LlamaModel(file: file, name: "test", options: options)
  }
}

/// Holds the tests that need a model, one after the other, as they would wait for each other's cores.
@Suite(.serialized, .enabled(if: TestModel.isThere, Comment(rawValue: TestModel.isMissing)))
struct EngineTests {}

/// All results of a batch in the order of its requests; each exactly once.
func collect<Value>(_ stream: BatchStream<Value>, count: Int) async throws
  -> [Result<Value, ModelError>]
{
  var results: [Int: Result<Value, ModelError>] = [:]
  for try await element in stream {
    guard results.updateValue(element.result, forKey: element.index) == nil else {
      throw ModelError(.engine, "Request \(element.index) was answered twice.")
    }
  }
  return try (0..<count).map { index in
    guard let result = results[index] else {
      throw ModelError(.engine, "Request \(index) was not answered.")
    }
    return result
  }
}

/// All values of a batch, in the order of its requests.
func values<Value>(_ stream: BatchStream<Value>, count: Int) async throws -> [Value] {
  try await collect(stream, count: count).map { try $0.get() }
}
