// SPDX-License-Identifier: Apache-2.0

import CLlama
import Synchronization

/// The llama.cpp library of this process: started once, its log kept out of the terminal.
enum LlamaLibrary {
  /// The last lines that the library logged as warnings or errors.
  ///
  /// llama.cpp has one log for the whole process, so its sink is one value for the whole process.
  private static let log = LibraryLog()

  private static let started: Void = {
    llama_log_set(
      { level, text, _ in
        guard let text, level == GGML_LOG_LEVEL_ERROR || level == GGML_LOG_LEVEL_WARN else {
          return
        }
        LlamaLibrary.log.add(String(cString: text))
      }, nil)
    llama_backend_init()
  }()

  /// Starts the library if it is not yet running.
  static func start() {
    _ = started
  }

  /// The version of llama.cpp.
  static var version: String {
    llama_version().map { String(cString: $0) } ?? "unknown"
  }

  /// Takes what was logged since the last call, as one line to add to an error, or an empty text.
  static func takeLog() -> String {
    log.take()
  }
}

/// The last lines of a log.
private final class LibraryLog: Sendable {
  private static let capacity = 4
  private let lines = Mutex<[String]>([])

  func add(_ text: String) {
    var line = Substring(text)
    while line.last?.isWhitespace == true { line.removeLast() }
    guard !line.isEmpty else { return }
    lines.withLock { lines in
      lines.append(String(line))
      if lines.count > Self.capacity { lines.removeFirst() }
    }
  }

  func take() -> String {
    lines.withLock { lines in
      defer { lines = [] }
      return lines.isEmpty ? "" : " llama.cpp says: " + lines.joined(separator: "; ")
    }
  }
}
