// SPDX-License-Identifier: Apache-2.0

extension MistakeTests {
  static let keyMistakes = [
    Mistake(
      "budget:", "Budjet:",
      """
      task.yaml:16:1: unknown key "Budjet"; did you mean "budget"?
      """),
    Mistake(
      "budget:", "zzz:",
      """
      task.yaml:16:1: unknown key "zzz"; there are name, description, data, inputs, \
      answer, prompt, program, metric, models, optimizer, budget, seed, generation
      """),
    Mistake(
      "calls: 100", "call: 100",
      """
      task.yaml:16:10: budget: unknown key "call"; did you mean "calls"?
      """),
    Mistake(
      "calls: 100", "calls: 0",
      """
      task.yaml:16:17: budget.calls: must be a whole number from 1, such as 5000, 5k or \
      2M, not 0
      """),
    Mistake(
      "calls: 100", "calls: 1.5",
      """
      task.yaml:16:17: budget.calls: must be a whole number from 1, such as 5000, 5k or \
      2M, not 1.5
      """),
    Mistake(
      "calls: 100", "money: 5 EUR",
      """
      task.yaml:16:17: budget.money: must be an amount of US dollars above 0, such as 5, \
      $5 or 0.50 USD, not the text "5 EUR"
      """),
    Mistake(
      "calls: 100", "time: 1x",
      """
      task.yaml:16:16: budget.time: must be a time with units, such as 90s, 30m, 2h or 1h \
      30m, not the text "1x"
      """),
    Mistake(
      "name: reviews", "name: [a]",
      """
      task.yaml:1:7: name: must be a text, not a list
      """),
    Mistake(
      "name: reviews", "name:",
      """
      task.yaml:1:6: name: must be a text, not nothing
      """),
    Mistake(
      "name: reviews\n", "",
      """
      task.yaml:1:1: name: is required and missing; it must be a text
      """),
    Mistake(
      "optimizer: gpo", "optimizer: gop",
      """
      task.yaml:15:12: optimizer: there is no optimizer "gop"; did you mean "gpo"?
      """),
    Mistake(
      "optimizer: gpo", "optimizer: {name: gpo, kk: 3}",
      """
      task.yaml:15:24: optimizer: unknown key "kk"; did you mean "k"?
      """),
    Mistake(
      "optimizer: gpo", "optimizer: {name: gpo, k: 300}",
      """
      task.yaml:15:27: optimizer.k: must be a whole number from 0 to 20, not 300
      """),
    Mistake(
      "optimizer: gpo", "optimizer: {name: gpo, step-size: cosin}",
      """
      task.yaml:15:35: optimizer.step-size: must be one of none, fixed, cosine, not the \
      text "cosin"; did you mean "cosine"?
      """),
    Mistake(
      "optimizer: gpo", "optimizer: {k: 3}",
      """
      task.yaml:15:12: optimizer: must be an optimizer's name, or a mapping of name and \
      settings, not a mapping
      """),
    Mistake(
      "optimizer: gpo", "seed: 1e3",
      """
      task.yaml:15:7: seed: must be a whole number from 0, not 1e3
      """),
    Mistake(
      "optimizer: gpo", "seed: 99999999999999999999999",
      """
      task.yaml:15:7: seed: must be a whole number from 0, not 99999999999999999999999
      """),
    Mistake(
      "optimizer: gpo", "generation: {max_tokens: 3}",
      """
      task.yaml:15:14: generation: unknown key "max_tokens"; did you mean "max-tokens"?
      """),
    Mistake(
      "optimizer: gpo", "generation: {full-responses: yes}",
      """
      task.yaml:15:30: generation.full-responses: must be true or false, not the text \
      "yes"
      """),
    Mistake(
      "optimizer: gpo", "generation: {temperature: .nan}",
      """
      task.yaml:15:27: generation.temperature: must be a number from 0 to 2, not the text \
      ".nan"
      """),
    Mistake(
      "optimizer: gpo", "generation: {stop: {}}",
      """
      task.yaml:15:20: generation.stop: must be a text, or a list of texts, not an empty \
      mapping
      """),
  ]

