// SPDX-License-Identifier: Apache-2.0

/// The chat in which a prompter is asked for a rewrite, in training and in use alike.
public struct PrompterChat: Sendable, Hashable, Codable {
  /// What the prompter is told to do; empty for a model that answers prompts itself.
  public var instruction: String

  /// Creates a chat form.
  public init(
    instruction: String = "Rewrite the user's prompt so that a language model answers it better. "
      + "Keep its meaning. Answer with the rewritten prompt only."
  ) {
    self.instruction = instruction
  }

  /// What the prompter reads for a user's prompt.
  public func input(for prompt: String) -> ModelInput {
    instruction.isEmpty
      ? .chat([Message(.user, prompt)])
      : .chat([Message(.system, instruction), Message(.user, prompt)])
  }
}
