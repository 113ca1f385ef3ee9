// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite(.enabled(if: BuiltCommand.binary != nil, "the binary is not built"))
struct UsageTests {
  @Test(arguments: [
    (["optimise", "t.yaml"], "there is no command “hone optimise”. Did you mean \"optimize\"?"),
    (["modles", "list"], "there is no command “hone modles”. Did you mean \"models\"?"),
    (["models", "lst"], "there is no command “hone models lst”. Did you mean \"list\"?"),
    (["runs", "delete", "x"], "there is no command “hone runs delete”. There are"),
    (["optimize"], "Missing expected argument '<task>'"),
    (["optimize", "t.yaml", "--budget-cals", "3"], "Unknown option '--budget-cals'"),
    (["optimize", "t.yaml", "--budget-time", "soon"], "it must be a time with units"),
    (["optimize", "t.yaml", "--budget-calls", "none"], "it must be a whole number from 1"),
    (
      ["optimize", "t.yaml", "--model", "optimiser=x"],
      "“optimiser” is not a role. Did you mean \"optimizer\"?"
    ),
    (["optimize", "t.yaml", "--set", "candidates"], "write a setting and its value"),
    (["optimize", "t.yaml", "--json", "--quiet"], "choose --json or --quiet, not both"),
    (["optimize", "none.yaml"], "none.yaml:1: there is no file none.yaml"),
    (["check", "none.yaml"], "none.yaml:1: there is no file none.yaml"),
    (["eval", "t.yaml", "--limit", "0"], "--limit must be at least 1"),
    (
      ["eval", "t.yaml", "--limit", "3", "--split", "test"], "--limit does not go with --split test"
    ),
    (["eval", "t.yaml", "--prompt", "a", "--instruction", "b"], "give --prompt or --instruction"),
    (["export", "run", "--to", "opnai"], "The value 'opnai' is invalid for '--to"),
    (["resume", "no-such-run"], "no-such-run"),
    (["runs", "show", "no-such-run"], "no-such-run"),
    (["report", "no-such-run"], "no-such-run"),
    (["optimizers", "gop"], "there is no optimizer “gop”. Did you mean \"gpo\"?"),
    (["cache"], "Usage"),
  ])
  func `A mistake is told on standard error with the next move, and the code is 2`(
    arguments: [String], message: String
  ) async throws {
    let command = try BuiltCommand()
    defer { command.removeHome() }
    let output = try await command.run(arguments)
    if arguments == ["cache"] {
      // A command with subcommands alone shows its help.
      #expect(output.code == 0)
      #expect(output.out.contains("USAGE"))
      return
    }
    #expect(output.code == 2, "\(output.error)")
    #expect(output.error.contains(message), "\(output.error)")
    #expect(output.error.hasPrefix("hone: "), "\(output.error)")
    #expect(output.out.isEmpty)
  }

  @Test(arguments: [
    (["models", "pull", "smolm2-135m-instruct"], "Did you mean \"smollm2-135m-instruct\"?"),
    (["models", "remove", "smollm2-135m-instruct", "--yes"], "there is no model"),
    (["models", "verify", "nothing"], "nothing"),
    (["models", "pull", "gemma-3-270m"], "--accept-terms"),
  ])
  func `A model that is not there is told with the command that gets it, and the code is 3`(
    arguments: [String], message: String
  ) async throws {
    let command = try BuiltCommand()
    defer { command.removeHome() }
    let output = try await command.run(arguments)
    #expect(output.code == 3, "\(output.error)")
    #expect(output.error.contains(message), "\(output.error)")
  }

  @Test func `Help, version and completion go to standard output with code 0`() async throws {
    let command = try BuiltCommand()
    defer { command.removeHome() }
    for arguments in [["--help"], ["--version"], ["help", "optimize"], ["eval", "--help"]] {
      let output = try await command.run(arguments)
      #expect(output.code == 0)
      #expect(!output.out.isEmpty)
      #expect(output.error.isEmpty)
    }
    for shell in ["bash", "zsh", "fish"] {
      let output = try await command.run("--generate-completion-script", shell)
      #expect(output.code == 0)
      #expect(output.out.contains("optimize"))
    }
  }

