// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneLlama

struct GGUFHeaderTests {
  /// A file with one tensor of 32 numbers.
  private static func file() -> Data {
    var data = Data("GGUF".utf8)
    func add<Number: FixedWidthInteger>(_ number: Number) {
      withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) }
    }
    func add(_ text: String) {
      add(UInt64(text.utf8.count))
      data.append(contentsOf: text.utf8)
    }
    add(UInt32(3))
    add(UInt64(1))
    add(UInt64(2))
    add("general.architecture")
    add(UInt32(8))
    add("llama")
    add("llama.block_count")
    add(UInt32(4))
    add(UInt32(1))
    add("weight")
    add(UInt32(1))
    add(UInt64(32))
    add(UInt32(0))
    add(UInt64(0))
    data.append(Data(count: (32 - data.count % 32) % 32 + 128))
    return data
  }

  @Test("A whole file passes and every shorter one is refused")
  func refusesTruncation() throws {
    let whole = Self.file()
    #expect(try GGUFHeader(data: whole).architecture == "llama")
    for length in 0..<whole.count {
      #expect(throws: GGUFProblem.self) { try GGUFHeader(data: whole.prefix(length)) }
    }
  }

  @Test("5,000 damaged headers are read or refused, never more")
  func survivesDamage() {
    let whole = Self.file()
    var generator = SeededGenerator(seed: 7)
    var refused = 0
    for _ in 0..<5000 {
      var damaged = whole
      for _ in 0...generator.nextIndex(below: 3) {
        damaged[generator.nextIndex(below: whole.count - 128)] = UInt8(
          truncatingIfNeeded: generator.next())
      }
      if (try? GGUFHeader(data: damaged)) == nil { refused += 1 }
    }
    #expect(refused > 2500)
  }

  @Test("A missing file and one of another kind are unusable models")
  func namesTheFile() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = folder.appending(path: "notes.gguf")
    try Data("not a model".utf8).write(to: text)
    for file in [text, folder.appending(path: "missing.gguf")] {
      #expect {
        try LlamaModel(file: file, name: "none")
      } throws: { error in
        let error = error as? ModelError
        return error?.kind == .unusableModel
          && error?.message.contains(file.lastPathComponent) == true
      }
    }
  }
}
