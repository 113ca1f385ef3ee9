// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@testable import HoneOptimizers

struct PhrasebookTests {
  private func request(
    _ task: PromptTask, stepSize: Int? = 50, refinement: any Refinement = .generate,
    tried: [(String, Double)] = []
  ) -> ProposalRequest {
    let seed = ScoredCandidate(Candidate(seedOf: task.program), score: 0.5)
    var trajectory = Trajectory(seed: seed)
    for (text, score) in tried {
      trajectory.append(evaluated: scored(text, score, task: task))
    }
    return ProposalRequest(
      step: 1, trajectory: trajectory, current: seed,
      facts: CurrentPromptFacts(instruction: seed.instruction), excerpt: TrajectoryExcerpt(),
      examples: .none, refinement: refinement, stepSize: stepSize, maxWords: 60,
      seen: [seed.instruction])
  }

  private func propose(
    _ count: Int, _ task: PromptTask, _ request: ProposalRequest
  ) async throws -> [Proposal] {
    let session = LandscapeSession(task: task, score: { _ in 0 })
    return try await PhrasebookProposer().propose(count, for: request, in: session)
  }

  @Test(
    "Any kind of task gets distinct proposals within the step size", arguments: PhrasebookTask.all)
  func anyTask(item: PhrasebookTask) async throws {
    let task = try item.make()
    for stepSize in [12, 50] {
      let proposals = try await propose(8, task, request(task, stepSize: stepSize))
      #expect(proposals.count == 8)
      #expect(Set(proposals.map(\.text)).count == 8)
      for proposal in proposals {
        #expect(WordEditDistance.between("Let's think step by step.", proposal.text) <= stepSize)
        #expect(proposal.text == proposal.text.trimmed)
        #expect(!proposal.text.contains("["))
        #expect(proposal.move.hasPrefix("phrasebook: "))
      }
    }
  }

  @Test("The same seed gives the same proposals and another seed gives others")
  func deterministic() async throws {
    let first = try task(seed: 1)
    let other = try task(seed: 2)
    let once = try await propose(8, first, request(first))
    #expect(try await propose(8, first, request(first)) == once)
    #expect(try await propose(8, other, request(other)) != once)
  }

  @Test("A step size of nothing allows no proposal")
  func noStep() async throws {
    let task = try task()
    #expect(try await propose(8, task, request(task, stepSize: 0)).isEmpty)
  }

  @Test("Placeholders of a prompt from elsewhere are never lost")
  func placeholders() async throws {
    let task = try task(instruction: "Think of {person} first. Be kind.")
    let proposals = try await propose(20, task, request(task))
    #expect(!proposals.isEmpty)
    #expect(proposals.allSatisfy { $0.text.contains("{person}") })
  }

  @Test("With edit every proposal keeps something of the current prompt or adds to it")
  func edit() async throws {
    let task = try task(instruction: "First sentence. Second sentence.")
    let proposals = try await propose(20, task, request(task, refinement: .edit))
    #expect(proposals.allSatisfy { $0.text.contains("sentence.") })
    #expect(!proposals.contains { $0.move.contains("new") })
  }

  @Test("Words of the task fill the blanks")
  func vocabulary() throws {
    let words = TaskVocabulary(task: try task())
    #expect(words.subjects.contains("review"))
    #expect(words.subjects.contains("movie review"))
    #expect(words.qualities.first == "sentiment")
    #expect(words.optionOrders == [["positive", "negative"], ["negative", "positive"]])
    #expect(words.leadsIntoAnswer)
    let topic = TaskVocabulary(
      task: try task(
        .label(["world", "sport"]), description: "Classify the topic of a news article.", raw: nil))
    #expect(topic.subjects.first == "news article")
    #expect(topic.qualities.first == "topic")
    #expect(!topic.leadsIntoAnswer)
    let plain = TaskVocabulary(task: try task(.number(decimals: 0), description: "", raw: nil))
    #expect(plain.subjects == ["text"])
    #expect(plain.qualities == ["number", "result", "answer"])
    #expect(plain.sentences.isEmpty)
  }

  @Test(
    "Nouns of a description are told apart as judged and asked for",
    arguments: [
      ("Classify the tone of a short note.", ["short note", "note"], ["tone"]),
      ("Sort each email into spam or ham.", ["email"], []),
      (
        "Read a support ticket and tell which topic it is about.", ["support ticket", "ticket"],
        ["topic"]
      ),
      ("Identify the author's main claim.", [], ["author's main claim", "claim"]),
      ("Tell whether this sentence is true.", ["sentence"], []),
      ("レビューを分類する。", [], []),
      ("", [], []),
    ] as [(String, [String], [String])])
  func nouns(description: String, subjects: [String], qualities: [String]) {
    let nouns = DescriptionNouns(description)
    #expect(nouns.subjects == subjects)
    #expect(nouns.qualities == qualities)
  }

