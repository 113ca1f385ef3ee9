// SPDX-License-Identifier: Apache-2.0

extension MistakeTests {
  static let dataMistakes = [
    Mistake(
      "file: reviews.csv", "file: review.csv",
      """
      task.yaml:4:9: data.file: there is no file review.csv; check the path
      """),
    Mistake(
      "file: reviews.csv", "file: reviews.xls",
      """
      task.yaml:4:9: data.file: the format of reviews.xls is not known by its ending; \
      write format: jsonl, json, csv or tsv
      """),
    Mistake(
      "file: reviews.csv", "file: reviews.csv\n  id: ident",
      """
      task.yaml:5:7: data.id: reviews.csv has no field "ident"; there are text, label, id
      """),
    Mistake(
      "file: reviews.csv", "file: reviews.csv\n  test: reviews.csv",
      """
      task.yaml:5:3: data.test: cannot stand beside data.file; name one file (line 4), or \
      train, dev and test
      """),
    Mistake(
      "file: reviews.csv", "train: reviews.csv",
      """
      task.yaml:4:3: data.dev: is required and missing beside the other files; name it, \
      or write file: with split: to divide one file
      task.yaml:4:3: data.test: is required and missing beside the other files; name it, \
      or write file: with split: to divide one file
      task.yaml:5:3: data.split: goes with data.file only; the files say which rows go \
      where; remove it
      """),
    Mistake(
      "  file: reviews.csv\n", "",
      """
      task.yaml:4:3: data: a file is required and missing; write file: with split:, or \
      train:, dev: and test:
      """),
    Mistake(
      "{train: 2, dev: 2, test: 2}", "{train: 4, dev: 2, test: 2}",
      """
      task.yaml:5:10: data.split: the parts need 8 rows, the file has 6; write smaller \
      numbers, or percentages
      """),
    Mistake(
      "{train: 2, dev: 2, test: 2}", "{train: 40%, dev: 2, test: 2}",
      """
      task.yaml:5:10: data.split: percentages and numbers of rows cannot be mixed; write \
      all three in one way
      """),
    Mistake(
      "{train: 2, dev: 2, test: 2}", "{train: 40%, dev: 40%, test: 40%}",
      """
      task.yaml:5:10: data.split: the parts must add up to at most 100%, not 120%
      """),
    Mistake(
      "{train: 2, dev: 2, test: 2}", "{train: 90%, dev: 5%, test: 5%}",
      """
      task.yaml:5:10: data.split.dev: must hold at least one row; a file of 6 is too \
      small for its part; add rows, or give it a larger part
      task.yaml:5:10: data.split.test: must hold at least one row; a file of 6 is too \
      small for its part; add rows, or give it a larger part
      """),
    Mistake(
      "{train: 2, dev: 2, test: 2}", "{train: 0.4, dev: 2, test: 2}",
      """
      task.yaml:5:18: data.split.train: must be a percentage such as 40%, or a whole \
      number of rows from 1, not 0.4
      """),
    Mistake(
      "{train: 2, dev: 2, test: 2}", "{train: 2, dev: 2}",
      """
      task.yaml:5:10: data.split.test: is required and missing; it must be a percentage \
      such as 40%, or a whole number of rows from 1
      """),
  ]

  static let metricMistakes = [
    Mistake(
      "metric: accuracy", "metric: acuracy",
      """
      task.yaml:14:9: metric: must be one of accuracy, exact-match, token-f1, macro-f1, \
      rouge-1, rouge-2, rouge-l, bleu, chrf, edit-similarity, json-equality, contains, \
      not the text "acuracy"; did you mean "accuracy"?
      """),
    Mistake(
      "metric: accuracy", "metric: {regex: '['}",
      """
      task.yaml:14:17: metric.regex: the regular expression "[" cannot be read; check its \
      brackets, repeats and escapes (a backslash in YAML is safest in single quotes)
      """),
    Mistake(
      "metric: accuracy", "metric: {judge: Be fair.}",
      """
      task.yaml:14:9: models.judge: is required by a metric that has a judge; name the \
      model that grades
      """),
    Mistake(
      "metric: accuracy", "metric: {length: 3, number: 1}",
      """
      task.yaml:14:9: metric: must have one key, not 2; use weighted for several metrics
      """),
    Mistake(
      "metric: accuracy", "metric: {number: -1}",
      """
      task.yaml:14:18: metric.number: must be a number from 0, not -1
      """),
    Mistake(
      "metric: accuracy", "metric: {command: python3 a.py}",
      """
      task.yaml:14:19: metric.command: must be a list of texts, not the text "python3 \
      a.py"; write it in brackets
      """),
    Mistake(
      "metric: accuracy",
      "metric: {weighted: [{metric: bleu, weight: 0.5}, {metric: chrf, weight: 0.6}]}",
      """
      task.yaml:14:20: metric.weighted: the weights must add up to 1, not 1.1; divide \
      each by their sum
      """),
    Mistake(
      "metric: accuracy", "metric: {weighted: [{metric: blue, weight: 1}]}",
      """
      task.yaml:14:30: metric.weighted[0].metric: must be one of accuracy, exact-match, \
      token-f1, macro-f1, rouge-1, rouge-2, rouge-l, bleu, chrf, edit-similarity, \
      json-equality, contains, not the text "blue"; did you mean "bleu"?
      """),
  ]

  static let yamlMistakes = [
    Mistake(
      "name: reviews", "name: &a reviews",
      """
      task.yaml:1:7: anchors are not supported; write the value out, or quote it
      """),
    Mistake(
      "name: reviews", "name: *a",
      """
      task.yaml:1:7: aliases are not supported; write the value out, or quote it
      """),
    Mistake(
      "name: reviews", "name: !!binary aGk=",
      """
      task.yaml:1:7: the tag tag:yaml.org,2002:binary is not supported; remove it
      """),
    Mistake(
      "name: reviews", "name: a: b",
      """
      task.yaml:1:8: the YAML cannot be read: mapping values are not allowed in this \
      context; quote texts that hold ": ", and check the indentation
      """),
    Mistake(
      "name: reviews", "name: reviews\nname: b",
      """
      task.yaml:1:1: the key "name" stands twice in one mapping; keep one
      """),
    Mistake(
      "name: reviews", "name: @x",
      """
      task.yaml:1:7: the YAML cannot be read: while scanning for the next token, found \
      character that cannot start any token; indent with spaces, and quote texts that \
      begin with one of @ ` % * &
      """),
    Mistake(
      "name: reviews", "\tname: x",
      """
      task.yaml:1:1: the YAML cannot be read: while scanning for the next token, found \
      character that cannot start any token; indent with spaces, and quote texts that \
      begin with one of @ ` % * &
      """),
    Mistake(
      "name: reviews", "name: [a",
      """
      task.yaml:2:12: the YAML cannot be read: while parsing a flow sequence, did not \
      find expected ',' or ']'
      """),
    Mistake(
      "name: reviews", "a: 1\n---\nname: reviews",
      """
      task.yaml:2:1: a file must hold one document; remove the line ---
      """),
    Mistake(
      "name: reviews", "name: reviews\n[a, b]: c",
      """
      task.yaml:2:9: a key must be a word, not a list or a mapping
      """),
    Mistake(
      "name: reviews", "name: reviews\u{7}",
      """
      task.yaml:1:14: the YAML cannot be read: control characters are not allowed
      """),
  ]
}
