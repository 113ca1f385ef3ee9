// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import HoneTraining

  /// How a prompter is trained.
  struct TrainingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The rank of the changes.", valueName: "n"))
    var rank = 32

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp("What changes are multiplied with, times the rank.", valueName: "x"))
    var alpha = 64.0

    @Option(
      help: ArgumentHelp(
        "The linear layers to change, by their names in GGUF files; all unless given.",
        valueName: "name,name"))
    var layers: String?

    @Option(help: ArgumentHelp("How often every pair is seen.", valueName: "n"))
    var epochs = 3

    @Option(help: ArgumentHelp("Pairs in a batch.", valueName: "n"))
    var batch = 4

    @Option(help: ArgumentHelp("Batches in an update.", valueName: "n"))
    var accumulate = 1

    @Option(
      parsing: .unconditional, help: ArgumentHelp("The highest learning rate.", valueName: "x"))
    var learningRate = 2e-4

    @Option(help: ArgumentHelp("Longer pairs are left out, in tokens.", valueName: "n"))
    var longest = 512

    @Option(help: ArgumentHelp("The share of prompts set aside to measure on.", valueName: "x"))
    var validation = 0.1

    @Option(
      help: ArgumentHelp("End after so many measurements without gain; 0 never.", valueName: "n"))
    var patience = 3

    @Flag(help: "Compute every block twice to save memory.")
    var recompute = false

    @Option(help: ArgumentHelp("What everything is drawn from.", valueName: "n"))
    var seed: UInt64 = 0

    func validate() throws {
      if !(0...0.5).contains(validation) { throw ValidationError("--validation must be in 0…0.5") }
      if longest < 2 { throw ValidationError("--longest must be at least 2") }
      if rank < 1 { throw ValidationError("--rank must be at least 1") }
      if !(alpha > 0 && alpha.isFinite) { throw ValidationError("--alpha must be positive") }
    }

    /// The settings of the training.
    var settings: FineTuningSettings {
      FineTuningSettings(
        lowRank: LowRankSettings(
          rank: rank, alpha: alpha,
          layers: layers.map { $0.split(separator: ",").map(String.init) }),
        epochs: epochs, batchSize: batch, accumulation: accumulate, learningRate: learningRate,
        patience: patience, recomputes: recompute, seed: seed)
    }
  }
#endif
