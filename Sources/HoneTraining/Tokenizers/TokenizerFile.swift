// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A tokenizer as `tokenizer.json` describes it.
///
/// Byte-level byte-pair tokenizers with the patterns of ``TextSplitter``, and SentencePiece's with ▁ for
/// blanks, of pairs or unigrams, are read; what a file asks for beyond that is refused by name, not
/// passed over.
public struct TokenizerFile: Sendable {
  /// What turns text into tokens.
  enum Kind: Sendable {
    case bytePair(BytePairTokenizer)
    case sentencePair(SentencePairTokenizer)
    case unigram(UnigramTokenizer)
  }

  let kind: Kind
  /// What is done to texts first.
  let normalization: TextNormalization
  /// Texts that are tokens of their own wherever they stand, the longest first.
  let added: [AddedToken]
  /// All tokens by their numbers; empty where a number has none.
  let tokens: [String]
  /// The pairs that are merged, in order; empty for a unigram tokenizer.
  let merges: [String]
  /// How texts are cut before merging; nil where they are not.
  let splitter: TextSplitter?
  /// What stands for unknown characters, or nil.
  let unknown: String?

  /// Reads a file.
  /// - Throws: ``TrainingError`` of kind `disk` or `badModel`.
  public init(_ file: URL) throws(TrainingError) {
    guard let data = try? Data(contentsOf: file) else {
      throw TrainingError(.disk, "\(file.path) cannot be read.")
    }
    try self.init(data, path: file.path)
  }

  /// Reads the bytes of a file.
  init(_ data: Data, path: String) throws(TrainingError) {
    guard let object = try? JSONSerialization.jsonObject(with: data),
      let root = object as? [String: Any], let model = root["model"] as? [String: Any]
    else { throw TrainingError(.badModel, "\(path) is no JSON object with a “model”.") }
    let reading = TokenizerReading(root: root, model: model, path: path)
    let added = try reading.added()
    let type = model["type"] as? String ?? "BPE"
    let isSentencePair = type == "BPE" && model["byte_fallback"] as? Bool == true
    normalization =
      isSentencePair
      ? try reading.blankMarking() : TextNormalization(composes: try reading.composes())
    unknown = model["unk_token"] as? String
    switch type {
    case "BPE":
      let splitter = isSentencePair ? nil : try reading.splitter()
      let vocabulary = try reading.vocabulary(beside: added)
      let merges = try reading.merges()
      if let splitter {
        kind = .bytePair(
          try BytePairTokenizer(
            tokens: vocabulary, merges: merges, splitter: splitter,
            takesWhole: model["ignore_merges"] as? Bool ?? false))
      } else {
        kind = .sentencePair(
          try SentencePairTokenizer(tokens: vocabulary, merges: merges, unknown: unknown))
      }
      self.merges = merges.map { "\($0.left) \($0.right)" }
      self.splitter = splitter
      tokens = vocabulary
    case "Unigram":
      let pieces = try reading.pieces()
      kind = .unigram(
        try UnigramTokenizer(pieces: pieces, unknown: model["unk_id"] as? Int ?? 0))
      merges = []
      splitter = nil
      tokens = pieces.map(\.text)
    default:
      throw TrainingError(
        .badModel,
        "\(path) is a tokenizer of the kind \(type.prefix(40)); BPE and Unigram are read.")
    }
    self.added = added.sorted { ($1.text.utf8.count, $0.id) < ($0.text.utf8.count, $1.id) }
  }

  /// The tokens of a text, without those that a model's texts begin or end with.
  /// - Parameters:
  ///   - text: The text.
  ///   - marksUp: Whether tokens that were added, such as those of a chat, are looked for in it.
  /// - Returns: The tokens.
  public func tokens(of text: String, marksUp: Bool = true) -> [Int32] {
    guard marksUp, !added.isEmpty else { return plain(text, isFirst: true) }
    var tokens: [Int32] = []
    var rest = Substring(text)
    func take(upTo end: String.Index) {
      tokens += plain(String(rest[..<end]), isFirst: rest.startIndex == text.startIndex)
    }
    while let (range, id) = firstAdded(in: rest) {
      take(upTo: range.lowerBound)
      tokens.append(id)
      rest = rest[range.upperBound...]
    }
    take(upTo: rest.endIndex)
    return tokens
  }

  /// The first of all added tokens that stand in a text, with the blanks it swallows; at one place the
  /// longest.
  private func firstAdded(in text: Substring) -> (Range<String.Index>, id: Int32)? {
    var first: (range: Range<String.Index>, entry: AddedToken)?
    for entry in added {
      guard let range = text.range(of: entry.text, options: .literal) else { continue }
      if range.lowerBound < first?.range.lowerBound ?? text.endIndex { first = (range, entry) }
    }
    guard let (range, entry) = first else { return nil }
    var (start, end) = (range.lowerBound, range.upperBound)
    if entry.stripsLeft {
      while start > text.startIndex, text[text.index(before: start)].isWhitespace {
        start = text.index(before: start)
      }
    }
    if entry.stripsRight {
      while end < text.endIndex, text[end].isWhitespace { end = text.index(after: end) }
    }
    return (start..<end, entry.id)
  }

  private func plain(_ text: String, isFirst: Bool) -> [Int32] {
    let text = normalization.applied(to: text, isFirst: isFirst)
    return switch kind {
    case .bytePair(let tokenizer): tokenizer.tokens(of: text)
    case .sentencePair(let tokenizer): tokenizer.tokens(of: text)
    case .unigram(let tokenizer): tokenizer.tokens(of: text)
    }
  }
}
