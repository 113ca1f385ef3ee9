// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// The body of a request of chat completions, checked field by field.
enum ChatCompletionRequest {
  static let mostChoices = 64
  private static let mostCharacters = 100_000

  /// Reads a body.
  /// - Throws: ``ServedError`` with status 400 that names the field.
  static func read(_ body: Data) throws(ServedError) -> ServedPrompt {
    guard case .object(let fields) = try? JSONDecoder().decode(JSONValue.self, from: body)
    else { throw ServedError(400, "The body is no JSON object.") }
    guard let model = fields["model"]?.stringValue, !model.isEmpty else {
      throw ServedError(400, "The text “model” is missing.", field: "model")
    }
    if let stream = fields["stream"], stream != .bool(false), stream != .null {
      throw ServedError(
        400, "Rewrites are not streamed; leave “stream” out or set it to false.", field: "stream")
    }
    var request = ServedPrompt(model: model, prompt: try prompt(in: fields))
    request.count = try whole("n", in: fields, 1...mostChoices) ?? 1
    let newer = try whole("max_completion_tokens", in: fields, 1...1_000_000)
    let older = try whole("max_tokens", in: fields, 1...1_000_000)
    request.maxTokens = newer ?? older
    request.temperature = try number("temperature", in: fields, 0...2)
    request.topP = try number("top_p", in: fields, 0.000_001...1)
    request.topK = try whole("top_k", in: fields, 1...1_000_000)
    request.seed = UInt64(try whole("seed", in: fields, 0...(1 << 53)) ?? 0)
    return request
  }

  /// The last message of the user, as text.
  private static func prompt(in fields: [String: JSONValue]) throws(ServedError) -> String {
    guard case .array(let messages) = fields["messages"], !messages.isEmpty else {
      throw ServedError(400, "The list “messages” is missing or empty.", field: "messages")
    }
    var last: (index: Int, content: JSONValue?)?
    for (index, message) in messages.enumerated() {
      guard case .object(let members) = message, let role = members["role"]?.stringValue else {
        throw ServedError(
          400, "Message \(index) is no object with a “role”.", field: "messages[\(index)]")
      }
      if role == "user" { last = (index, members["content"]) }
    }
    guard let last else {
      throw ServedError(
        400,
        "None of the \(messages.count) messages is of the role “user”; the last of those is"
          + " rewritten.", field: "messages")
    }
    let place = "messages[\(last.index)].content"
    let text = try text(of: last.content, place)
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw ServedError(400, "The user's message is empty.", field: place)
    }
    guard text.count <= mostCharacters else {
      throw ServedError(
        400,
        "The user's message has \(text.count) characters, at most \(mostCharacters) are taken.",
        field: place)
    }
    return text
  }

  private static func text(
    of content: JSONValue?, _ place: String
  ) throws(ServedError) -> String {
    switch content {
    case .string(let text): return text
    case .array(let parts):
      var texts: [String] = []
      for part in parts {
        guard case .object(let members) = part, members["type"] == .string("text"),
          let text = members["text"]?.stringValue
        else { throw ServedError(400, "Only parts of text can be rewritten.", field: place) }
        texts.append(text)
      }
      return texts.joined(separator: "\n")
    default: throw ServedError(400, "The message has no text as its “content”.", field: place)
    }
  }

  private static func number(
    _ name: String, in fields: [String: JSONValue], _ range: ClosedRange<Double>
  ) throws(ServedError) -> Double? {
    guard let value = fields[name], value != .null else { return nil }
    guard let number = value.numberValue, range.contains(number) else {
      throw ServedError(
        400, "“\(name)” must be a number in \(range.lowerBound)…\(range.upperBound).", field: name)
    }
    return number
  }

  private static func whole(
    _ name: String, in fields: [String: JSONValue], _ range: ClosedRange<Int>
  ) throws(ServedError) -> Int? {
    guard let value = fields[name], value != .null else { return nil }
    guard let number = value.numberValue, let whole = Int(exactly: number), range.contains(whole)
    else {
      throw ServedError(
        400, "“\(name)” must be a whole number in \(range.lowerBound)…\(range.upperBound).",
        field: name)
    }
    return whole
  }
}