  @Test(
    "An instruction is read as its components and put together as it was",
    arguments: [
      ("Sentiment:", [.cue]),
      ("Is this review positive or negative?\nSentiment:", [.question, .cue]),
      ("Let's think step by step.\nThe sentiment of this review is", [.foreign, .cue]),
      ("You are an expert. Who knows? Options: negative, positive", [.role, .foreign, .options]),
      ("Two  spaces. Here.", [.foreign, .foreign]),
      ("Two.  Spaces between.", [.foreign]),
      ("Sentiments: none", [.foreign]),
      ("", []),
    ] as [(String, [Component.Kind])])
  func parsing(text: String, kinds: [Component.Kind]) throws {
    let grammar = Grammar(TaskVocabulary(task: try task()), maxWords: 60)
    let form = InstructionForm(text, grammar: grammar)
    #expect(form.pieces.map(\.component.kind) == kinds)
    #expect(form.text == text)
  }

  @Test("What scored well is proposed more than what scored badly")
  func learns() async throws {
    let task = try task()
    let good = ["Tone:", "The tone is", "Overall, the tone is", "Best tone:", "Final tone:"]
    let bad = ["Answer:", "Verdict:", "The verdict is", "So the answer is", "Best verdict:"]
    let tried = good.map { ($0, 0.9) } + bad.map { ($0, 0.1) }
    let proposals = try await propose(20, task, request(task, tried: tried))
    let tones = proposals.count { $0.text.lowercased().contains("tone") }
    let verdicts = proposals.count { $0.text.lowercased().contains("verdict") }
    #expect(tones > 2 * verdicts)
    #expect(tones >= 8)
  }

  @Test("Effects drawn from many observations agree with what was observed")
  func effects() throws {
    let forms = ["a", "b"].map { text in
      let component = Component(kind: .cue, text: text, features: [])
      return FormFeatures(InstructionForm(pieces: [.init(component: component, startsLine: false)]))
    }
    let effects = ComponentEffects(
      observed: (0..<60).map { forms[$0 % 2] }, scores: (0..<60).map { $0 % 2 == 0 ? 0.62 : 0.48 },
      base: 0.5, noise: 0.002, judging: forms,
      prior: EffectPrior(TaskVocabulary(task: try task())))
    var chance = SeededGenerator(seed: 4)
    for _ in 0..<5 {
      let drawn = effects.draw(by: &chance)
      #expect(abs(drawn[0] - 0.12) < 0.04)
      #expect(abs(drawn[1] + 0.02) < 0.04)
    }
  }

  @Test("Before anything is known, draws differ and prefer a cue before a continued answer")
  func prior() async throws {
    let task = try task()
    let proposals = try await propose(8, task, request(task))
    let grammar = Grammar(TaskVocabulary(task: task), maxWords: 60)
    let last = proposals.map { InstructionForm($0.text, grammar: grammar).pieces.last?.component }
    #expect(last.count { $0?.kind == .cue } >= 7)
    #expect(Set(last.compactMap { $0?.text }).count >= 4)
  }
}

/// A task of a kind, as a test argument.
struct PhrasebookTask: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var make: @Sendable () throws -> PromptTask

  static let all = [
    PhrasebookTask(testDescription: "sentiment") { try task() },
    PhrasebookTask(testDescription: "no description") { try task(description: "") },
    PhrasebookTask(testDescription: "one label") { try task(.label(["spam"])) },
    PhrasebookTask(testDescription: "50 labels") {
      try task(.label((1...50).map { "intent \($0)" }), raw: nil)
    },
    PhrasebookTask(testDescription: "labels in Japanese") {
      try task(.label(["肯定", "否定"]), description: "レビューを分類する。")
    },
    PhrasebookTask(testDescription: "numbers") {
      try task(.number(decimals: 2), description: "Compute the result.", raw: nil)
    },
    PhrasebookTask(testDescription: "free text") {
      try task(.freeText, description: "Write a summary of the article", raw: nil)
    },
    PhrasebookTask(testDescription: "choice") { try task(.choice(last: "E"), raw: nil) },
    PhrasebookTask(testDescription: "prompt before the text") {
      try task(.yesNo, raw: "{instruction}\n\nQ: {input}\nA:")
    },
    PhrasebookTask(testDescription: "JSON") { try task(.json(field: "total"), raw: nil) },
    PhrasebookTask(testDescription: "word list") { try task(.wordList, raw: nil) },
    PhrasebookTask(testDescription: "brackets") { try task(.brackets, raw: nil) },
    PhrasebookTask(testDescription: "exact text") { try task(.exactText, raw: nil) },
  ]
}
