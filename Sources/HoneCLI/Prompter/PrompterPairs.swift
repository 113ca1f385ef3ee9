// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneModelFiles
  import HoneModels
  import HoneReport
  import HoneTraining

  struct PrompterPairs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pairs",
      abstract: "Write pairs of prompts, or check those at hand, and keep the good ones.",
      discussion: """
        Reads pairs, one JSON object a line, {"prompt": "…", "rewrite": "…"}, or has a
        model write them about topics, one a line, or takes them from a finished run:
        its worst prompts with its best. Leaves out pairs that are there twice, that
        change nothing, that are too long, or, with --meaning, that mean something
        else.

          hone prompter pairs raw.jsonl -o pairs.jsonl
          hone prompter pairs raw.jsonl -o pairs.jsonl --meaning 0.6
          hone prompter pairs --topics topics.txt --writer openai:big --count 300 -o pairs.jsonl
          hone prompter pairs --run my-run -o pairs.jsonl --preferences preferences.jsonl
        """)

    @Argument(help: "The pairs to check.", completion: .file(extensions: ["jsonl"]))
    var data: String?

    @Option(
      help: ArgumentHelp("Have pairs written about these topics, one a line.", valueName: "file"),
      completion: .file())
    var topics: String?

    @Option(help: ArgumentHelp("The model that writes pairs.", valueName: "name"))
    var writer = ModelCatalog.defaultModel

    @Option(help: ArgumentHelp("How many pairs to write.", valueName: "n"))
    var count = 100

    @Option(
      help: ArgumentHelp(
        "What the writer sees beside a prompt: nothing, an answer, or the merits of good prompts.",
        valueName: "plain|answered|merits"))
    var strategy = PairWriting.Strategy.plain

    @Option(help: ArgumentHelp("What the written prompts are drawn from.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(
      name: .customLong("run"),
      help: ArgumentHelp("Take the worst and the best prompts of a finished run.", valueName: "run")
    )
    var source: String?

    @OptionGroup var runs: RunsOptions

    @Option(help: ArgumentHelp("How many of a run's best prompts.", valueName: "n"))
    var best = 3

    @Option(help: ArgumentHelp("How many of a run's worst prompts.", valueName: "n"))
    var worst = 5

    @Option(
      help: ArgumentHelp("Where preferences between a run's prompts go.", valueName: "file"),
      completion: .file())
    var preferences: String?

    @Option(
      name: .shortAndLong, help: ArgumentHelp("Where the good ones go.", valueName: "file"),
      completion: .file())
    var output: String

    @Option(help: ArgumentHelp("The most characters of a prompt or a rewrite.", valueName: "n"))
    var longest = 4000

    @Option(
      help: ArgumentHelp(
        "The least likeness in meaning of a prompt and its rewrite, by embeddings, -1…1.",
        valueName: "x"))
    var meaning: Double?

    @Option(help: ArgumentHelp("The model that embeds.", valueName: "name"))
    var embedder = ModelCatalog.defaultModel

    @Flag(help: "Replace a file that is there.")
    var force = false

    func validate() throws {
      if [data, topics, source].count(where: { $0 != nil }) != 1 {
        throw ValidationError("give one of a file of pairs, --topics and --run")
      }
      if preferences != nil, source == nil {
        throw ValidationError("--preferences goes with --run")
      }
      if best < 1 || worst < 1 { throw ValidationError("--best and --worst must be at least 1") }
      if count < 1 { throw ValidationError("--count must be at least 1") }
      if longest < 1 { throw ValidationError("--longest must be at least 1") }
      if let meaning, !(-1...1).contains(meaning) {
        throw ValidationError("--meaning must be in -1…1")
      }
    }

    func run() async throws {
      let console = Console.standard
      let target = URL(filePath: output)
      for file in [output, preferences].compactMap({ $0 })
      where !force && FileManager.default.fileExists(atPath: file) {
        throw CommandFailure.mistake("\(file) is there already; replace it with --force")
      }
      let opening = ModelOpening(library: ModelLibrary(), weights: .f16, console: console)
      let pairs = try await pairs(opening, console)
      var likeness: [Double]?
      if meaning != nil {
        let model = try LlamaModel(file: try await opening.file(embedder), name: embedder)
        likeness = try await PairCheck.likeness(of: pairs, by: model)
      }
      let check = PairCheck(longest: longest, leastLikeness: meaning)
      let result = check.sorted(pairs, likeness: likeness)
      guard !result.kept.isEmpty else {
        throw CommandFailure.mistake(
          "none of the \(pairs.count) pairs is left: \(Self.words(for: result.leftOut))")
      }
      try PairFile.write(result.kept, to: target)
      let left = result.leftOut.isEmpty ? "" : " Left out: \(Self.words(for: result.leftOut))."
      console.out("\(Figures.count(result.kept.count, "pair")) kept in \(output).\(left)")
    }

    /// The pairs of the file, or those that the model writes.
    private func pairs(_ opening: ModelOpening, _ console: Console) async throws -> [PromptPair] {
      if let source {
        let found = try RunPairs(runs.record(of: source), best: best, worst: worst)
        if let preferences {
          try PreferenceFile.write(found.preferences, to: URL(filePath: preferences))
        }
        return found.pairs
      }
      if let data { return try PairFile.pairs(in: URL(filePath: data)) }
      let file = URL(filePath: topics ?? "")
      guard let text = try? String(contentsOf: file, encoding: .utf8) else {
        throw CommandFailure.mistake("\(file.path) is no file of text in UTF-8")
      }
      let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        .filter { $0.contains { !$0.isWhitespace } }
      let remote = RemoteModelOpener(
        environment: opening.environment,
        options: try RemoteSettings.options(in: opening.environment))
      let model = try await opening.open(writer, remote)
      let result = try await PairWriting(model: model, strategy: strategy, seed: seed)
        .pairs(about: lines, count: count)
      if result.withoutRewrite > 0 {
        console.error("\(result.withoutRewrite) prompts came back without a rewrite.")
      }
      return result.pairs
    }

    private static func words(for leftOut: [PairCheck.Reason: Int]) -> String {
      PairCheck.Reason.allCases.compactMap { reason in
        leftOut[reason].map { "\($0) \(reason.rawValue)" }
      }.joined(separator: ", ")
    }
  }

  extension PairWriting.Strategy: ExpressibleByArgument {}
#endif
