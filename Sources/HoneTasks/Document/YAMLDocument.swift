// SPDX-License-Identifier: Apache-2.0

import Yams

/// Reads a YAML text as a tree with places.
///
/// Only plain trees are read: one document, no anchors, aliases or tags, at most 32 levels deep.
/// Without anchors no alias can be resolved, so a small file cannot unfold into a huge tree.
struct YAMLDocument {
  static let maximumDepth = 32

  private var problems: [TaskProblem] = []
  private let file: String
  private let ampersand: Unicode.Scalar

  /// The root of the document, or nil when there are problems or the text is empty.
  static func read(_ text: String, into list: inout ProblemList) -> DocumentNode? {
    // Each "&" is replaced by a character that the text does not hold, and put back into the
    // scalars: so the parser never sees an anchor, even inside of what it would unfold.
    guard
      let stand = (0xE000...0xF8FF).lazy.compactMap({ Unicode.Scalar(UInt32($0)) })
        .first(where: { !text.unicodeScalars.contains($0) })
    else {
      list.add(
        line: 1, "the file holds every private-use character", advice: "remove some of them")
      return nil
    }
    var document = YAMLDocument(file: list.file, ampersand: stand)
    let root = document.parse(exchange("&", for: stand, in: text))
    document.problems.forEach { list.add($0) }
    return document.problems.isEmpty ? root : nil
  }

  private init(file: String, ampersand: Unicode.Scalar) {
    self.file = file
    self.ampersand = ampersand
  }

  private mutating func parse(_ text: String) -> DocumentNode? {
    do {
      // The parser is told the encoding, because by default it may print about its environment.
      guard let root = try Parser(yaml: text, encoding: .utf8).singleRoot() else { return nil }
      return converted(root, depth: 0)
    } catch let error as YamlError {
      report(error, in: text)
    } catch {
      add(.init(line: 1, column: 1), "the YAML cannot be read: \(error)")
    }
    return nil
  }

  private mutating func converted(_ node: Node, depth: Int) -> DocumentNode? {
    let mark = node.mark
    let position = DocumentNode.Position(line: mark?.line ?? 1, column: mark?.column ?? 1)
    guard depth < Self.maximumDepth else {
      add(position, "more than \(Self.maximumDepth) levels are nested")
      return nil
    }
    switch node {
    case .scalar(let scalar): return converted(scalar, at: position)
    case .sequence(let sequence):
      refuse(tag: sequence.tag, at: position)
      let items = sequence.compactMap { converted($0, depth: depth + 1) }
      return DocumentNode(content: .list(items), position: position)
    case .mapping(let mapping):
      refuse(tag: mapping.tag, at: position)
      let members = mapping.compactMap { key, value in
        member(key, value, depth: depth + 1)
      }
      return DocumentNode(content: .mapping(members), position: position)
    case .alias:
      add(position, "aliases are not supported", advice: "write the value out")
      return nil
    }
  }

  private mutating func converted(
    _ scalar: Node.Scalar, at position: DocumentNode.Position
  ) -> DocumentNode? {
    if scalar.style == .plain {
      if scalar.string.unicodeScalars.first == ampersand {
        add(position, "anchors are not supported", advice: "write the value out, or quote it")
      }
      refuse(tag: scalar.tag, at: position)
    }
    let content = DocumentNode.Content.scalar(
      restored(scalar.string), isPlain: scalar.style == .plain)
    return DocumentNode(content: content, position: position)
  }

  private mutating func member(
    _ key: Node, _ value: Node, depth: Int
  ) -> DocumentNode.Member? {
    guard let value = converted(value, depth: depth) else { return nil }
    guard case .scalar(let scalar) = key, let node = converted(scalar, at: value.position) else {
      add(value.position, "a key must be a word, not a list or a mapping")
      return nil
    }
    guard case .scalar(let word, _) = node.content else { return nil }
    let mark = key.mark
    let position = DocumentNode.Position(
      line: mark?.line ?? value.position.line, column: mark?.column ?? value.position.column)
    return DocumentNode.Member(key: word, position: position, value: value)
  }

  private mutating func refuse(tag: Tag, at position: DocumentNode.Position) {
    let name = tag.description
    guard !name.isEmpty, name != "!", !name.hasSuffix(":str") else { return }
    add(position, "the tag \(DocumentNode.shortened(name)) is not supported", advice: "remove it")
  }

  private func restored(_ text: String) -> String {
    Self.exchange(ampersand, for: "&", in: text)
  }

  private static func exchange(
    _ old: Unicode.Scalar, for new: Unicode.Scalar, in text: String
  ) -> String {
    guard text.unicodeScalars.contains(old) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(scalar == old ? new : scalar) }
    return String(result)
  }

  private mutating func add(
    _ position: DocumentNode.Position, _ message: String, advice: String? = nil
  ) {
    problems.append(
      TaskProblem(
        file: file, line: max(1, position.line), column: max(1, position.column),
        message: message, advice: advice))
  }

  private mutating func report(_ error: YamlError, in text: String) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      let words = [context.map(\.text), problem].compactMap { $0 }.joined(separator: ", ")
      add(
        .init(line: mark.line, column: mark.column), "the YAML cannot be read: \(words)",
        advice: advice(for: problem))
    case .composer(_, let problem, let mark, _):
      let alias = problem.contains("alias")
      add(
        .init(line: mark.line, column: mark.column),
        alias ? "aliases are not supported" : "a file must hold one document",
        advice: alias ? "write the value out, or quote it" : "remove the line ---")
    case .reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0)
      let line = before.count { $0.isNewline } + 1
      let column =
        before.count
        - (before.lastIndex { $0.isNewline }.map {
          before.distance(from: before.startIndex, to: $0) + 1
        } ?? 0) + 1
      add(.init(line: line, column: column), "the YAML cannot be read: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "\"\(DocumentNode.shortened(restored($0)))\"" }
      add(
        .init(line: context.mark.line, column: context.mark.column),
        "the key \(names.joined(separator: ", ")) stands twice in one mapping",
        advice: "keep one")
    default:
      add(.init(line: 1, column: 1), "the YAML cannot be read")
    }
  }

  private func advice(for problem: String) -> String? {
    if problem.contains("tab") || problem.contains("cannot start any token") {
      return "indent with spaces, and quote texts that begin with one of @ ` % * &"
    }
    if problem.contains("mapping values are not allowed") {
      return "quote texts that hold \": \", and check the indentation"
    }
    return nil
  }
}
