// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension PromptExport {
  /// The body of a chat completion, or of a completion for a raw layout.
  func body(model: String, fields: [String: String]?) throws(ExportRefusal) -> JSONValue {
    guard let fields = fields ?? examples.first?.fields else {
      throw ExportRefusal(
        "There is no example to fill the prompt in with. Give its fields, such as "
          + "\(task.inputFields.map { "--field \($0)=TEXT" }.joined(separator: " ")).")
    }
    var members: [String: JSONValue] = [
      "model": .string(model), "max_tokens": .number(Double(task.generation.maxTokens)),
      "temperature": .number(task.generation.temperature),
    ]
    if !task.generation.stop.isEmpty {
      members["stop"] = .array(task.generation.stop.map { .string($0) })
    }
    switch try input(fields) {
    case .chat(let messages): members["messages"] = Self.json(messages)
    case .text(let text): members["prompt"] = .string(text)
    }
    return .object(members)
  }

  /// A shell command that sends the body; the key comes from the environment.
  func curl(model: String, fields: [String: String]?) throws(ExportRefusal) -> String {
    let path = prompt.layout.isRaw ? "completions" : "chat/completions"
    // In JSON a line feed is always escaped, so no line of the body can be the end mark.
    return """
      curl "${OPENAI_BASE_URL:-https://api.openai.com/v1}/\(path)" \\
        --header "Authorization: Bearer $OPENAI_API_KEY" \\
        --header "Content-Type: application/json" \\
        --data-binary @- <<'END_OF_BODY'
      \(try Self.pretty(body(model: model, fields: fields)))
      END_OF_BODY

      """
  }
}
