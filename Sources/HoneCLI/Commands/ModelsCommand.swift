// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct ModelsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List, pull, import, test, verify, find and remove models.",
    discussion: """
      Models lie in $XDG_CACHE_HOME/hone/models, else in ~/.cache/hone/models. Models
      behind an API need no pull: they are named PROVIDER:MODEL or
      http://HOST:PORT/v1#MODEL wherever a model is.

        hone models list
        hone models pull smollm2-135m-instruct
        hone models pull hf:OWNER/REPO/FILE.gguf
        hone models import my-model.gguf --name mine
        hone models test openai:gpt-4o-mini
        hone models verify
        hone models path mine
        hone models remove mine
      """,
    subcommands: [
      ModelsList.self, ModelsPull.self, ModelsImport.self, ModelsTest.self, ModelsVerify.self,
      ModelsPath.self, ModelsRemove.self,
    ], defaultSubcommand: ModelsList.self)
}
