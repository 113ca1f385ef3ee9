// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A token that stands for itself wherever its text is found.
struct AddedToken: Sendable, Hashable {
  var text: String
  var id: Int32
  /// Whether it steers the model and is no text to show.
  var isControl: Bool
  /// Whether it takes the blanks before it.
  var stripsLeft = false
  /// Whether it takes the blanks after it.
  var stripsRight = false
}

/// The reading of the parts of a `tokenizer.json`.
struct TokenizerReading {
  let root: [String: Any]
  let model: [String: Any]
  let path: String

  private static let mostTokens = 1 << 22

  private func bad(_ words: String) -> TrainingError {
    TrainingError(.badModel, "\(path) \(words)")
  }

  /// Whether texts are composed first.
  func composes() throws(TrainingError) -> Bool {
    guard let normalizer = root["normalizer"] as? [String: Any] else { return false }
    let type = normalizer["type"] as? String ?? "none"
    guard type == "NFC" else {
      throw bad("normalizes texts by “\(type.prefix(40))”; nothing and NFC are read.")
    }
    return true
  }

  /// How blanks are marked in a tokenizer of SentencePiece's pairs.
  func blankMarking() throws(TrainingError) -> TextNormalization {
    var result = TextNormalization()
    for step in steps(root["normalizer"], of: "normalizers") {
      let content = (step["pattern"] as? [String: Any])?["String"] as? String
      switch step["type"] as? String ?? "none" {
      case "Prepend" where step["prepend"] as? String == TextNormalization.blank:
        result.beginning = .everyPart
      case "Replace"
      where content == " " && step["content"] as? String == TextNormalization.blank:
        result.marksBlanks = true
      case "NFC": result.composes = true
      case let type:
        throw bad("normalizes texts by “\(type.prefix(40))” in a way that is not read.")
      }
    }
    for step in steps(root["pre_tokenizer"], of: "pretokenizers") {
      let pattern = (step["pattern"] as? [String: Any])?["String"] as? String
      switch step["type"] as? String ?? "none" {
      // Cuts after blanks, of which none is left.
      case "Split" where pattern == " " && result.marksBlanks: break
      case "Metaspace" where step["split"] as? Bool == false:
        result.marksBlanks = true
        switch step["prepend_scheme"] as? String ?? "always" {
        case "never": break
        case "first": result.beginning = .text
        case let scheme: throw bad("marks beginnings in the way “\(scheme.prefix(40))”.")
        }
      case let type: throw bad("cuts texts by “\(type.prefix(40))” in a way that is not read.")
      }
    }
    guard result.marksBlanks else { throw bad("does not write blanks as ▁.") }
    return result
  }

  /// The parts of a step of the file, one or a sequence.
  private func steps(_ value: Any?, of name: String) -> [[String: Any]] {
    guard let step = value as? [String: Any] else { return [] }
    return step["type"] as? String == "Sequence" ? step[name] as? [[String: Any]] ?? [] : [step]
  }

  /// Tokens that stand for themselves.
  func added() throws(TrainingError) -> [AddedToken] {
    var result: [AddedToken] = []
    for (index, entry) in (root["added_tokens"] as? [Any] ?? []).enumerated() {
      guard let members = entry as? [String: Any], let text = members["content"] as? String,
        !text.isEmpty, let id = members["id"] as? Int, id >= 0, id < Self.mostTokens
      else { throw bad("has an added token (number \(index)) without a “content” and an “id”.") }
      result.append(
        AddedToken(
          text: text, id: Int32(id), isControl: members["special"] as? Bool ?? false,
          stripsLeft: members["lstrip"] as? Bool ?? false,
          stripsRight: members["rstrip"] as? Bool ?? false))
    }
    return result
  }

