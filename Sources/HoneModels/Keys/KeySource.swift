// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Where a service's key comes from: an environment variable, or a command named by another.
///
/// For `OPENAI_API_KEY` the command stands in `OPENAI_API_KEY_COMMAND`; it is run once by `sh`
/// and prints the key. The variable itself wins.
struct KeySource: Sendable {
  /// The variables that may hold the key, the first one set wins.
  let variables: [String]

  /// The key, or nil when neither a variable nor a command is set.
  /// - Throws: `unusableModel` for a key no header can hold and for a command that fails.
  func key(
    in environment: [String: String],
    run: @Sendable (String) async throws -> KeyCommand.Ending
  ) async throws -> SecretKey? {
    for variable in variables {
      guard let text = environment[variable], !text.isEmpty else { continue }
      guard let key = SecretKey(text) else {
        throw ModelError(
          .unusableModel,
          "the variable \(variable) holds characters that no key has; set it to the key alone")
      }
      return key
    }
    for variable in variables.map({ $0 + "_COMMAND" }) {
      guard let command = environment[variable], !command.isEmpty else { continue }
      let ending = try await run(command)
      guard ending.code == 0 else {
        throw ModelError(
          .unusableModel,
          "the command in \(variable) ended with code \(ending.code) where 0 is required; "
            + "run it by hand to see why")
      }
      guard let key = SecretKey(ending.output) else {
        throw ModelError(
          .unusableModel, "the command in \(variable) printed no key; it must print the key alone")
      }
      return key
    }
    return nil
  }
}
