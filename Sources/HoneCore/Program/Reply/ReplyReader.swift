// SPDX-License-Identifier: Apache-2.0

extension Stage {
  /// The values of the stage's outputs in a reply, in normal form.
  ///
  /// Without a ``call`` the whole reply is the output. Read leniently: marks of Markdown around names,
  /// text before the first name (which belongs to the first field), and, where there is one field, a
  /// reply without its name.
  /// - Throws: ``ReplyProblem`` for a field that is missing or not of its type.
  public func read(_ reply: String) throws(ReplyProblem) -> [String: String] {
    guard let call else { return [output: reply] }
    return try ReplyReader(fields: call.outputs, format: call.format).values(in: reply)
  }
}

/// Reads typed fields from replies in one format.
struct ReplyReader {
  var fields: [Field]
  var format: ReplyFormat

  func values(in reply: String) throws(ReplyProblem) -> [String: String] {
    let found: [String: String]
    switch format {
    case .fields, .markdown: found = headed(reply)
    case .yaml: found = YAMLValue.members(reply, named: fields.map(\.name))
    case .completion: found = headed((fields.first.map { "\($0.label):" } ?? "") + " " + reply)
    case .xml: found = elements(reply)
    case .json: found = try members(reply)
    }
    var values: [String: String] = [:]
    for field in fields {
      var text = found[field.name]?.trimmed ?? ""
      if text.isEmpty, fields.count == 1, format != .json { text = reply.trimmed }
      guard !text.isEmpty else { throw .missing(field: field.name) }
      guard let value = field.type.normalForm(of: text) else {
        throw .wrongType(
          field: field.name, required: field.type.request, received: String(text.prefix(60)))
      }
      values[field.name] = value
    }
    return values
  }

  /// The texts after lines that begin with a field's name and a colon.
  private func headed(_ reply: String) -> [String: String] {
    var found: [String: String] = [:]
    var current = fields.first?.name
    var lines: [Substring] = []
    func close() {
      guard let name = current, found[name] == nil else { return }
      let text = lines.joined(separator: "\n").trimmed
      if !text.isEmpty { found[name] = text }
    }
    for line in reply.split(separator: "\n", omittingEmptySubsequences: false) {
      if let (name, rest) = heading(line) {
        close()
        (current, lines) = (name, [rest])
      } else {
        lines.append(line)
      }
    }
    close()
    return found
  }

  /// The field that a line begins with, and what stands after the colon.
  private func heading(_ line: Substring) -> (name: String, rest: Substring)? {
    if line.utf8.first == UInt8(ascii: "#"),
      let field = fields.first(where: { field in
        Self.folded(field.name[...]) == Self.folded(line)
      })
    {
      return (field.name, "")
    }
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")),
      line.utf8.distance(from: line.startIndex, to: colon) <= 80
    else { return nil }
    let word = Self.folded(line[..<colon])
    guard let field = fields.first(where: { Self.folded($0.name[...]) == word }) else { return nil }
    let rest = line[line.utf8.index(after: colon)...].drop { $0 == " " || $0 == "*" }
    return (field.name, rest)
  }

  /// A name without marks, in lower case, so that `**Final answer**` is `final_answer`.
  private static func folded(_ text: Substring) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "`"), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: " "), UInt8(ascii: ">"), UInt8(ascii: "["),
        UInt8(ascii: "]"), 9, 13:
        continue
      case 65...90: bytes.append(byte + 32)
      default: bytes.append(byte)
      }
    }
    return bytes
  }

  /// The texts between a field's tags; an element that is not closed ends with the reply.
  private func elements(_ reply: String) -> [String: String] {
    var found: [String: String] = [:]
    for field in fields {
      guard let start = reply.firstRange(of: "<\(field.name)>") else { continue }
      let rest = reply[start.upperBound...]
      found[field.name] = String(
        rest.firstRange(of: "</\(field.name)>").map { rest[..<$0.lowerBound] } ?? rest)
    }
    return found
  }

  /// The members of the first JSON object that has any of the fields.
  private func members(_ reply: String) throws(ReplyProblem) -> [String: String] {
    for text in JSONDocument.candidates(in: reply) {
      guard case .object(let members)? = JSONDocument.parse(text) else { continue }
      let known = fields.filter { members[$0.name] != nil }
      guard !known.isEmpty else { continue }
      return Dictionary(
        known.map { ($0.name, JSONDocument.plainText(members[$0.name] ?? .null)) },
        uniquingKeysWith: { first, _ in first })
    }
    throw .noObject
  }
}
