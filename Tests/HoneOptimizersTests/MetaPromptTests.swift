// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

struct MetaPromptTests {
  private func metaPrompt(
    refinement: any Refinement = .generate, stepSize: Int? = 45
  ) throws -> MetaPrompt {
    let task = try task()
    let rows = [Example(id: "r:1", fields: ["input": "a joy"], references: ["positive"])]
    let prompt = try #require(Candidate(seedOf: task.program).prompt)
    let excerpt = TrajectoryExcerpt(
      entries: [scored("Judge it.", 0.305, task: task), scored("Sentiment:", 0.78, task: task)],
      order: "from the lowest score to the highest")
    return MetaPrompt(
      task: task.description, trajectory: excerpt,
      current: CurrentPromptFacts(instruction: "Sentiment:", score: 0.78),
      examples: FormatExamples(rows: rows, prompt: prompt), refinement: refinement,
      stepSize: stepSize, maxWords: 200)
  }

  @Test("The whole meta-prompt reads as written here")
  func golden() throws {
    #expect(
      try metaPrompt().text == """
        You write prompts for a language model. A prompt takes the place of <PROMPT> in every example \
        of a task and should lead the model to the right answer.
        The task: Decide whether a movie review is positive or negative.

        These prompts were tried, from the lowest score to the highest. A score is a whole number from \
        0 to 100; 100 means that every answer was right.

        Prompt: Judge it.
        Score: 31

        Prompt: Sentiment:
        Score: 78

        The current prompt is: Sentiment:
        Its score: 78

        Here is how examples read. <PROMPT> marks where the prompt is put in. An answer of the model \
        that differs from the expected answer counts as wrong.

        Input:
        Review: a joy
        <PROMPT>
        Expected answer: positive

        Consider what made the earlier prompts score well or badly. Then write a new prompt that \
        scores higher. It will stand at the end of the text, and the model writes on from there.

        Change at most 45 words of the current prompt. The new prompt may have 200 words at most.

        Write <new_prompt> before the new prompt and </new_prompt> after it, and nothing else.
        """)
  }

  @Test("Editing asks for a change, and without a step size no limit on changes is given")
  func variants() throws {
    let text = try metaPrompt(refinement: .edit, stepSize: nil).text
    #expect(text.contains("change the current prompt"))
    #expect(!text.contains("Change at most"))
    #expect(text.contains("at most"))
  }

  @Test("Sections without content are left out")
  func empty() throws {
    let meta = MetaPrompt(
      task: " ", trajectory: TrajectoryExcerpt(),
      current: CurrentPromptFacts(instruction: "Think."),
      examples: FormatExamples(
        rows: [], prompt: Prompt(instruction: "", question: try SlotTemplate("{input}"))),
      refinement: .generate, stepSize: nil, maxWords: 9)
    #expect(!meta.text.contains("task:"))
    #expect(!meta.text.contains("score:"))
    #expect(!meta.text.contains("\n\n\n"))
    #expect(meta.text.contains("before the question"))
  }
}
