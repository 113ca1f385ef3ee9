// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension RunSession {
  /// Chooses the demonstrations of each trial whose prompts show those nearest to the example.
  ///
  /// Costs an embedder call for each row and demonstration not embedded before in the run.
  func chooseDemonstrations(for trials: inout [Trial]) async throws {
    let open = trials.indices.filter { trials[$0].candidate.choosesDemonstrations }
    guard !open.isEmpty else { return }
    var known: Set<String> = []
    var texts: [String] = []
    func want(_ text: String) { if known.insert(text).inserted { texts.append(text) } }
    var candidates: Set<String> = []
    for index in open where candidates.insert(trials[index].candidate.id).inserted {
      let prompts = trials[index].candidate.prompts.sorted { $0.key < $1.key }
      for key in prompts.flatMap({ $0.value.nearest?.keys ?? [] }) { want(key) }
    }
    for index in open { want(trials[index].example.nearnessText) }
    let results = Dictionary(
      zip(texts, try await embed(texts)), uniquingKeysWith: { first, _ in first })
    let vectors = results.compactMapValues { try? $0.get() }
    for index in open {
      let text = trials[index].example.nearnessText
      switch results[text] {
      case .success(let vector): trials[index].choose(near: text, vector, vectors: vectors)
      case .failure(let error): trials[index].outcome = .failed(error)
      case nil: break
      }
    }
  }
}

extension Trial {
  /// A trial as it was, with the demonstrations that a trace says were shown.
  init(_ candidate: Candidate, _ example: Example, as trace: StageTrace?) {
    self.init(candidate, example)
    guard let trace, let places = trace.shown else { return }
    prompts[trace.stage] = prompts[trace.stage]?.showing(places)
  }

  /// Takes the demonstrations nearest to the example.
  fileprivate mutating func choose(
    near text: String, _ vector: Embedding, vectors: [String: Embedding]
  ) {
    for (stage, prompt) in prompts {
      guard let nearest = prompt.nearest else { continue }
      let places = nearest.places(near: text, vector, vectors: vectors)
      shown[stage] = places
      prompts[stage] = prompt.showing(places)
    }
  }

  /// Names the prompts as they are shown: equal keys of a run have equal prompts.
  var promptKey: String {
    guard !shown.isEmpty else { return candidate.id }
    return candidate.id
      + shown.sorted { $0.key < $1.key }.map { " \($0.key)\($0.value)" }.joined()
  }

  /// Notes in the trace which demonstrations were shown, so that the messages can be told again.
  mutating func keepShown(_ program: Program) {
    guard !shown.isEmpty else { return }
    if trace == nil, let stage = program.stages.first, program.stages.count == 1 {
      trace = [StageTrace(stage: stage.name, inputs: fields, outputs: [stage.output: response])]
    }
    for index in trace?.indices ?? 0..<0 {
      guard let stage = trace?[index].stage else { continue }
      trace?[index].shown = shown[stage]
    }
  }
}

extension Candidate {
  /// Whether any prompt chooses its demonstrations by the example.
  var choosesDemonstrations: Bool { prompts.values.contains { $0.nearest != nil } }
}
