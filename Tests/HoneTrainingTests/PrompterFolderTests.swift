// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneMLX
import Testing

@testable import HoneTraining

@Suite("Prompters on the disk")
struct PrompterFolderTests {
  private let directory = FileManager.default.temporaryDirectory
    .appending(path: "hone-\(UUID().uuidString)", directoryHint: .isDirectory)

  private var record: PrompterRecord {
    PrompterRecord(
      model: "tiny", chat: PrompterChat(), settings: FineTuningSettings(), trainingTexts: 3,
      validationTexts: 1, startingLoss: 2, bestLoss: 1, steps: 4)
  }

  @Test("A prompter that is kept is found again, and its training's state is gone")
  func keeping() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let folder = try PrompterFolder("mine", in: directory)
    #expect(!folder.exists)
    try folder.make()
    try Data("state".utf8).write(to: folder.checkpoint)
    try Data("state".utf8).write(to: folder.oracleCheckpoint)
    #expect(folder.hasCheckpoint)
    let model = try TinyDecoder.model()
    let adapter = try LowRankAdapter(LowRankSettings(rank: 2), for: model, seed: 1)
    try folder.keep(record, adapter: adapter, architecture: "llama")
    #expect(folder.exists && !folder.hasCheckpoint)
    #expect(!FileManager.default.fileExists(atPath: folder.oracleCheckpoint.path))
    #expect(try folder.record() == record)
    #expect(PrompterFolder.names(in: directory) == ["mine"])
    let read = try LowRankAdapter(reading: folder.adapter, for: model)
    #expect(read.scale == adapter.scale)
    try folder.clear()
    #expect(!folder.exists)
  }

  @Test("A prompter or a target that is not there is told with those that are")
  func missing() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let folder = try PrompterFolder("mine", in: directory)
    try folder.make()
    let adapter = try LowRankAdapter(
      LowRankSettings(rank: 2), for: TinyDecoder.model(), seed: 1)
    try folder.keep(record, adapter: adapter, architecture: "llama")
    let other = #expect(throws: TrainingError.self) {
      try PrompterFolder("other", in: directory).record()
    }
    #expect(other?.description.contains("there are: mine.") == true)
    let target = #expect(throws: TrainingError.self) { try folder.merged(target: "big") }
    #expect(target?.description.contains("it is to: none yet.") == true)
  }

  @Test(
    "Names that would leave the folder are refused",
    arguments: ["", ".", "../a", "a/b", ".hidden", "ä", String(repeating: "x", count: 65)])
  func badNames(name: String) {
    let error = #expect(throws: TrainingError.self) { try PrompterFolder(name, in: directory) }
    #expect(error?.kind == .badSettings)
  }

  @Test("An adapter of another model is refused with both shapes")
  func otherModel() throws {
    defer { try? FileManager.default.removeItem(at: directory) }
    let folder = try PrompterFolder("mine", in: directory)
    try folder.make()
    let wrong = LowRankAdapter(
      scale: 1,
      parameters: ParameterTree([
        "blk.0.attn_q.weight.lora_a": try Tensor(filledWith: 0, shape: [2, 9]),
        "blk.0.attn_q.weight.lora_b": try Tensor(filledWith: 0, shape: [8, 2]),
      ]))
    try folder.keep(record, adapter: wrong, architecture: "llama")
    let error = #expect(throws: TrainingError.self) {
      try LowRankAdapter(reading: folder.adapter, for: TinyDecoder.model())
    }
    #expect(error?.kind == .wrongShape)
    #expect(error?.description.contains("[8, 8]") == true)
  }
}
