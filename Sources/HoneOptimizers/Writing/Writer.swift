// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// How an optimizer model is made to write: by a chat, or by a text that it continues.
public struct Writer: Sendable, Hashable {
  /// What the model is given.
  public enum Form: String, Sendable, Hashable {
    /// A chat, for models that follow instructions.
    case chat
    /// A text to continue, for base models.
    case completion
  }

  /// What the model is given.
  public var form: Form
  /// The temperature of sampling.
  public var temperature: Double
  /// The most tokens of a response.
  public var maxTokens: Int

  /// Creates a writer.
  public init(_ form: Form = .chat, temperature: Double, maxTokens: Int) {
    self.form = form
    self.temperature = temperature
    self.maxTokens = maxTokens
  }

  /// Asks for a prompt; `earlier` are a question and its answer that go before.
  public func promptRequest(
    _ ask: Ask, after earlier: (ask: Ask, answer: String)? = nil, seed: UInt64, sample: Int
  ) -> GenerationRequest {
    let wrap =
      "Write \(PromptWrapTags.start) before it and \(PromptWrapTags.end) after it, and nothing else."
    let stop = form == .chat ? PromptWrapTags.end : "\n"
    return request(
      Ask(body: form == .chat ? ask.body + "\n\n" + wrap : ask.body, cue: ask.cue),
      after: earlier, stop: stop, seed: seed, sample: sample)
  }

  /// Asks for a text that is no prompt, such as a reason; a base model's ends with its paragraph.
  public func textRequest(_ ask: Ask, seed: UInt64, sample: Int) -> GenerationRequest {
    request(ask, after: nil, stop: form == .chat ? nil : "\n\n", seed: seed, sample: sample)
  }

  private func request(
    _ ask: Ask, after earlier: (ask: Ask, answer: String)?, stop: String?, seed: UInt64,
    sample: Int
  ) -> GenerationRequest {
    let input: ModelInput
    switch form {
    case .chat:
      let before =
        earlier.map { [Message(.user, $0.ask.body), Message(.assistant, $0.answer)] } ?? []
      input = .chat(before + [Message(.user, ask.body)])
    case .completion:
      let before =
        earlier.map { $0.ask.body + "\n\n" + $0.ask.cue + " " + $0.answer + "\n\n" } ?? ""
      input = .text(before + ask.body + "\n\n" + ask.cue)
    }
    return GenerationRequest(
      input: input, maxTokens: maxTokens, temperature: temperature, stop: stop.map { [$0] } ?? [],
      seed: seed, sampleIndex: sample)
  }

  /// Reads the prompt from a response to ``promptRequest(_:after:seed:sample:)``.
  func proposal(
    from result: Result<Generation, ModelError>, source: String, move: String
  ) -> Proposal {
    switch result {
    case .failure(let error): return .failed(error, source: source)
    case .success(let generation):
      guard form == .chat else {
        return Proposal(source: source, move: move, text: generation.text.trimmed)
      }
      var text = generation.text
      // The closing tag is a stop text, which a response does not hold.
      if generation.finish == .stopText { text += PromptWrapTags.end }
      let parsed = ResponseParser().parse(text)
      let repairs = parsed.repairs.isEmpty ? "" : ": " + parsed.repairs.joined(separator: ", ")
      return Proposal(source: source, move: move + repairs, text: parsed.text)
    }
  }
}
