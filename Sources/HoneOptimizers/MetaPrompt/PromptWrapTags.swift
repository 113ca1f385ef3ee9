// SPDX-License-Identifier: Apache-2.0

/// The tags an optimizer model wraps its new prompt in.
enum PromptWrapTags {
  static let start = "<new_prompt>"
  static let end = "</new_prompt>"
  /// What stands in the format examples where the prompt goes.
  static let placeholder = "<PROMPT>"
}
