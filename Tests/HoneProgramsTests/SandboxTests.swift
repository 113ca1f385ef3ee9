// SPDX-License-Identifier: Apache-2.0

import Foundation
import HonePrograms
import HoneTesting
import Testing

struct SandboxTests {
  private func shell(_ sandbox: Sandbox) -> Tool {
    Tool.command("shell", "a shell", ["sh"], sandbox: sandbox, limit: .seconds(120))
  }

  @Test("A command works in a folder of its own, with no environment of ours, and may write there")
  func folder() async {
    let answer = await shell(Sandbox()).answer(
      "echo text > own; cat own; test \"$HOME\" = \"$PWD\" && echo home; env | grep -c HONE; exit 0"
    )
    #expect(answer == "text\nhome\n0\n")
  }

  @Test("Each command starts in an empty folder, which is gone afterwards")
  func fresh() async throws {
    let tool = shell(Sandbox())
    let path = await tool.answer("touch left; pwd").trimmingCharacters(in: .newlines)
    #expect(!FileManager.default.fileExists(atPath: path) && path.hasSuffix("work"))
    #expect(await tool.answer("ls | wc -l").contains("0"))
  }

  @Test("Files beyond the limit and endless loops come to an end")
  func limits() async {
    let tool = shell(Sandbox(seconds: 1, fileSize: 4096))
    let written = await tool.answer("head -c 100000 /dev/zero > big; wc -c < big; exit 0")
    #expect(written.contains("4096"), "\(written)")
    let looped = await tool.answer("while :; do :; done")
    #expect(looped.hasPrefix("error: ") && !looped.contains("took longer"), "\(looped)")
  }

  @Test("In namespaces nothing outside is written and there is no network")
  func namespaces() async throws {
    let strict = shell(Sandbox(withoutNamespaces: .refuse))
    guard await Sandbox.hasNamespaces() else {
      #expect(await strict.answer("echo hello").contains("lets no ordinary user make namespaces"))
      return
    }
    let outside = try TemporaryFolder()
    let file = outside.url.appending(path: "written").path
    let answer = await strict.answer(
      """
      (echo x > '\(file)') 2>/dev/null && echo wrote
      mount -o remount,bind,rw / 2>/dev/null && echo mounted
      tail -n +3 /proc/net/dev | grep -vc ' *lo:'
      exit 0
      """)
    #expect(answer == "0\n")
    #expect(!FileManager.default.fileExists(atPath: file))
  }
}
