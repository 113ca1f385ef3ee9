// SPDX-License-Identifier: Apache-2.0

extension FieldType {
  /// A value as it is passed between stages, or nil when a text holds none of this type.
  ///
  /// Numbers, truth values and labels are read as ``AnswerKind`` reads them.
  public func normalForm(of text: String) -> String? {
    let text = text.trimmed
    switch self {
    case .text: return text
    case .number: return AnswerKind.number(decimals: 12).read(text)
    case .bool:
      return AnswerKind.trueFalse.read(text)
        ?? AnswerKind.yesNo.read(text).map { $0 == "yes" ? "true" : "false" }
    case .label(let labels):
      let word = text.lowercased()
      return labels.first { $0.lowercased() == word } ?? AnswerKind.label(labels).read(text)
    case .json: return AnswerKind.json(field: nil).read(text)
    case .list(let element): return Self.list(text, of: element)
    }
  }

  /// A JSON list, or items on lines of their own, or divided by commas.
  private static func list(_ text: String, of element: FieldType) -> String? {
    let items: [String]
    if let list = JSONDocument.candidates(in: text).lazy.compactMap(JSONDocument.parse).first(
      where: { if case .array = $0 { true } else { false } }), case .array(let values) = list
    {
      items = values.map(JSONDocument.plainText)
    } else {
      let divider: Character = text.contains("\n") ? "\n" : ","
      items = text.split(separator: divider).map { item in
        String(item.drop { "-*• \t".contains($0) }).trimmed
      }.filter { !$0.isEmpty }
    }
    var parts: [String] = []
    for item in items {
      guard let value = element.normalForm(of: item) else { return nil }
      parts.append(element.json(value))
    }
    return "[" + parts.joined(separator: ",") + "]"
  }
}
