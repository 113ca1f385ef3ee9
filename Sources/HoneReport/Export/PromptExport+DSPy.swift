// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension PromptExport {
  /// A Python module: a signature, and an adapter that sends the evaluated messages as they were.
  func dspy(model: String) throws(ExportRefusal) -> String {
    guard !prompt.layout.isRaw else {
      throw ExportRefusal(
        "The prompt is a text that a base model completes, and DSPy's adapters send chats. "
          + "Export it --to openai, or use the run's prompt.txt and messages.json.")
    }
    let bad = task.inputFields.first { !Self.isName($0) || Self.reservedNames.contains($0) }
    guard let bad else {
      return try module(model: model)
    }
    throw ExportRefusal(
      "The field “\(bad)” cannot be the name of an input of a DSPy signature. Rename the field in "
        + "the data to letters, digits and underscores.")
  }

  private func module(model: String) throws(ExportRefusal) -> String {
    guard case .chat(let messages) = try template({ "\u{F8FE}\($0)\u{F8FF}" }) else { return "" }
    let lines = messages.map { message in
      "        {\"role\": \"\(message.role.rawValue)\", \"content\": \(Self.expression(message.content))},"
    }
    let fields = task.inputFields.map { "    \($0): str = dspy.InputField()" }
    let stop = task.generation.stop.map(Self.literal).joined(separator: ", ")
    return """
      \"""The prompt of the task \(Self.plain(task.name)), with the messages that were evaluated.\"""

      import dspy


      class Task(dspy.Signature):
          __doc__ = \(Self.literal(prompt.instruction))

      \(fields.joined(separator: "\n"))
          answer: str = dspy.OutputField()


      def messages(inputs):
          return [
      \(lines.joined(separator: "\n"))
          ]


      class EvaluatedMessages(dspy.Adapter):
          \"""Sends the messages as they were evaluated and takes the whole response as the answer.\"""

          def format(self, signature, demos, inputs):
              return messages(inputs)

          def parse(self, signature, completion):
              return {"answer": completion}


      def program():
          lm = dspy.LM(
              \(Self.literal("openai/" + model)),
              max_tokens=\(task.generation.maxTokens),
              temperature=\(task.generation.temperature),\
      \(stop.isEmpty ? "" : "\n        stop=[\(stop)],")
          )
          predict = dspy.Predict(Task)

          def answer(**inputs):
              with dspy.context(lm=lm, adapter=EvaluatedMessages()):
                  return predict(**inputs).answer

          return answer

      """
  }

  /// A text with marks as a Python expression that puts the inputs in their places.
  private static func expression(_ text: String) -> String {
    var terms: [String] = []
    for (index, part) in text.split(separator: "\u{F8FE}", omittingEmptySubsequences: false)
      .enumerated()
    {
      let pieces = part.split(
        separator: "\u{F8FF}", maxSplits: 1, omittingEmptySubsequences: false)
      var rest = part
      if index > 0, pieces.count == 2 {
        terms.append("inputs[\(literal(String(pieces[0])))]")
        rest = pieces[1]
      }
      if !rest.isEmpty { terms.append(literal(String(rest))) }
    }
    return terms.isEmpty ? "\"\"" : terms.joined(separator: " + ")
  }

  /// A Python text literal in ASCII.
  static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return result + "\""
  }

  /// A name that is safe inside a docstring.
  private static func plain(_ text: String) -> String {
    text.filter { $0.isLetter || $0.isNumber || "-_ .".contains($0) }
  }

  private static let reservedNames = [
    "answer", "and", "as", "class", "def", "from", "global", "import", "in", "is", "lambda", "not",
    "or", "pass", "return", "with", "yield",
  ]

  /// Whether a field can be a variable of other tools: letters, digits and underscores.
  static func isName(_ name: String) -> Bool {
    guard let first = name.first, first.isASCII, first.isLetter || first == "_" else {
      return false
    }
    return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }
}
