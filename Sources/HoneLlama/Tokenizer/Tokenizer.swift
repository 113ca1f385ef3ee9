// SPDX-License-Identifier: Apache-2.0

import CLlama
import HoneCore

/// A token's number in the model's vocabulary.
typealias Token = llama_token

/// Turns text into a model's tokens and tokens into bytes.
struct Tokenizer: Sendable {
  let weights: Weights

  /// The tokens of a text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - marksUp: Whether names of control tokens in the text, such as those that a chat template
  ///     writes, become these tokens; if not they are read as plain text.
  ///   - keepsEnd: Whether an end token that some vocabularies add stays.
  ///   - begins: Whether the text is the beginning of what the model reads.
  /// - Returns: The tokens, after those that the model's texts begin with.
  /// - Throws: `tooLong` for a text beyond what the library can count.
  func tokens(
    of text: String, marksUp: Bool, keepsEnd: Bool = false, begins: Bool = true
  ) throws(ModelError) -> [Token] {
    var text = text
    var tokens: [Token] = []
    var needed: Int32 = 0
    text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { bytes in
        guard let length = Int32(exactly: bytes.count), length < .max / 2 else {
          needed = .min
          return
        }
        var room = length + 8
        repeat {
          tokens = [Token](unsafeUninitializedCapacity: Int(room)) { buffer, count in
            needed = llama_tokenize(
              weights.vocabulary, bytes.baseAddress ?? Self.nothing, length, buffer.baseAddress,
              room, begins, marksUp)
            count = max(0, Int(needed))
          }
          guard needed < 0, needed != .min, -needed > room else { break }
          room = -needed
        } while true
      }
    }
    guard needed >= 0 else {
      throw ModelError(
        .tooLong, "A text of \(text.utf8.count) bytes cannot be turned into tokens; shorten it.")
    }
    // A request's text ends where the model goes on, so an end token would be wrong there.
    if !keepsEnd, llama_vocab_get_add_eos(weights.vocabulary),
      tokens.last == llama_vocab_eos(weights.vocabulary), tokens.count > 1
    {
      tokens.removeLast()
    }
    return tokens
  }

  /// Appends a token's bytes; control tokens have none.
  func appendBytes(of token: Token, to bytes: inout [UInt8]) {
    var room = 32
    while true {
      let written = withUnsafeTemporaryAllocation(of: CChar.self, capacity: room) { buffer in
        let count = llama_token_to_piece(
          weights.vocabulary, token, buffer.baseAddress, Int32(room), 0, false)
        if count > 0 {
          for index in 0..<min(Int(count), room) {
            bytes.append(UInt8(bitPattern: buffer[index]))
          }
        }
        return Int(count)
      }
      guard written < 0, -written > room else { return }
      room = -written
    }
  }

  /// Whether a token ends the model's turn.
  func endsTurn(_ token: Token) -> Bool {
    llama_vocab_is_eog(weights.vocabulary, token)
  }

  private static var nothing: UnsafePointer<CChar> {
    UnsafePointer(bitPattern: MemoryLayout<CChar>.alignment).unsafelyUnwrapped
  }
}
