// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Synchronization

@testable import HoneModels

/// A server whose tokens are words with the space before them, and whose log-probabilities are a
/// function of all tokens so far; it answers as vLLM does, as SGLang, or as llama-server.
final class WordServer: Sendable {
  enum Kind: Sendable {
    /// Echoes tokens with offsets, after a first control token that the offsets count.
    case vllm
    /// Echoes tokens, without offsets or a control token.
    case sglang
    /// Echoes nothing; tells of one token at a time.
    case llama
    /// Gives the generated token alone, whatever is asked.
    case mute
  }

  /// A token that llama-server does not generate by itself, as one that ends within a letter.
  static let keptBack = "§"

  let kind: Kind
  private let vocabulary = Mutex<[String]>(["<s>"])

  init(_ kind: Kind) {
    self.kind = kind
  }

  private var first: [String] { kind == .sglang ? [] : ["<s>"] }

  func words(_ text: String) -> [String] {
    var words: [String] = []
    for scalar in text.unicodeScalars {
      let isLetter = CharacterSet.letters.contains(scalar)
      if isLetter, let last = words.last, last.unicodeScalars.last.map(isJoining) == true {
        words[words.count - 1] = last + String(scalar)
      } else {
        words.append(String(scalar))
      }
    }
    return words
  }

  private func isJoining(_ scalar: Unicode.Scalar) -> Bool {
    CharacterSet.letters.contains(scalar) || scalar == " "
  }

  /// The log-probability of a token after others.
  static func value(_ token: String, after before: [String]) -> Double {
    -Double(StableHash.of(before.joined(separator: "|") + "#" + token) % 8000) / 1000 - 0.001
  }

  /// What the likelihood of a continuation is by the contract.
  func expected(_ text: String, _ continuation: String) -> ContinuationLikelihood {
    let (input, joint) = (first + words(text), first + words(text + continuation))
    let start = zip(input, joint).prefix { $0 == $1 }.count
    let sum = (start..<joint.count).reduce(0.0) {
      $0 + Self.value(joint[$1], after: Array(joint[..<$1]))
    }
    return ContinuationLikelihood(logProbability: sum, tokenCount: joint.count - start)
  }

  func template(_ messages: JSONValue?, isOpen: Bool) -> String {
    guard case .array(let turns)? = messages else { return "" }
    var text = turns.map {
      "[\($0["role"]?.stringValue ?? "")]\($0["content"]?.stringValue ?? "")"
    }
    .joined(separator: "\n")
    if !isOpen { text += "\n[assistant]" }
    return text
  }

  func reply(_ call: HTTPCall) -> HTTPReply {
    let json = call.json
    switch URL(string: call.url)?.path() {
    case "/v1/models":
      let owner = kind == .llama ? "llamacpp" : "someone"
      return Self.reply(["data": .array([.object(["owned_by": .string(owner)])])])
    case "/tokenize":
      let isOpen = json["continue_final_message"] == .bool(true)
      let text =
        json["content"]?.stringValue ?? template(json["messages"], isOpen: isOpen)
      return Self.reply(["tokens": .array(ids(first + words(text)))])
    case "/apply-template":
      return Self.reply(["prompt": .string(template(json["messages"], isOpen: false))])
    case "/completion": return step(json)
    case "/v1/completions": return echo(json)
    default: return .error(404, "no such path")
    }
  }

  private func ids(_ tokens: [String]) -> [JSONValue] {
    vocabulary.withLock { vocabulary in
      tokens.map { token in
        if let known = vocabulary.firstIndex(of: token) { return .number(Double(known)) }
        vocabulary.append(token)
        return .number(Double(vocabulary.count - 1))
      }
    }
  }

  private func tokens(_ ids: JSONValue?) -> [String] {
    guard case .array(let numbers)? = ids else { return [] }
    return vocabulary.withLock { vocabulary in
      numbers.map { vocabulary[Int($0.numberValue ?? 0)] }
    }
  }

  private func step(_ json: JSONValue) -> HTTPReply {
    guard case .array(let pairs)? = json["logit_bias"], case .array(let pair)? = pairs.first,
      let wanted = tokens(.array([pair[0]])).first
    else { return .error(400, "no bias") }
    let before = tokens(json["prompt"])
    func entry(_ token: String) -> [String: JSONValue] {
      [
        "id": ids([token])[0], "logprob": .number(Self.value(token, after: before)),
      ]
    }
    var others = [" no", " yes"]
    if (json["n_probs"]?.numberValue ?? 0) > 1000 { others = vocabulary.withLock(\.self) }
    let forced = entry(wanted).merging(
      ["top_logprobs": .array(others.map { .object(entry($0)) })]
    ) { first, _ in first }
    return Self.reply([
      "completion_probabilities": .array(wanted == Self.keptBack ? [] : [.object(forced)]),
      "tokens_evaluated": .number(Double(before.count)),
    ])
  }

  private func echo(_ json: JSONValue) -> HTTPReply {
    let prompt =
      json["prompt"]?.stringValue.map { first + words($0) } ?? tokens(json["prompt"])
    let all = kind == .mute ? ["!"] : prompt + ["!"]
    var offset = 0
    var offsets: [JSONValue] = []
    var values: [JSONValue] = []
    for index in all.indices {
      offsets.append(.number(kind == .sglang ? -1 : Double(offset)))
      offset += all[index].unicodeScalars.count
      values.append(
        index == 0 && kind != .mute
          ? .null : .number(Self.value(all[index], after: Array(all[..<index]))))
    }
    return Self.reply([
      "choices": .array([
        .object([
          "text": .string("!"),
          "logprobs": .object([
            "tokens": .array(all.map { .string($0) }), "token_logprobs": .array(values),
            "text_offset": .array(offsets),
          ]),
        ])
      ]),
      "usage": .object([
        "prompt_tokens": .number(Double(prompt.count)), "completion_tokens": .number(1),
      ]),
    ])
  }

  private static func reply(_ members: [String: JSONValue]) -> HTTPReply {
    HTTPReply(status: 200, body: (try? CanonicalJSON.encode(JSONValue.object(members))) ?? Data())
  }
}
