// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

@main
struct Hone: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hone", abstract: "Finds better prompts for language models.")
}
