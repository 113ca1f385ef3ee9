// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX
import HoneTraining

/// Times the training of prompters and prints one JSON object.
///
/// Arguments: the model's GGUF file, `lora`, `target` or `ppo`, and the number of updates, or of rounds
/// of PPO. The work is that of `peer.py`: batches of 4 texts of 128 tokens, the loss on the second half
/// of each; and that of `peer_ppo.py`.
@main
enum TrainingBench {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let updates = Int(arguments[3]), updates > 1 else {
      let usage = "usage: TrainingBench MODEL lora|target|ppo UPDATES\n"
      FileHandle.standardError.write(Data(usage.utf8))
      exit(2)
    }
    let file = URL(filePath: arguments[1])
    if arguments[2] == "ppo" {
      let result = try await AlignmentBench(file: file, rounds: updates).run()
      print(
        String(
          format: "{\"seconds\": %.3f, \"tokensWritten\": %.1f, \"updates\": %d,"
            + " \"peakMiB\": %d, \"parts\": {%@}}",
          result.seconds.sorted()[result.seconds.count / 2], result.tokensWritten,
          result.updates, peakMemory(),
          result.parts.map { String(format: "\"\($0.name)\": %.2f", $0.seconds) }
            .joined(separator: ", ")))
      return
    }
    let model = try DecoderModel(file: file)
    let texts = (0..<(4 * updates)).map(text)
    let seconds =
      arguments[2] == "lora"
      ? try lowRank(model, texts) : try target(model, texts)
    let tokens = Double(4 * 128)
    let sorted = seconds.sorted()
    let median = sorted[sorted.count / 2]
    print(
      String(
        format: "{\"seconds\": %.4f, \"tokensPerSecond\": %.2f, \"peakMiB\": %d}", median,
        tokens / median, peakMemory()))
  }

  /// The text of a row: 129 tokens, so 128 are read, and the loss is on the last 64.
  private static func text(_ row: Int) -> TokenSequence {
    var tokens: [Int32] = []
    for place in 0..<129 {
      let number = (row * 7919 + place * 104_729) % 49_000
      tokens.append(Int32(number + 100))
    }
    return TokenSequence(tokens: tokens, promptCount: 65)
  }

  /// Seconds of each update but the first, which fills caches.
  private static func lowRank(_ model: DecoderModel, _ texts: [TokenSequence]) throws -> [Double] {
    let training = try FineTuning(
      model, data: TrainingData(training: texts, validation: []),
      settings: FineTuningSettings(epochs: 1, batchSize: 4, warmUpShare: 0, decay: .none))
    var times: [Double] = []
    var last = Date()
    _ = try training.run(from: training.beginning(), save: { _ in }) { _ in
      let now = Date()
      times.append(now.timeIntervalSince(last))
      last = now
    }
    return Array(times.dropFirst())
  }

  /// Seconds for the same number of texts in stage 2, with what is frozen computed once and spread
  /// over five epochs, as by default.
  private static func target(_ model: DecoderModel, _ texts: [TokenSequence]) throws -> [Double] {
    let start = Date()
    let kept = try KeptStates(of: texts, model: model, adapter: nil)
    let keeping = Date().timeIntervalSince(start)
    var times: [Double] = []
    var last = Date()
    let epochs = 5
    // 256 rows are the targets of four texts.
    let training = try TargetTraining(
      training: kept, validation: try kept.first(64),
      settings: TargetTraining.Settings(epochs: epochs, rows: 256, patience: 0))
    _ = try training.run(from: TargetAdapter(for: model)) { _, _, _ in
      let now = Date()
      times.append(now.timeIntervalSince(last))
      last = now
    }
    let updates = Double(texts.count / 4)
    return times.dropFirst().map { ($0 + keeping / Double(epochs)) / updates }
  }

  /// The most memory that the process held, in MiB.
  private static func peakMemory() -> Int {
    var usage = rusage()
    // RUSAGE_SELF, which is 0 on Linux and macOS but of different types.
    getrusage(0, &usage)
    #if os(Linux)
      return usage.ru_maxrss / 1024
    #else
      return usage.ru_maxrss / 1_048_576
    #endif
  }
}