  static let answerMistakes = [
    Mistake(
      "  labels: [good, bad]\n", "",
      """
      task.yaml:8:3: answer.labels: is required and missing for kind label; list the \
      labels
      """),
    Mistake(
      "[good, bad]", "good, bad",
      """
      task.yaml:10:11: answer.labels: must be a list of texts, not the text "good, bad"; \
      write it in brackets
      """),
    Mistake(
      "[good, bad]", "[]",
      """
      task.yaml:10:11: answer.labels: must be a list of texts, not an empty list
      """),
    Mistake(
      "[good, bad]", "[good, bad, Bad]",
      """
      task.yaml:10:23: answer.labels[2]: the label "Bad" stands twice; labels that differ \
      only in case are one
      """),
    Mistake(
      "[good, bad]", "[good, bed]",
      """
      reviews.csv:3: label: the answer "bad" is not one of the labels; did you mean "bed"?
      reviews.csv:5: label: the answer "bad" is not one of the labels; did you mean "bed"?
      reviews.csv:7: label: the answer "bad" is not one of the labels; did you mean "bed"?
      """),
    Mistake(
      "kind: label", "kind: yes-no",
      """
      task.yaml:10:3: answer.labels: goes with kind label only, not with yes-no; remove \
      it, or write kind: label
      reviews.csv:2: label: the answer must be yes or no, not "good"
      reviews.csv:3: label: the answer must be yes or no, not "bad"
      reviews.csv:4: label: the answer must be yes or no, not "good"
      reviews.csv:5: label: the answer must be yes or no, not "bad"
      reviews.csv:6: label: the answer must be yes or no, not "good"
      reviews.csv:7: label: the answer must be yes or no, not "bad"
      """),
    Mistake(
      "field: label", "field: lable",
      """
      task.yaml:8:10: answer.field: reviews.csv has no field "lable"; did you mean \
      "label"?
      """),
    Mistake(
      "  field: label\n", "",
      """
      task.yaml:8:3: answer.field: is required and missing; the metric compares with it; \
      name the field that holds the right answer
      """),
    Mistake(
      "kind: label\n  labels: [good, bad]", "kind: choice",
      """
      task.yaml:8:3: answer.last: is required and missing for kind choice; write the last \
      letter, such as D
      """),
    Mistake(
      "kind: label\n  labels: [good, bad]", "kind: choice\n  last: D",
      """
      reviews.csv:2: label: the answer must be a letter from A to D, not "good"
      reviews.csv:3: label: the answer must be a letter from A to D, not "bad"
      reviews.csv:4: label: the answer must be a letter from A to D, not "good"
      reviews.csv:5: label: the answer must be a letter from A to D, not "bad"
      reviews.csv:6: label: the answer must be a letter from A to D, not "good"
      reviews.csv:7: label: the answer must be a letter from A to D, not "bad"
      """),
    Mistake(
      "kind: label\n  labels: [good, bad]", "kind: choice\n  last: d",
      """
      task.yaml:10:9: answer.last: must be a letter from B to Z, not the text "d"
      """),
    Mistake(
      "kind: label\n  labels: [good, bad]", "kind: exact-text\n  choose: likelihood",
      """
      task.yaml:10:11: answer.choose: likelihood needs a kind with a list of options; \
      exact-text has none; use choice, label, yes-no, true-false or valid-invalid, or \
      choose: generation
      """),
    Mistake(
      "kind: label\n", "kind: label\n  normalize: tokens\n",
      """
      task.yaml:10:3: answer.normalize: goes with choose: likelihood only; remove it, or \
      write choose: likelihood
      """),
    Mistake(
      "kind: label\n", "kind: label\n  choose: likelihood\n  final-turn: true\n",
      """
      task.yaml:11:15: answer.final-turn: goes with choose: generation only; remove one \
      of the two
      """),
  ]

  static let promptMistakes = [
    Mistake(
      "  instruction: Good or bad?\n", "",
      """
      task.yaml:12:3: prompt.instruction: is required and missing; it must be a text
      """),
    Mistake(
      "{text}", "{txt} {label}",
      """
      task.yaml:13:13: prompt.question: there is nothing to fill the slot {txt} with; did \
      you mean "text"?
      task.yaml:13:13: prompt.question: there is nothing to fill the slot {label} with; \
      there are text
      """),
    Mistake(
      "{text}", "{text",
      """
      task.yaml:13:13: prompt.question: a "{" before "text" has no "}"; write {{ for a \
      plain brace
      """),
    Mistake(
      "question:", "template: x\n  question:",
      """
      task.yaml:13:13: prompt.template: goes with layout: raw only, not with \
      before-question; write layout: raw, or remove it
      """),
    Mistake(
      "question:", "layout: raw\n  question:",
      """
      task.yaml:13:11: prompt.template: is required and missing for layout raw; write the \
      text to complete, with {instruction} in it
      """),
    Mistake(
      "question:", "layout: raw\n  template: \"A: {question}\"\n  question:",
      """
      task.yaml:14:13: prompt.template: the slot {instruction} is required and missing; \
      write it where the searched text goes
      """),
    Mistake(
      "question:", "layout: raw\n  template: \"A: {instruction}\"\n  question:",
      """
      task.yaml:14:13: prompt.template: shows no input field; write {question} where the \
      row goes
      """),
    Mistake(
      "question:", "layout: before\n  question:",
      """
      task.yaml:13:11: prompt.layout: must be one of before-question, after-question, \
      system, raw, not the text "before"
      """),
    Mistake(
      "question:",
      "layout: raw\n  system: a\n  template: \"{question} {instruction}\"\n"
        + "  demonstrations: [{text: a, label: good}]\n  question:",
      """
      task.yaml:14:11: prompt.system: needs a chat; layout raw has no system message; \
      write it into the template
      task.yaml:15:13: prompt.template: the slot {demonstrations} is required and \
      missing, since there are demonstrations
      """),
    Mistake(
      "question:", "demonstration: \"{question}\"\n  question:",
      """
      task.yaml:13:18: prompt.demonstration: goes with layout: raw only; in a chat, \
      demonstrations are earlier turns; remove it
      """),
    Mistake(
      "question:",
      "demonstrations: [{text: a, lable: good}, {text: b, label: godo}, c]\n  question:",
      """
      task.yaml:13:20: prompt.demonstrations[0]: the field "label" is required and missing
      task.yaml:13:30: prompt.demonstrations[0]: unknown field "lable"; did you mean \
      "label"?
      task.yaml:13:61: prompt.demonstrations[1].label: the answer "godo" is not one of \
      the labels; did you mean "good"?
      task.yaml:13:68: prompt.demonstrations[2]: must be a mapping of field names to \
      texts, not the text "c"
      """),
    Mistake(
      "inputs: [text]", "inputs: [text, text]",
      """
      task.yaml:6:16: inputs[1]: the field "text" stands twice
      """),
    Mistake(
      "inputs: [text]", "inputs: [text, label]",
      """
      task.yaml:6:16: inputs[1]: the answer field "label" cannot be an input; the model \
      would see the answer
      """),
    Mistake(
      "inputs: [text]", "inputs: text",
      """
      task.yaml:6:9: inputs: must be a list of texts, not the text "text"; write it in \
      brackets
      """),
  ]
}
