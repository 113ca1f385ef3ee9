// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// Makes pairs of prompts with a language model: what people might type, and how it is better put.
public struct PairWriting: Sendable {
  /// How the model is asked for the better prompt.
  public enum Strategy: String, Sendable, Hashable, Codable, CaseIterable {
    /// With the prompt alone.
    case plain
    /// With the prompt and an answer to it, whose faults show what the prompt left open (after FIPO).
    case answered
    /// With merits that a good prompt has (after MePO): clear, precise, brief in reasoning, kept to
    /// what was asked.
    case merits
  }

  /// Pairs, and prompts for which none came.
  public struct Result: Sendable, Hashable {
    /// The pairs, unchecked.
    public var pairs: [PromptPair]
    /// How many prompts the model left without a rewrite.
    public var withoutRewrite: Int
  }

  private let model: any LanguageModel
  private let strategy: Strategy
  private let seed: UInt64
  private static let promptsPerCall = 5

  /// Creates a writer.
  public init(model: any LanguageModel, strategy: Strategy = .plain, seed: UInt64 = 0) {
    self.model = model
    self.strategy = strategy
    self.seed = seed
  }

  /// Writes about as many pairs as wanted, spread evenly over topics.
  ///
  /// Costs a call for every five prompts, one for each rewrite, and with `answered` one more each.
  /// - Parameters:
  ///   - topics: What prompts are to be about.
  ///   - count: How many pairs.
  /// - Returns: The pairs.
  /// - Throws: ``TrainingError`` of kind `badData` without topics or when no prompts came, or
  ///   `ModelError`.
  public func pairs(about topics: [String], count: Int) async throws -> Result {
    guard !topics.isEmpty, count > 0 else {
      throw TrainingError(.badData, "Pairs need at least one topic and a count of at least 1.")
    }
    let prompts = try await prompts(about: topics, count: count)
    var answers: [String] = []
    if strategy == .answered { answers = try await texts(prompts.map { $0 }, maxTokens: 192) }
    let questions = prompts.indices.map { index in
      question(prompts[index], answer: answers.isEmpty ? nil : answers[index])
    }
    let rewrites = try await texts(questions, maxTokens: 192)
    let pairs = zip(prompts, rewrites).compactMap { prompt, rewrite in
      let rewrite = Self.unquoted(rewrite)
      return rewrite.isEmpty ? nil : PromptPair(prompt: prompt, rewrite: rewrite)
    }
    return Result(pairs: pairs, withoutRewrite: prompts.count - pairs.count)
  }

  private func prompts(about topics: [String], count: Int) async throws -> [String] {
    let calls = (count + Self.promptsPerCall - 1) / Self.promptsPerCall
    let questions = (0..<calls).map { call in
      """
      People ask a language model about many things. Write \(Self.promptsPerCall) short requests \
      that different people might type about the topic “\(topics[call % topics.count])”, as they \
      come to mind: brief, everyday, not polished. One request a line, without numbers.
      """
    }
    let lists = try await texts(questions, maxTokens: 160, temperature: 0.9)
    var seen: Set<String> = []
    let prompts = lists.flatMap(Self.lines).filter { seen.insert($0.lowercased()).inserted }
    guard !prompts.isEmpty else {
      throw TrainingError(
        .badData, "The model wrote no requests about the topics; choose an abler model.")
    }
    return Array(prompts.prefix(count))
  }

  private func question(_ prompt: String, answer: String?) -> String {
    var parts = [
      """
      Put the request below so that a language model answers it as well as it can. Keep its meaning \
      and its language; add only what the person would have wanted said. Reply with the new request \
      alone.
      """
    ]
    if strategy == .merits {
      parts.append(
        """
        A good request is clear about what is wanted, precise about form and limits, shows the way \
        to the answer in few words, and asks for nothing else than the person did.
        """)
    }
    parts.append("Request:\n\(prompt)")
    if let answer {
      parts.append(
        "What a model answered to it, so that you see what the request left open:\n\(answer)")
    }
    return parts.joined(separator: "\n\n")
  }

  private func texts(
    _ questions: [String], maxTokens: Int, temperature: Double = 0
  ) async throws -> [String] {
    let requests = questions.enumerated().map { index, question in
      GenerationRequest(
        input: .chat([Message(.user, question)]), maxTokens: maxTokens, temperature: temperature,
        seed: seed, sampleIndex: index)
    }
    var texts = [String](repeating: "", count: requests.count)
    for try await element in model.generate(requests) {
      texts[element.index] = try element.result.get().text
    }
    return texts
  }

  /// The lines of a list, without marks and numbers before them.
  static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { line in
      var bare = line.drop { $0.isWhitespace }
      let afterNumber = bare.drop { $0.isNumber }
      if afterNumber.count < bare.count, let mark = afterNumber.first, ".)".contains(mark) {
        bare = afterNumber.dropFirst()
      } else if let mark = bare.first, "-*•".contains(mark) {
        bare = bare.dropFirst()
      }
      return unquoted(String(bare))
    }.filter { $0.count >= 3 && !$0.hasSuffix(":") }
  }

  /// A text without blanks and quotation marks around it.
  static func unquoted(_ text: String) -> String {
    var text = Substring(text)
    func isMark(_ character: Character) -> Bool {
      character.isWhitespace || "\"“”".contains(character)
    }
    while let first = text.first, isMark(first) { text = text.dropFirst() }
    while let last = text.last, isMark(last) { text = text.dropLast() }
    return String(text)
  }
}
