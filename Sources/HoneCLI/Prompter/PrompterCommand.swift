// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser

  struct PrompterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prompter",
      abstract: "Train and use small models that rewrite prompts.",
      discussion: """
        A prompter is a small model with changes trained from pairs of prompts. It
        writes a user's prompt anew so that another model answers it better.

          hone prompter pairs raw.jsonl -o pairs.jsonl
          hone prompter train pairs.jsonl --name mine
          hone prompter adapt target-pairs.jsonl --name mine --target big-model
          hone prompter rewrite "tell me about rain" --name mine
          hone prompter list
        """,
      subcommands: [
        PrompterPairs.self, PrompterTrain.self, PrompterAdapt.self, PrompterRewrite.self,
        PrompterReward.self, PrompterAlign.self, PrompterChoose.self, PrompterEvaluate.self,
        PrompterList.self,
      ])
  }
#endif
