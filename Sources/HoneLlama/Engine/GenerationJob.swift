// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A batch of requests for text.
final class GenerationJob: TreeJob {
  private struct Branch {
    var index: Int
    var request: GenerationRequest
    var promptTokens: Int
    var limit: Int
    var written = 0
    var text: GeneratedText
    var generator: SeededGenerator
    /// The tokens with their likelihoods, where they were asked for.
    var scored: [ScoredToken]?
    var constraint: Constraint?
  }

  private let tokenizer: Tokenizer
  private let continuation: BatchStream<Generation>.Continuation
  private var branches: [Int: Branch] = [:]
  private var constraints: [JSONValue: Constraint] = [:]
  private lazy var closers = ClosingTokens(tokenizer)

  /// Creates a batch without requests.
  init(tokenizer: Tokenizer, continuation: BatchStream<Generation>.Continuation) {
    self.tokenizer = tokenizer
    self.continuation = continuation
  }

  var openPaths: Set<Int> { Set(branches.keys) }

  /// Turns a request into a path, or answers it at once when it needs no computing.
  func path(
    for request: GenerationRequest, index: Int, id: Int, reader: InputReader
  ) -> PathRequest? {
    do throws(ModelError) {
      let tokens = try reader.tokens(of: request.input)
      let limit = min(request.maxTokens, reader.contextTokens - tokens.count)
      guard limit > 0 else {
        let usage = Usage(promptTokens: tokens.count)
        yield(index, .success(Generation(text: "", finish: .length, usage: usage)))
        return nil
      }
      branches[id] = Branch(
        index: index, request: request, promptTokens: tokens.count, limit: limit,
        text: GeneratedText(stops: request.stop),
        generator: SeededGenerator(seed: request.seed, stream: "sample \(request.sampleIndex)"),
        scored: request.scoresTokens ? [] : nil,
        constraint: try request.schema.map { schema throws(ModelError) in
          try constraint(to: schema)
        })
      return PathRequest(
        id: id, tokens: tokens, probes: [(tokens.count - 1, Probe(path: id, label: 0))],
        room: limit - 1)
    } catch {
      yield(index, .failure(error))
      return nil
    }
  }

  /// The state of a grammar for a response; the grammar of a schema is read once a batch.
  private func constraint(to schema: JSONValue) throws(ModelError) -> Constraint {
    if let known = constraints[schema] { return try known.copy() }
    let made = try Constraint(SchemaGrammar(schema), tokenizer: tokenizer, closers: closers)
    constraints[schema] = made
    return try made.copy()
  }

  func answer(_ probe: Probe, from row: OutputRow) -> PathVerdict {
    guard var branch = branches[probe.path] else { return .end }
    guard let token = token(for: &branch, from: row) else {
      fail(
        path: probe.path,
        with: ModelError(.engine, "No token of the vocabulary keeps to the JSON schema."))
      return .end
    }
    let start = branch.text.bytes.count
    let finish = take(token, into: &branch)
    if branch.scored != nil, branch.text.bytes.count > start {
      branch.scored?.append(
        ScoredToken(
          text: String(decoding: branch.text.bytes[start...], as: UTF8.self),
          logProbability: row.logProbability(of: token), number: token))
    }
    branches[probe.path] = branch
    guard let finish else { return .proceed(token) }
    branches[probe.path] = nil
    let usage = Usage(promptTokens: branch.promptTokens, completionTokens: branch.written)
    yield(
      branch.index,
      .success(
        Generation(
          text: branch.text.wholeText, finish: finish, usage: usage,
          tokens: branch.scored?.covering(branch.text.wholeText))))
    return .end
  }

  /// The next token of a branch; nil when its grammar allows none.
  private func token(for branch: inout Branch, from row: OutputRow) -> Token? {
    let temperature = branch.request.temperature
    let key = temperature > 0 ? branch.generator.next() : 0
    let truncation = Truncation(topP: branch.request.topP, topK: branch.request.topK)
    func pick(_ logits: UnsafeBufferPointer<Float>) -> Token {
      if temperature > 0 {
        return Logits.sample(
          from: logits, temperature: temperature, truncation: truncation, key: key)
      }
      return logits.baseAddress == row.logits.baseAddress ? row.best : Logits.best(of: logits)
    }
    guard let constraint = branch.constraint else { return pick(row.logits) }
    return constraint.next(
      from: row.logits, remaining: branch.limit - branch.written, written: branch.text.bytes,
      pick: pick)
  }

  /// Adds a token to a branch's text; the reason to end there, if there is one.
  private func take(_ token: Token, into branch: inout Branch) -> FinishReason? {
    branch.written += 1
    if tokenizer.endsTurn(token) { return .endOfTurn }
    let start = branch.text.bytes.count
    tokenizer.appendBytes(of: token, to: &branch.text.bytes)
    if branch.text.cutAtStop(addedFrom: start) { return .stopText }
    if let constraint = branch.constraint, constraint.isComplete { return .endOfTurn }
    if let kind = branch.request.stopWhenDecided, kind.isDecided(branch.text.wholeText) {
      return .decided
    }
    return branch.written >= branch.limit ? .length : nil
  }

  func fail(path: Int, with error: ModelError) {
    guard let branch = branches.removeValue(forKey: path) else { return }
    yield(branch.index, .failure(error))
  }

  func finish() {
    continuation.finish()
  }

  private func yield(_ index: Int, _ result: Result<Generation, ModelError>) {
    continuation.yield(BatchElement(index: index, result: result))
  }
}
