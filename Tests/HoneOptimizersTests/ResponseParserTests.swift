// SPDX-License-Identifier: Apache-2.0

import HoneOptimizers
import Testing

struct ResponseParserTests {
  @Test(
    "A prompt is read from what models write, and every repair is named",
    arguments: [
      ("<new_prompt>Say it.</new_prompt>", "Say it.", []),
      ("Sure!\n<new_prompt>\nSay it.\n</new_prompt> Done.", "Say it.", []),
      ("<new_prompt>Say it.", "Say it.", ["no closing tag"]),
      ("Say it.</new_prompt>", "Say it.", ["no opening tag"]),
      ("  Say it. ", "Say it.", ["no tags"]),
      ("```text\nSay it.\n```", "Say it.", ["no tags", "code fence removed"]),
      ("<new_prompt>\"Say it.\"</new_prompt>", "Say it.", ["quotes removed"]),
      ("“Say it.”", "Say it.", ["no tags", "quotes removed"]),
      ("<new_prompt>\"A\" or \"B\"</new_prompt>", "\"A\" or \"B\"", []),
      ("<new_prompt>**Say** it.</new_prompt>", "Say it.", ["bold marks removed"]),
      ("1. Say it.\n2. Shout it.", "Say it.", ["no tags", "first of 2 taken"]),
      ("- Say it.", "Say it.", ["no tags", "list mark removed"]),
      ("New prompt: Say it.", "Say it.", ["no tags", "heading removed"]),
      ("<new_prompt>1. Read.\n2. Answer.</new_prompt>", "1. Read.\n2. Answer.", []),
      ("2024 was long.", "2024 was long.", ["no tags"]),
      ("", "", ["no tags"]),
      ("</new_prompt><new_prompt>", "", ["no closing tag"]),
    ] as [(String, String, [String])])
  func parses(response: String, text: String, repairs: [String]) {
    let parsed = ResponseParser().parse(response)
    #expect(parsed.text == text)
    #expect(parsed.repairs == repairs)
  }
}
