// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A file of the Hugging Face hub, written `hf:OWNER/REPO/FILE.gguf`.
struct HubAddress: Sendable, Hashable {
  static let prefix = "hf:"

  let owner: String
  let repository: String
  /// The path in the repository, which may have folders.
  let file: String

  init(_ text: String) throws(ModelFileError) {
    let parts = text.dropFirst(Self.prefix.count).split(
      separator: "/", omittingEmptySubsequences: false)
    // The characters the hub allows in names; also keeps the address free of escapes.
    let valid = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".."
        && part.utf8.allSatisfy { byte in
          switch byte {
          case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x2D, 0x5F: true
          default: false
          }
        }
    }
    guard text.hasPrefix(Self.prefix), parts.count >= 3, valid, text.hasSuffix(".gguf") else {
      throw ModelFileError(
        .badName,
        "“\(text)” is not an address of a GGUF file. It has the form hf:OWNER/REPO/FILE.gguf, such "
          + "as hf:Qwen/Qwen2.5-0.5B-Instruct-GGUF/qwen2.5-0.5b-instruct-q8_0.gguf.")
    }
    owner = String(parts[0])
    repository = String(parts[1])
    file = parts.dropFirst(2).joined(separator: "/")
  }

  var text: String { "\(Self.prefix)\(owner)/\(repository)/\(file)" }

  /// The name the model gets unless told otherwise: the file's, without its ending, in lower case.
  var modelName: String {
    String((file.split(separator: "/").last ?? "").dropLast(".gguf".count)).lowercased()
  }

  /// The name of a file that grows while this address is fetched; another address has another one,
  /// so that a download never goes on from the beginning of a different file.
  var partialName: String { "hub-\(StableHash.hex(text)).gguf" }

  func url(on hub: URL) -> URL {
    hub.appending(path: "\(owner)/\(repository)/resolve/main/\(file)")
  }
}
