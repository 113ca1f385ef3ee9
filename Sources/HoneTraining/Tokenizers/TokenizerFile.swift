// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A tokenizer as `tokenizer.json` describes it.
///
/// Byte-level byte-pair tokenizers with the patterns of ``TextSplitter`` and unigram tokenizers with
/// ▁ for blanks are read; what a file asks for beyond that is refused by name, not passed over.
public struct TokenizerFile: Sendable {
  /// What turns text into tokens.
  enum Kind: Sendable {
    case bytePair(BytePairTokenizer)
    case unigram(UnigramTokenizer)
  }

  let kind: Kind
  /// Whether texts are brought to Unicode's composed form first.
  let composes: Bool
  /// Texts that are tokens of their own wherever they stand, the longest first.
  let added: [AddedToken]
  /// All tokens by their numbers; empty where a number has none.
  let tokens: [String]
  /// The pairs that are merged, in order; empty for a unigram tokenizer.
  let merges: [String]
  /// How texts are cut; nil for a unigram tokenizer.
  let splitter: TextSplitter?

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
    composes = try reading.composes()
    let added = try reading.added()
    switch model["type"] as? String ?? "BPE" {
    case "BPE":
      let splitter = try reading.splitter()
      let vocabulary = try reading.vocabulary(beside: added)
      let merges = try reading.merges()
      kind = .bytePair(
        try BytePairTokenizer(
          tokens: vocabulary, merges: merges, splitter: splitter,
          takesWhole: model["ignore_merges"] as? Bool ?? false))
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
    case let type:
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
    guard marksUp, !added.isEmpty else { return plain(text) }
    var tokens: [Int32] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      // The first of all added tokens that stand in the text; at one place the longest.
      var first: (range: Range<String.Index>, id: Int32)?
      for entry in added {
        guard let range = rest.range(of: entry.text, options: .literal) else { continue }
        if range.lowerBound < first?.range.lowerBound ?? rest.endIndex { first = (range, entry.id) }
      }
      guard let first else { return tokens + plain(String(rest)) }
      tokens += plain(String(rest[..<first.range.lowerBound])) + [first.id]
      rest = rest[first.range.upperBound...]
    }
    return tokens
  }

  private func plain(_ text: String) -> [Int32] {
    let text = composes ? text.precomposedStringWithCanonicalMapping : text
    return switch kind {
    case .bytePair(let tokenizer): tokenizer.tokens(of: text)
    case .unigram(let tokenizer): tokenizer.tokens(of: text)
    }
  }
}
