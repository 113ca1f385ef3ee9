// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms
import HoneStore

/// The files a finished run leaves beside its database.
struct RunFiles {
  private let record: RunRecord

  init(_ record: RunRecord) {
    self.record = record
  }

  /// Writes `result.json`, `prompt.txt`, `program.json` and `messages.json`, each whole or not at all.
  ///
  /// Outcomes of examples stand in `result.json` one a line.
  /// - Throws: `StoreError`.
  func write(to folder: RunFolder) throws {
    guard let result = record.result else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    let messages = try EvaluatedMessages(record)
    try RecordDocument(record).write(to: folder.result)
    for (file, data) in [
      (folder.prompt, Data(result.best.text(of: record.task.program).utf8)),
      (folder.program, try SavedProgram(result.best, of: record.task).text()),
      (folder.messages, try encoder.encode(messages)),
    ] {
      do {
        try data.write(to: file, options: .atomic)
      } catch {
        throw StoreError.failed(file: file.path, problem: "\(error)")
      }
    }
  }
}
