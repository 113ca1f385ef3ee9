// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneRuns

/// A small task made up for tests: is a review positive or negative.
///
/// Its scripted model reads reviews the better the more of the words ``helpfulWords`` stand in the
/// instruction, so there is a hill to climb; it is right or wrong by example, without chance.
public enum ReviewTask {
  /// Words that make the scripted model more accurate when the instruction holds them.
  public static let helpfulWords = [
    "classify", "sentiment", "positive", "negative", "carefully", "label",
  ]

  /// The task with its rows; `onTestOpened` is called each time the test seal is broken.
  public static func make(
    train: Int = 12, dev: Int = 16, test: Int = 20, seed: UInt64 = 1,
    budget: Budget = Budget(calls: 2000), instruction: String = "Look at the review.",
    onTestOpened: @escaping @Sendable () -> Void = {}
  ) throws -> LoadedTask {
    let prompt = Prompt(instruction: instruction, question: try SlotTemplate("{review}"))
    let task = PromptTask(
      name: "reviews", description: "Tell whether a review is positive or negative.",
      inputFields: ["review"], answer: AnswerFormat(kind: .label(["positive", "negative"])),
      metric: .accuracy, program: Program(prompt: prompt, inputs: ["review"]),
      models: [.task: "scripted"], optimizer: OptimizerChoice(name: "word-search"),
      budget: budget, seed: seed, generation: GenerationSettings(maxTokens: 8))
    let rows = (0..<(train + dev + test)).map(example)
    return LoadedTask(
      task: task,
      splits: DataSplits(
        train: Array(rows[..<train]), dev: Array(rows[train..<(train + dev)]),
        test: SealedExamples(Array(rows[(train + dev)...]), onOpen: onTestOpened)))
  }

  /// The row of a number: every second one is positive.
  static func example(_ number: Int) -> Example {
    let isPositive = number.isMultiple(of: 2)
    let things = ["film", "play", "book", "meal", "song", "game", "trip"]
    let thing = things[number % things.count]
    let text = isPositive ? "a \(thing) to love" : "a \(thing) to forget"
    return Example(
      id: "reviews.jsonl:\(number + 1)", fields: ["review": "\(text), number \(number)"],
      references: [isPositive ? "positive" : "negative"])
  }

  /// The answer of the scripted model: right for the share of reviews that the instruction's words
  /// have earned.
  public static let answer: ScriptedModel.Writer = { request throws(ModelError) in
    let text = request.promptText
    if text.contains("Improve") { return proposal(request) }
    let words = Set(text.lowercased().split { !$0.isLetter }.map(String.init))
    let helpful = helpfulWords.count { words.contains($0) }
    let question = text.split(separator: "\n").first { $0.contains(", number ") } ?? ""
    let draw = Int(StableHash.of(String(question)) % 10)
    let isPositive = question.contains("love")
    let isRight = draw < 4 + helpful
    return isPositive == isRight ? "positive" : "negative"
  }

  /// What the scripted model proposes: the prompt it is shown with a word that its text draws.
  private static func proposal(_ request: GenerationRequest) -> String {
    let draw = StableHash.of("\(request.promptText)#\(request.sampleIndex)#\(request.seed)")
    let word = helpfulWords[Int(draw % UInt64(helpfulWords.count))]
    let last = request.promptText.split(separator: "\n").last.map(String.init) ?? ""
    return "\(last) \(word)"
  }

  /// A model for all roles of the task; `beforeCall` is told the number of each call.
  public static func model(
    beforeCall: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> ScriptedModel {
    ScriptedModel(beforeCall: beforeCall, writer: answer)
  }

  /// What the scripted optimizer model writes, whatever it is shown: an instruction with a few
  /// helpful words, drawn by the request's content.
  public static let propose: ScriptedModel.Writer = { request throws(ModelError) in
    var draw = SeededGenerator(
      seed: StableHash.of("\(request.promptText)#\(request.sampleIndex)#\(request.seed)"))
    let count = 1 + draw.nextIndex(below: 3)
    let words = helpfulWords.shuffled(by: &draw).prefix(count)
    return "Read the review and \(words.joined(separator: " ")) it."
  }

  /// A model that answers, one that writes prompts and one that embeds; `beforeCall` is told of each call.
  public static func models(
    beforeCall: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> ModelSet {
    ModelSet(
      task: model(beforeCall: beforeCall),
      optimizer: ScriptedModel(
        name: "scripted-optimizer", digest: "scripted-optimizer-1", beforeCall: beforeCall,
        writer: propose),
      embedder: ScriptedModel(
        name: "scripted-embedder", digest: "scripted-embedder-1", beforeCall: beforeCall
      ) { _ throws(ModelError) in "" })
  }
}
