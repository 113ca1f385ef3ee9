// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import HoneModelFiles
  import HoneTraining

  /// How a prompter is aligned.
  struct AlignmentOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What moves the prompter.", valueName: "ppo|grpo|dpo"))
    var method = AlignmentSettings.Method.grpo

    @Option(
      help: ArgumentHelp(
        "Rounds of rewrites, answers, rewards and updates; passes over preferences.",
        valueName: "n"))
    var rounds = 10

    @Option(help: ArgumentHelp("Prompts in a round.", valueName: "n"))
    var prompts = 8

    @Option(help: ArgumentHelp("Rewrites of each prompt.", valueName: "n"))
    var samples = 8

    @Option(parsing: .unconditional, help: ArgumentHelp("The learning rate.", valueName: "x"))
    var learningRate = 1.41e-5

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp("What a nat of divergence from the beginning costs.", valueName: "x"))
    var divergence = 0.1

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp("The divergence to steer that cost to.", valueName: "nats"))
    var divergenceTarget: Double?

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "How far a round may move the prompter; the rest of its updates is left out then.",
        valueName: "nats a token"))
    var largestMove = 0.02

    @OptionGroup(title: "Drawing (unless given: temperature 1.5, top-p 0.6, top-k 20)")
    var drawing: DrawingOptions

    @Option(help: ArgumentHelp("The most tokens of a rewrite and of an answer.", valueName: "n"))
    var maxTokens = 96

    @Option(help: ArgumentHelp("What everything is drawn from.", valueName: "n"))
    var seed: UInt64 = 0

    /// The settings of the training.
    var settings: AlignmentSettings {
      AlignmentSettings(
        method: method, rounds: rounds, prompts: prompts, samples: samples,
        learningRate: learningRate, largestMove: largestMove, divergenceWeight: divergence,
        divergenceTarget: divergenceTarget, sampling: drawing.sampling(or: .alignPro),
        maxTokens: maxTokens, seed: seed)
    }
  }

  /// Preferences between rewrites to learn from.
  struct PreferenceOptions: ParsableArguments {
    @Option(
      name: .customLong("preferences"),
      help: ArgumentHelp(
        "Rewrites of which one is preferred; with --method dpo.", valueName: "file"),
      completion: .file(extensions: ["jsonl"]))
    var file: String?

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "How much less a preference counts whose chosen rewrite strays from the prompt (Sem-DPO).",
        valueName: "x"))
    var semanticWeight: Double?

    @Option(
      help: ArgumentHelp(
        "The model that tells how far it strays, by embeddings.", valueName: "name"))
    var embedder = ModelCatalog.defaultModel

    @Option(
      help: ArgumentHelp("The share of prompts set aside to measure on.", valueName: "x"))
    var heldOut = 0.1

    /// Checks what goes together.
    func check(data: String?, method: AlignmentSettings.Method) throws {
      if (file == nil) == (data == nil) {
        throw ValidationError("give a file of prompts, or --preferences, not both")
      }
      if file != nil, method != .dpo {
        throw ValidationError("preferences are learnt from with --method dpo alone")
      }
      if file == nil, semanticWeight != nil {
        throw ValidationError("--semantic-weight goes with --preferences")
      }
      if let semanticWeight, !(semanticWeight >= 0 && semanticWeight <= 1000) {
        throw ValidationError("--semantic-weight must be in 0…1000")
      }
      if !(0...0.5).contains(heldOut) { throw ValidationError("--held-out must be in 0…0.5") }
    }
  }

  /// What is drawn for the bound after alignment.
  struct BoundOptions: ParsableArguments {
    @Option(
      name: .customLong("bound-prompts"),
      help: ArgumentHelp("Prompts to estimate the bound on; 0 leaves it out.", valueName: "n"))
    var prompts = 8

    @Option(
      name: .customLong("bound-samples"),
      help: ArgumentHelp("Answers of each kind to each of them.", valueName: "n"))
    var samples = 8

    @Flag(help: "Tune the model that answers by the same reward, and measure the gap to it.")
    var oracle = false

    func check() throws {
      if prompts < 0 { throw ValidationError("--bound-prompts must not be negative") }
      if samples < 2 { throw ValidationError("--bound-samples must be at least 2") }
      if oracle, prompts == 0 {
        throw ValidationError("--oracle is measured on --bound-prompts; give at least 1")
      }
    }
  }

  extension AlignmentSettings.Method: ExpressibleByArgument {}
#endif