  /// How texts are cut before merging.
  func splitter() throws(TrainingError) -> TextSplitter {
    guard let first = root["pre_tokenizer"] as? [String: Any] else {
      throw bad("cuts texts in no way; a byte-level tokenizer needs a “pre_tokenizer”.")
    }
    let isSequence = first["type"] as? String == "Sequence"
    let parts = isSequence ? first["pretokenizers"] as? [[String: Any]] ?? [] : [first]
    var splitter = TextSplitter(pattern: .gpt2)
    var hasPattern = false
    var isByteLevel = false
    for part in parts {
      switch part["type"] as? String ?? "none" {
      case "Digits" where part["individual_digits"] as? Bool == true && !hasPattern:
        splitter.cutsDigits = true
      case "Split" where !hasPattern:
        splitter.pattern = try pattern(part)
        hasPattern = true
      case "ByteLevel" where part["add_prefix_space"] as? Bool != true:
        isByteLevel = true
        let usesPattern = part["use_regex"] as? Bool ?? true
        guard usesPattern != hasPattern else {
          throw bad("cuts texts by two patterns, or by none.")
        }
      case let type: throw bad("cuts texts by “\(type.prefix(40))” in a way that is not read.")
      }
    }
    guard isByteLevel else { throw bad("is not byte-level.") }
    return splitter
  }

  private func pattern(_ part: [String: Any]) throws(TrainingError) -> TextSplitter.Pattern {
    let text = (part["pattern"] as? [String: Any])?["Regex"] as? String ?? ""
    guard let pattern = TextSplitter.Pattern(rawValue: text),
      part["behavior"] as? String == "Isolated", part["invert"] as? Bool != true
    else { throw bad("cuts texts by the pattern “\(text.prefix(120))”, which is not known here.") }
    return pattern
  }

  /// The tokens by their numbers, with those that were added.
  func vocabulary(
    beside added: [AddedToken]
  ) throws(TrainingError) -> [String] {
    guard let table = model["vocab"] as? [String: Int], !table.isEmpty else {
      throw bad("has no “vocab” of texts and numbers.")
    }
    let last = max(table.values.max() ?? 0, added.map { Int($0.id) }.max() ?? 0)
    guard table.values.allSatisfy({ $0 >= 0 }), last < Self.mostTokens else {
      throw bad("numbers its tokens outside 0…\(Self.mostTokens).")
    }
    var tokens = [String](repeating: "", count: last + 1)
    for (token, number) in table {
      guard tokens[number].isEmpty else { throw bad("has two tokens of the number \(number).") }
      tokens[number] = token
    }
    for entry in added { tokens[Int(entry.id)] = entry.text }
    return tokens
  }

  /// The merges, each written as a text with a blank or as a list of two.
  func merges() throws(TrainingError) -> [(left: String, right: String)] {
    var merges: [(left: String, right: String)] = []
    for (index, entry) in (model["merges"] as? [Any] ?? []).enumerated() {
      var parts = entry as? [String] ?? []
      if let text = entry as? String {
        parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      }
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw bad("has a merge (number \(index)) that is not of two parts.")
      }
      merges.append((parts[0], parts[1]))
    }
    return merges
  }

  /// The pieces of a unigram tokenizer.
  func pieces() throws(TrainingError) -> [(text: String, score: Double)] {
    let pre = root["pre_tokenizer"] as? [String: Any]
    let scheme = pre?["prepend_scheme"] as? String ?? "always"
    guard pre?["type"] as? String == "Metaspace", scheme == "always",
      pre?["replacement"] as? String ?? "\u{2581}" == "\u{2581}", pre?["split"] as? Bool != false
    else {
      throw bad(
        "does not write blanks as ▁ before every word; other unigram tokenizers are not read.")
    }
    if model["byte_fallback"] as? Bool == true {
      throw bad("falls back to bytes, which is not read; take a GGUF file.")
    }
    var pieces: [(text: String, score: Double)] = []
    for (index, entry) in (model["vocab"] as? [Any] ?? []).enumerated() {
      guard let pair = entry as? [Any], pair.count == 2, let text = pair[0] as? String,
        let score = (pair[1] as? NSNumber)?.doubleValue, score.isFinite
      else { throw bad("has a piece (number \(index)) that is not a text and a number.") }
      pieces.append((text, score))
    }
    guard !pieces.isEmpty else { throw bad("has no “vocab” of pieces.") }
    return pieces
  }
}
