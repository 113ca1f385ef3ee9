// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneStore

/// A run's record as one JSON document that is written piece by piece.
///
/// A record holds an outcome for each example of each candidate. Encoded as a whole, their document
/// would take several times the memory of all else, so its long lists are left out at first and
/// written into their places, an element a line.
struct RecordDocument {
  /// A list and the mark that stands for it in the document's frame.
  private struct LongList {
    var mark: String
    var count: Int
    var element: (Int) throws -> Data
  }

  private let record: RunRecord
  /// What marks begin with, which no text of the record can hold by chance.
  private let markStart = "list-\(UUID().uuidString)-"

  init(_ record: RunRecord) {
    self.record = record
  }

  /// Writes the document, whole or not at all.
  /// - Throws: `StoreError`.
  func write(to file: URL) throws {
    let part = file.appendingPathExtension("part")
    var isOurs = false
    do {
      try Data().write(to: part)
      isOurs = true
      let handle = try FileHandle(forWritingTo: part)
      defer { try? handle.close() }
      try write { try handle.write(contentsOf: $0) }
      try handle.synchronize()
      guard rename(part.path, file.path) == 0 else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
    } catch {
      if isOurs { try? FileManager.default.removeItem(at: part) }
      throw StoreError.failed(file: file.path, problem: "\(error)")
    }
  }

  /// Gives the document in pieces.
  private func write(_ out: (Data) throws -> Void) throws {
    let (frame, lists) = framed()
    let encoder = Self.encoder([.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    var rest = String(decoding: try encoder.encode(frame), as: UTF8.self)[...]
    var left = lists
    while let place = firstMark(in: rest),
      let index = left.firstIndex(where: { $0.mark == place.mark })
    {
      try out(Data(rest[..<place.start].utf8))
      try give(left.remove(at: index), to: out)
      rest = rest[place.end...]
    }
    try out(Data(rest.utf8))
  }

  private func give(_ list: LongList, to out: (Data) throws -> Void) throws {
    var piece = Data("[".utf8)
    for index in 0..<list.count {
      piece.append(contentsOf: (index == 0 ? "\n" : ",\n").utf8)
      piece.append(try list.element(index))
      if piece.count > 1 << 16 {
        try out(piece)
        piece.removeAll(keepingCapacity: true)
      }
    }
    piece.append(contentsOf: "\n]".utf8)
    try out(piece)
  }

  /// The record with a mark in place of each long list, and those lists.
  private func framed() -> (RunRecord, [LongList]) {
    var frame = record
    var lists: [LongList] = []
    func cut<Element: Encodable>(_ list: inout [Element], mark: (String) -> Element) {
      guard !list.isEmpty else { return }
      let elements = list
      let name = "\(markStart)\(lists.count)"
      lists.append(
        LongList(mark: name, count: elements.count) {
          try Self.encoder([.sortedKeys, .withoutEscapingSlashes]).encode(elements[$0])
        })
      list = [mark(name)]
    }
    func cut(_ evaluation: inout Evaluation) {
      cut(&evaluation.results) {
        ExampleResult(example: $0, response: "", answer: nil, outcome: .empty)
      }
    }
    for index in frame.dev.indices { cut(&frame.dev[index]) }
    if var result = frame.result {
      if var evaluation = result.seedTest {
        cut(&evaluation)
        result.seedTest = evaluation
      }
      if var evaluation = result.bestTest {
        cut(&evaluation)
        result.bestTest = evaluation
      }
      frame.result = result
    }
    return (frame, lists)
  }

  /// The first list of a text that holds a mark, from its bracket to behind its other one.
  private func firstMark(
    in text: Substring
  ) -> (mark: String, start: Substring.Index, end: Substring.Index)? {
    guard let found = text.range(of: "\"\(markStart)"),
      let quote = text[found.upperBound...].firstIndex(of: "\""),
      let start = text[..<found.lowerBound].lastIndex(of: "["),
      let end = text[quote...].firstIndex(of: "]")
    else { return nil }
    let mark = text[text.index(after: found.lowerBound)..<quote]
    return (String(mark), start, text.index(after: end))
  }

  private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    encoder.dateEncodingStrategy = .iso8601
    return encoder
  }
}
