// SPDX-License-Identifier: Apache-2.0

import CLlama
import Foundation
import HoneCore

/// The form in which a model reads a chat, taken from its file.
///
/// llama.cpp knows the common forms by recognizing their template. A file without a template
/// belongs to a base model, for which a chat is written as plain text: each turn's content as a
/// paragraph, and the answer follows after an empty line. A template that is there but not
/// recognized is an error, since a guessed form would give answers of the wrong model.
struct ChatTemplate: Sendable {
  /// The template's source, or nil for a base model.
  let source: String?
  /// What the template says first when a chat has no system message, or nil.
  let defaultSystem: String?

  /// Reads the template of a model.
  init(weights: Weights) {
    self.init(source: llama_model_chat_template(weights.pointer, nil).map { String(cString: $0) })
  }

  /// Takes a template's source.
  init(source: String?) {
    self.source = source.flatMap { $0.isEmpty ? nil : $0 }
    defaultSystem = self.source.flatMap(Self.defaultSystem(in:))
  }

  /// Whether chats become the model's own marked-up form, not plain text.
  var marksUp: Bool { source != nil }

  /// The text of a chat, ready for the assistant's turn.
  ///
  /// A last message from the assistant is left open, so that the model goes on with it.
  func text(of messages: [Message]) throws(ModelError) -> String {
    guard !messages.isEmpty else {
      throw ModelError(.unsupported, "A chat needs at least one message, this one has none.")
    }
    guard let source else { return messages.map(\.content).joined(separator: "\n\n") + "\n\n" }
    var messages = messages
    if let defaultSystem, messages[0].role != .system {
      messages.insert(Message(.system, defaultSystem), at: 0)
    }
    var opening = ""
    if let last = messages.last, last.role == .assistant {
      opening = last.content
      messages.removeLast()
    }
    return try Self.apply(source, to: messages) + opening
  }

  private static func apply(_ source: String, to messages: [Message]) throws(ModelError) -> String {
    // The library reads C strings, so a NUL would end a message early.
    if messages.contains(where: { $0.content.utf8.contains(0) }) {
      throw ModelError(.unsupported, "A message holds the character U+0000; remove it.")
    }
    let strings = messages.flatMap { [strdup($0.role.rawValue), strdup($0.content)] }
    defer { strings.forEach { free($0) } }
    let chat = stride(from: 0, to: strings.count, by: 2).map {
      llama_chat_message(role: strings[$0], content: strings[$0 + 1])
    }
    var room = messages.reduce(512) { $0 + 2 * $1.content.utf8.count }
    while room < Int(Int32.max) {
      var bytes = [UInt8](repeating: 0, count: room)
      let length = bytes.withUnsafeMutableBytes { buffer in
        Int(
          llama_chat_apply_template(
            source, chat, chat.count, true, buffer.bindMemory(to: CChar.self).baseAddress,
            Int32(buffer.count)))
      }
      if length < 0 {
        throw ModelError(
          .unsupported,
          "The model's chat template is none that llama.cpp \(LlamaLibrary.version) knows."
            + " Use a raw text prompt (layout `text`) or a model with a common template.")
      }
      if length <= room { return String(decoding: bytes[..<length], as: UTF8.self) }
      room = length
    }
    throw ModelError(.tooLong, "A chat of more than 2 GB is too long; shorten it.")
  }

  /// The system message that a template of the ChatML kind writes when a chat has none.
  ///
  /// llama.cpp recognizes templates but does not run them, so this one habit is read from the
  /// source: a literal that holds a whole system turn, guarded by a test of the first role.
  private static func defaultSystem(in source: String) -> String? {
    guard source.contains("messages[0]['role'] != 'system'") else { return nil }
    for newline in ["\n", "\\n"] {
      guard let start = source.range(of: "'<|im_start|>system" + newline),
        let end = source.range(
          of: "<|im_end|>" + newline + "'", range: start.upperBound..<source.endIndex)
      else { continue }
      let content = source[start.upperBound..<end.lowerBound]
      return content.contains("'") ? nil : String(content)
    }
    return nil
  }
}
