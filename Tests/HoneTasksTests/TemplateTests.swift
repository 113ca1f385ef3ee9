// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@testable import HoneTasks

@Suite("Templates of task files")
struct TemplateTests {
  /// The task that the template of some data gives.
  private func loaded(_ name: String, _ data: String) throws -> (TaskTemplate, LoadedTask) {
    let folder = try TaskFolder([name: data])
    let template = try TaskTemplate(dataFile: folder.url.appendingPathComponent(name))
    try folder.write("task.yaml", template.text())
    do throws(TaskFileProblems) {
      return (template, try folder.load())
    } catch {
      Issue.record("\(error)\n\(template.text())")
      throw error
    }
  }

  private func lines(_ answers: [String], _ question: String = "q") -> String {
    answers.enumerated().map { "{\"\(question)\":\"row \($0)\",\"target\":\($1)}" }
      .joined(separator: "\n")
  }

  @Test(
    "The kind of answer is guessed from the answers, and the file loads",
    arguments: [
      (["\"Yes\"", "\"no\"", "\"yes\"", "\"no\""], AnswerKind.yesNo),
      (["true", "false", "\"True\""], .trueFalse),
      (["\"valid\"", "\"invalid\"", "\"valid\""], .validInvalid),
      (["\"(A)\"", "\"(C)\"", "\"B\""], .choice(last: "C")),
      (["1", "2.5", "\"-3\""], .number(decimals: 2)),
      (
        ["\"x y\"", "\"no: #1\"", "\"x y\"", "\"no: #1\"", "\"yes\"", "\"yes\""],
        .label(["x y", "no: #1", "yes"])
      ),
      (["\"] )\"", "\"}\"", "\">\""], .brackets),
      (["\"one\"", "\"two three\"", "\"four\""], .exactText),
      (["{\"a\": 1}", "{\"a\": 2}", "[1]"], .json(field: nil)),
      (["[\"one\", \"two\"]", "\"three\"", "\"four\""], .exactText),
    ])
  func kinds(answers: [String], kind: AnswerKind) throws {
    let (_, task) = try loaded("d.jsonl", lines(answers))
    #expect(task.task.answer.kind == kind)
    #expect(task.task.inputFields == ["q"])
    #expect(task.warnings == [])
  }

  @Test("Long answers get a metric for texts")
  func freeText() throws {
    let long = (1...4).map { "\"this is a rather long answer with number \($0)\"" }
    let (_, task) = try loaded("d.jsonl", lines(long))
    #expect(task.task.answer.kind == .freeText)
    #expect(task.task.metric == .rougeL)
  }

  @Test("The answer field is the one with a usual name, or else the last; odd names are quoted")
  func fields() throws {
    let csv =
      "Label,Review text,yes,\"a: b\"\n" + (1...12).map { "\($0 % 2),r\($0),s,t\n" }.joined()
    let (template, task) = try loaded("My data #1.csv", csv)
    #expect(template.answerField == "Label")
    #expect(task.task.inputFields == ["Review text", "yes", "a: b"])
    #expect(task.task.name == "my-data--1")
    let prompt = try #require(task.task.program.stages.first?.prompt)
    let fields = ["Review text": "1", "yes": "2", "a: b": "3"]
    #expect(
      try prompt.question.filled(with: fields) == "Review text: 1\nyes: 2\na: b: 3")
    let other = try TaskFolder(["d.tsv": "x\tz\n1\t2\n"])
    #expect(
      try TaskTemplate(dataFile: other.url.appendingPathComponent("d.tsv")).answerField == "z")
  }

  @Test("The template of a file is this, comments included")
  func text() throws {
    let url = try #require(fixtures)
    let template = try TaskTemplate(dataFile: url.appendingPathComponent("reviews.jsonl"))
    let expected = try String(
      contentsOf: url.appendingPathComponent("reviews.template.yaml"), encoding: .utf8)
    #expect(template.text() == expected)
  }

  @Test("Data that cannot be a task says why")
  func unusable() throws {
    let folder = try TaskFolder([
      "a.jsonl": "{\"x\": \"1\"}", "b.jsonl": "{\"x\":[1],\"answer\":1}",
    ])
    func message(_ name: String) -> String {
      do throws(TaskFileProblems) {
        _ = try TaskTemplate(dataFile: URL(fileURLWithPath: name, relativeTo: folder.url))
        return ""
      } catch {
        return error.description
      }
    }
    let advice = "; give each row a text to ask about and the right answer"
    #expect(
      message("a.jsonl")
        == "a.jsonl:1: a task needs an input field and an answer field; there is only \"x\""
        + advice)
    #expect(
      message("b.jsonl") == "b.jsonl:1: no field but \"answer\" is a text in every row" + advice)
    #expect(message("c.jsonl") == "c.jsonl:1: there is no file c.jsonl")
    #expect(
      message("c.xls")
        == "c.xls:1: the format is not known by the ending; name the file .jsonl, .json, .csv or "
        + ".tsv")
  }

  @Test(
    "Texts are written so that YAML reads them back",
    arguments: [
      "plain words", "yes", "No", "null", "12", "a: b", "a #b", "#a", "- a", "'a'", "\"", "\\", "",
      " a ", "a\nb\t\r", "é🙂", "\u{1}\u{85}\u{2028}\u{FEFF}", "{a}", "[a]", "&a", "*a", "%", "~",
      "true", "C:/x", "it's", "a,b", "?", "!x", "|", ">",
    ])
  func scalars(text: String) {
    var list = ProblemList(file: "f")
    let written = YAMLScalar.written(text)
    let root = YAMLDocument.read("a: \(written)\nb: [\(written), \(written)]\n", into: &list)
    #expect(list.problems == [])
    #expect(root?["a"]?.text == text)
    #expect(root?["b"]?.items?.map(\.text) == [text, text])
  }
}
