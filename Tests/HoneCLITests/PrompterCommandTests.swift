// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import Testing

  @Suite(.enabled(if: BuiltCommand.binary != nil))
  struct PrompterCommandTests {
    @Test func `Pairs that teach nothing are left out and counted by reason`() async throws {
      let command = try BuiltCommand()
      defer { command.removeHome() }
      let lines = [
        #"{"prompt": "rain", "rewrite": "Explain in three steps how rain forms."}"#,
        #"{"prompt": "Rain!", "rewrite": "explain in three steps, how rain forms"}"#,
        #"{"prompt": "tell me a joke", "rewrite": "Tell me a joke."}"#,
        #"{"prompt": "tell me about tea", "rewrite": "Расскажи мне о чае, пожалуйста."}"#,
        #"{"prompt": "snow", "rewrite": "Describe how snow differs from hail."}"#,
      ]
      try command.write(lines.joined(separator: "\n"), to: "raw.jsonl")
      let result = try await command.run("prompter", "pairs", "raw.jsonl", "-o", "pairs.jsonl")
      #expect(result.code == 0, "\(result.error)")
      #expect(
        result.out == "2 pairs kept in pairs.jsonl. Left out: 1 there twice, 1 unchanged,"
          + " 1 in another script.\n")
      let kept = try String(
        contentsOf: command.home.appending(path: "pairs.jsonl"), encoding: .utf8)
      #expect(kept.split(separator: "\n").count == 2)
      #expect(kept.contains("snow"))
      let again = try await command.run("prompter", "pairs", "raw.jsonl", "-o", "pairs.jsonl")
      #expect(again.code == 2)
      #expect(again.error.contains("--force"))
    }

    @Test(arguments: [
      (["better-together", "t.yaml", "--name", "x", "--rounds", "prompt,wieghts"], "is no round"),
      (["better-together", "t.yaml", "--name", "x", "--samples", "99"], "--samples must be"),
      (["serve", "--port", "70000"], "--port must be in 0…65535"),
      (["prompter", "pairs", "--run", "none", "-o", "p.jsonl"], "there is no run named none"),
      (["prompter", "pairs", "a.jsonl", "--run", "b", "-o", "p.jsonl"], "give one of"),
    ])
    func `Mistakes around prompters are told`(arguments: [String], words: String) async throws {
      let command = try BuiltCommand()
      defer { command.removeHome() }
      let result = try await command.run(arguments)
      #expect(result.code != 0 && result.code != 70)
      #expect(result.error.contains(words), "\(result.error)")
    }

    @Test(arguments: [
      (["train", "none.jsonl", "--name", "a"], "none.jsonl"),
      (["train", "bad.jsonl", "--name", "a"], "bad.jsonl:2: the text “rewrite” is missing"),
      (["train", "bad.jsonl", "--name", "../a"], "“../a” cannot be the name"),
      (["train", "bad.jsonl", "--name", "a", "--epochs", "0"], "epochs are 0"),
      (["rewrite", "hi", "--name", "a"], "there are: none yet"),
      (["rewrite", "--name", "a"], "give a prompt, or --stdin"),
      (["rewrite", "hi", "--name", "a", "-n", "0"], "-n must be in 1…200"),
      (["rewrite", "hi", "--name", "a", "--top-p", "2"], "top-p is 2"),
      (["align", "bad.jsonl", "--name", "a", "--result", "b"], "choose --reward"),
      (
        ["align", "bad.jsonl", "--name", "a", "--result", "b", "--reward", "rouge-x"],
        "“rouge-x” is no reward"
      ),
      (
        ["align", "bad.jsonl", "--name", "a", "--result", "b", "--reward", "rouge-l=0"],
        "required is a positive number"
      ),
      (
        ["align", "bad.jsonl", "--name", "a", "--result", "b", "--reward", "rouge-l,judge=2"],
        "name its model with --judge"
      ),
      (
        ["align", "--preferences", "bad.jsonl", "--name", "a", "--result", "b"],
        "--method dpo alone"
      ),
      (
        ["choose", "hi", "--name", "a", "--reward", "rouge-l", "--lambda", "0"], "--lambda must be"
      ),
      (["choose", "hi", "--name", "a", "--reward", "command:"], "names nothing after the colon"),
      (["reward", "bad.jsonl", "--name", "r"], "bad.jsonl:1: the text “chosen” is missing"),
    ])
    func `Mistakes are told before any model is loaded`(
      arguments: [String], words: String
    ) async throws {
      let command = try BuiltCommand()
      defer { command.removeHome() }
      try command.write(
        "{\"prompt\": \"a\", \"rewrite\": \"b\"}\n{\"prompt\": \"a\"}\n", to: "bad.jsonl")
      let result = try await command.run(["prompter"] + arguments)
      #expect(result.code != 0 && result.code != 70)
      #expect(result.error.contains(words), "\(result.error)")
      #expect(result.out.isEmpty)
    }
  }
#endif
