// SPDX-License-Identifier: Apache-2.0

extension TaskTemplate {
  /// The commented task file, to be written into the data file's folder.
  ///
  /// `schema` is where editors find the JSON Schema; `dataPath` is the way to the data file from a
  /// task file in another folder.
  public func text(schema: String = "task.schema.json", dataPath: String? = nil) -> String {
    let inputList = inputs.map { YAMLScalar.written($0) }.joined(separator: ", ")
    let question = inputs.map { inputs.count == 1 ? "{\($0)}" : "\($0): {\($0)}" }
    return """
      # yaml-language-server: $schema=\(schema)
      # A task for hone. Check it with hone check, then run hone optimize.
      name: \(YAMLScalar.written(name))
      # What the task is, in a sentence or two; proposers of new prompts read it.
      description: \(YAMLScalar.written(guess.description(answerField: answerField)))

      data:
        file: \(YAMLScalar.written(dataPath ?? fileName))
        # train is learnt from, dev compares prompts, test is opened once, at the end.
        # Percentages or numbers of rows. Or name three files: train, dev and test.
        split: \(split)

      # The fields that the prompt may show.
      inputs: [\(inputList)]

      answer:
        # The field with the right answer, or with a list of acceptable ones.
        field: \(YAMLScalar.written(answerField))
      \(guess.lines)

      prompt:
        # The part that is searched. Start with the prompt you have.
        instruction: \(YAMLScalar.written(guess.instruction))
        # before-question, after-question, system, or raw with a template to complete.
        layout: before-question
        # How a row is shown.
        question: \(YAMLScalar.quoted(question.joined(separator: "\n")))

      # How an answer is scored: a word, or a mapping such as {regex: '^yes'}.
      metric: \(guess.metric)

      models:
        # The model whose prompt is improved; hone models list shows what there is.
        task: \(TaskKeys.defaultModel)
        # The model that writes new prompts, if it is another one.
        # optimizer: NAME

      optimizer: gpo
      # Limits over all models: calls, tokens (2M), time (30m), money ($5).
      budget: {calls: 5000}
      # The same seed gives the same splits and the same run.
      seed: 1
      # generation: {max-tokens: 64, temperature: 0}

      """
  }

  private var split: String {
    // Percentages of very few rows would leave a part empty.
    guard (3..<10).contains(rowCount) else { return "{train: 40%, dev: 30%, test: 30%}" }
    let third = rowCount / 3
    return "{train: \(rowCount - 2 * third), dev: \(third), test: \(third)}"
  }
}
