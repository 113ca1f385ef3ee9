// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneCore
  import HoneLlama
  import HoneModelFiles
  import HoneReport
  import HoneTraining

  struct PrompterPairs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pairs", abstract: "Check pairs of prompts and keep the good ones.",
      discussion: """
        Reads pairs, one JSON object a line, {"prompt": "…", "rewrite": "…"}. Leaves out pairs that are
        there twice, that change nothing, that are too long, or, with --meaning, that mean something
        else.

          hone prompter pairs raw.jsonl -o pairs.jsonl
          hone prompter pairs raw.jsonl -o pairs.jsonl --meaning 0.6
        """)

    @Argument(help: "The pairs to check.", completion: .file(extensions: ["jsonl"]))
    var data: String

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
      if longest < 1 { throw ValidationError("--longest must be at least 1") }
      if let meaning, !(-1...1).contains(meaning) {
        throw ValidationError("--meaning must be in -1…1")
      }
    }

    func run() async throws {
      let console = Console.standard
      let target = URL(filePath: output)
      guard force || !FileManager.default.fileExists(atPath: target.path) else {
        throw CommandFailure.mistake("\(output) is there already; replace it with --force")
      }
      let pairs = try PairFile.pairs(in: URL(filePath: data))
      var likeness: [Double]?
      if meaning != nil {
        let opening = ModelOpening(library: ModelLibrary(), weights: .f16, console: console)
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

    private static func words(for leftOut: [PairCheck.Reason: Int]) -> String {
      PairCheck.Reason.allCases.compactMap { reason in
        leftOut[reason].map { "\($0) \(reason.rawValue)" }
      }.joined(separator: ", ")
    }
  }
#endif
