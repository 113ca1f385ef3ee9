// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import HoneCore
  import HoneTasks

  /// One term of `--reward`, such as `rouge-l=0.7` or `command:./score.sh`.
  struct RewardTerm: Sendable, Hashable {
    enum Source: Sendable, Hashable {
      /// A metric of a task file that is a word.
      case metric(String)
      /// The metric of a task file.
      case task(String)
      /// The judge.
      case judge
      /// A program with its arguments.
      case command([String])
      /// A reward model that was trained.
      case model(String)
    }

    static let forms = ["judge", "command:PROGRAM", "model:NAME", "task:FILE"]

    var source: Source
    var weight: Double

    /// The term's name for people.
    var name: String {
      switch source {
      case .metric(let word): word
      case .task(let file): "task:\(file)"
      case .judge: "judge"
      case .command(let words): "command:\(words.joined(separator: " "))"
      case .model(let name): "model:\(name)"
      }
    }

    /// Reads all terms of a list.
    /// - Throws: `ValidationError` that names the term.
    static func terms(_ list: String) throws -> [RewardTerm] {
      let texts = list.split(separator: ",", omittingEmptySubsequences: false)
      return try texts.map { try RewardTerm(String($0)) }
    }

    /// Reads one term; the weight is 1 unless it ends with `=NUMBER`.
    init(_ text: String) throws {
      var text = text.trimmed
      weight = 1
      if let mark = text.lastIndex(of: "="), let number = Double(text[text.index(after: mark)...]) {
        guard number > 0, number.isFinite else {
          throw ValidationError(
            "the weight in --reward “\(text)” is \(number), required is a positive number")
        }
        weight = number
        text = String(text[..<mark])
      }
      source = try Self.source(text)
    }

    private static func source(_ text: String) throws -> Source {
      func rest(_ prefix: String) throws -> String? {
        guard text.hasPrefix(prefix) else { return nil }
        let rest = String(text.dropFirst(prefix.count)).trimmed
        guard !rest.isEmpty else {
          throw ValidationError("--reward “\(text)” names nothing after the colon")
        }
        return rest
      }
      if let words = try rest("command:") {
        return .command(words.split(separator: " ").map(String.init))
      }
      if let name = try rest("model:") { return .model(name) }
      if let file = try rest("task:") { return .task(file) }
      if text == "judge" { return .judge }
      guard MetricConfiguration.words[text] != nil else {
        throw ValidationError(
          NearestName.message(
            "“\(text)” is no reward", for: text,
            among: MetricConfiguration.words.keys.sorted() + forms))
      }
      return .metric(text)
    }
  }
#endif
