// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The words of a task that fill the grammar's blanks, found by simple rules.
struct TaskVocabulary: Sendable {
  /// What is judged, such as "review"; the most specific first, never empty.
  var subjects: [String]
  /// What is asked of it, such as "sentiment"; the most specific first, never empty.
  var qualities: [String]
  /// The possible answers, when there are few.
  var options: [String]
  /// The last letter of a multiple choice.
  var lastLetter: String?
  /// The description's first sentences, each short enough to be a component.
  var sentences: [String]
  /// What an answer looks like.
  var kind: AnswerKind
  /// Whether the instruction is the last thing before the model writes on.
  var leadsIntoAnswer: Bool
  /// Whether the model writes its answer rather than choosing by likelihood.
  var writesAnswer: Bool

  /// Reads the words of a task.
  init(task: PromptTask) {
    let prompt = Candidate(seedOf: task.program).prompt
    kind = task.answer.kind
    writesAnswer = task.answer.source == .generation
    leadsIntoAnswer = false
    var templates = prompt.map { [$0.question] } ?? []
    if case .raw(let template)? = prompt?.layout {
      leadsIntoAnswer = template.source.trimmed.hasSuffix("{instruction}")
      templates.insert(template, at: 0)
    }
    options = Self.options(of: task.answer.kind)
    if case .choice(let last) = task.answer.kind { lastLetter = last }
    // What is said of a step of several is not about the answer.
    let whole = task.description
    let description = String(
      whole.firstRange(of: PromptTask.stepOpening).map { whole[..<$0.lowerBound] } ?? whole[...]
    ).trimmed
    sentences = Self.sentences(of: description)
    let nouns = DescriptionNouns(description)
    let marked = templates.flatMap { Self.markers(in: $0) }
    let fields = task.inputFields.filter { !Self.plainFieldNames.contains($0.lowercased()) }
    let named = fields.map { $0.lowercased().replacing("_", with: " ") }
    let judged = Self.distinct(marked + named + nouns.subjects + ["text"], limit: 3)
    subjects = judged
    let kindNouns = Self.qualities(of: task.answer.kind, options: options)
    let found = nouns.qualities.filter { !judged.contains($0) }
    let output = task.program.stages.last?.output ?? Program.mainStage
    let written = output == Program.mainStage ? [] : [output.replacing("_", with: " ")]
    qualities = Self.distinct(written + Array(found.prefix(3)) + kindNouns, limit: 6)
  }

  /// The options in the orders worth trying.
  var optionOrders: [[String]] {
    guard options.count >= 2, options.count <= 12 else { return options.isEmpty ? [] : [options] }
    return [options, Array(options.reversed())]
  }

  private static let plainFieldNames: Set<String> = [
    "input", "inputs", "x", "data", "content", "value", "field", "prompt", "instruction",
  ]

  private static func options(of kind: AnswerKind) -> [String] {
    switch kind {
    case .label(let labels): labels
    case .yesNo: ["yes", "no"]
    case .trueFalse: ["true", "false"]
    case .validInvalid: ["valid", "invalid"]
    default: []
    }
  }

  private static func qualities(of kind: AnswerKind, options: [String]) -> [String] {
    let lowered = Set(options.map { $0.lowercased() })
    let isPolar =
      lowered.contains { $0.contains("positive") } && lowered.contains { $0.contains("negative") }
    if isPolar { return ["sentiment", "tone", "verdict", "answer"] }
    switch kind {
    case .label: return ["category", "label", "type", "topic", "answer"]
    case .number: return ["number", "result", "answer"]
    case .yesNo, .trueFalse, .validInvalid: return ["answer", "verdict", "conclusion"]
    case .choice: return ["answer", "choice"]
    case .wordList: return ["list", "answer"]
    default: return ["answer", "result"]
    }
  }

  /// The words that introduce a slot, such as "review" in `Review: {input}`.
  private static func markers(in template: SlotTemplate) -> [String] {
    var markers: [String] = []
    for line in template.source.split(separator: "\n") {
      guard let brace = line.firstIndex(of: "{"), !line[brace...].hasPrefix("{instruction}") else {
        continue
      }
      let before = line[..<brace].trimmed
      guard before.hasSuffix(":") else { continue }
      let words = before.dropLast().split(separator: " ")
      let isPlain = words.last.map { plainFieldNames.contains($0.lowercased()) } ?? true
      if words.count <= 3, !isPlain { markers.append(words.joined(separator: " ").lowercased()) }
    }
    return markers
  }

  /// The sentences of at most 40 words, the first two, each with its full stop.
  private static func sentences(of description: String) -> [String] {
    let whole = description.split { $0.isNewline }.joined(separator: " ")
    var sentences: [String] = []
    var rest = whole[...]
    while let end = rest.firstIndex(where: { ".?!".contains($0) }), sentences.count < 2 {
      let next = rest.index(after: end)
      if next == rest.endIndex || rest[next].isWhitespace {
        sentences.append(rest[...end].trimmed)
        rest = rest[next...]
      } else {
        break
      }
    }
    if sentences.isEmpty, !whole.trimmed.isEmpty {
      let text = whole.trimmed
      sentences = [text.hasSuffix(".") ? text : text + "."]
    }
    return sentences.filter { WordEditDistance.words(of: $0).count <= 40 && !$0.contains("{") }
  }

  private static func distinct(_ words: [String], limit: Int) -> [String] {
    var seen: Set<String> = []
    return Array(words.filter { !$0.isEmpty && seen.insert($0).inserted }.prefix(limit))
  }
}