  @Test func `A good task file is told with its sizes, a bad one with every mistake`() async throws
  {
    let command = try BuiltCommand()
    defer { command.removeHome() }
    let rows = (0..<20).map {
      "{\"text\": \"row \($0)\", \"label\": \"\($0 % 2 == 0 ? "yes" : "no")\"}"
    }
    try command.write(rows.joined(separator: "\n"), to: "data.jsonl")
    try command.write(
      """
      name: rows
      description: Tell yes from no.
      data: {file: data.jsonl, split: {train: 5, dev: 5, test: 10}}
      inputs: [text]
      answer: {field: label, kind: yes-no}
      prompt: {instruction: "Answer."}
      metric: accuracy
      """, to: "good.yaml")
    try command.write("name: rows\nmetrc: accuracy\nbudgt: 3\n", to: "bad.yaml")
    let good = try await command.run("check", "good.yaml")
    #expect(good.code == 0, "\(good.error)")
    #expect(good.out.contains("5 train, 5 dev, 10 test rows"))
    let both = try await command.run("check", "good.yaml", "bad.yaml")
    #expect(both.code == 2)
    #expect(both.out.contains("good.yaml"))
    #expect(both.error.contains("bad.yaml:2"))
    #expect(both.error.contains("bad.yaml:3"))
    #expect(both.error.contains("metric"))
    let json = try await command.run("check", "--json", "good.yaml", "bad.yaml")
    let lines = json.out.split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
  }

  @Test func `Without a terminal nothing is coloured and deleting needs a flag`() async throws {
    let command = try BuiltCommand()
    defer { command.removeHome() }
    let list = try await command.run("models", "list")
    #expect(list.code == 0)
    #expect(!(list.out + list.error).contains("\u{1B}"))
    let cache = command.home.appending(path: "cache/hone", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
    let file = cache.appending(path: "cache.sqlite")
    try Data("x".utf8).write(to: file)
    let refused = try await command.run("cache", "clear")
    #expect(refused.code == 2)
    #expect(refused.error.contains("--yes"))
    #expect(FileManager.default.fileExists(atPath: file.path))
    let cleared = try await command.run("cache", "clear", "--yes")
    #expect(cleared.code == 0)
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }

  @Test func `A first task file names the data from where it lies and checks without a mistake`()
    async throws
  {
    let command = try BuiltCommand()
    defer { command.removeHome() }
    let rows = (0..<30).map {
      "{\"text\": \"row \($0)\", \"label\": \"\(["red", "blue"][$0 % 2])\"}"
    }
    try command.write(rows.joined(separator: "\n"), to: "rows.jsonl")
    try FileManager.default.createDirectory(
      at: command.home.appending(path: "tasks"), withIntermediateDirectories: true)
    let made = try await command.run("init", "rows.jsonl", "-o", "tasks/t.yaml")
    #expect(made.code == 0, "\(made.error)")
    let checked = try await command.run("check", "tasks/t.yaml")
    #expect(checked.code == 0, "\(checked.error)")
    let again = try await command.run("init", "rows.jsonl", "-o", "tasks/t.yaml")
    #expect(again.code == 2)
    #expect(again.error.contains("--force"))
    let astray = try await command.run("init", "rows.jsonl", "-o", "no/t.yaml")
    #expect(astray.code == 2)
    let plan = try await command.run("optimize", "tasks/t.yaml", "--dry-run")
    #expect(plan.code == 0)
    #expect(plan.out.contains("Nothing was called."))
    let small = try await command.run("optimize", "tasks/t.yaml", "--budget-calls", "3")
    #expect(small.code == 4)
    #expect(small.error.contains("the budget of 3 calls is too small"))
  }

  @Test func `Runs of an empty folder are none`() async throws {
    let command = try BuiltCommand()
    defer { command.removeHome() }
    let list = try await command.run("runs", "list")
    #expect(list.code == 0)
    #expect(list.out.isEmpty)
    #expect(list.error.contains("There are no runs in runs."))
  }
}
