// SPDX-License-Identifier: Apache-2.0

extension Stage {
  /// The model's input for the values of the stage's inputs, under a prompt.
  ///
  /// Values of other names are not shown.
  /// - Throws: ``SlotTemplateError`` when an input has no value.
  public func input(
    _ prompt: Prompt, _ values: [String: String]
  ) throws(SlotTemplateError) -> ModelInput {
    guard let call = under(prompt).call else { return try prompt.render(values) }
    return try TypedInput(call: call, prompt: prompt).input(values)
  }

  /// The stage with the format that a prompt chose, where it chose one.
  public func under(_ prompt: Prompt) -> Stage {
    guard let format = prompt.format, call != nil else { return self }
    var stage = self
    stage.call?.format = format
    return stage
  }

  /// The stop texts of a request beside the task's.
  public var stops: [String] { call?.format == .completion ? ["\n\n"] : [] }

  /// The input for an example, with the field's name in braces where a value is not known.
  ///
  /// It shows the messages of a stage before the stages before it have run.
  /// - Throws: ``SlotTemplateError``, for an ordinary prompt with a slot that is no input.
  public func preview(
    _ prompt: Prompt, _ values: [String: String]
  ) throws(SlotTemplateError) -> ModelInput {
    var shown = values
    for name in inputs where shown[name] == nil { shown[name] = "{\(name)}" }
    return try input(prompt, shown)
  }
}
