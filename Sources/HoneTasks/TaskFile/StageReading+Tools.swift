// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms

extension StageReading {
  /// The commands that a module uses, or those of them that can be read after reporting the others.
  func tools(of module: LoopModule, into problems: inout ProblemList) -> [ToolCommand] {
    switch module {
    case .leastToMost: return []
    case .programOfThought:
      guard let words = node["interpreter"]?.items?.compactMap(\.text), !words.isEmpty else {
        missing("interpreter", "such as [python3, -I, -]", into: &problems)
        return []
      }
      checkProgram(words, node["interpreter"], "\(path).interpreter", into: &problems)
      return [
        ToolCommand(name: "interpreter", description: "runs a program", words: resolved(words))
      ]
    case .react:
      guard let items = node["tools"]?.items, !items.isEmpty else {
        missing("tools", "each with name, description and command", into: &problems)
        return []
      }
      return items.enumerated().compactMap { tool($1, at: $0, among: items, into: &problems) }
    }
  }

  private func missing(_ key: String, _ form: String, into problems: inout ProblemList) {
    guard node[key] == nil else { return }
    problems.add(
      at: node.position, "\(path).\(key)",
      "is required and missing with the module \(loopModule?.rawValue ?? ""); "
        + "it must be a list, \(form)")
  }

  private func tool(
    _ item: DocumentNode, at index: Int, among items: [DocumentNode],
    into problems: inout ProblemList
  ) -> ToolCommand? {
    guard let name = item["name"]?.text, let description = item["description"]?.text,
      let words = item["command"]?.items?.compactMap(\.text)
    else { return nil }
    let place = item["name"]?.position ?? item.position
    let namePath = "\(path).tools[\(index)].name"
    let shown = DocumentNode.shortened(name)
    if !name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) || name.isEmpty {
      problems.add(
        at: place, namePath, "must be letters, digits, _ and -, not \"\(shown)\"")
    } else if name == ReAct.finish {
      problems.add(
        at: place, namePath, "must not be \"\(name)\", which ends the turns",
        advice: "give it another name")
    } else if items[..<index].contains(where: { $0["name"]?.text == name }) {
      problems.add(at: place, namePath, "the tool \"\(shown)\" stands twice")
    }
    checkProgram(words, item["command"], "\(path).tools[\(index)].command", into: &problems)
    var tool = ToolCommand(name: name, description: description, words: resolved(words))
    if let flag = item["sandbox"]?.flag { tool.isSandboxed = flag }
    if let seconds = item["seconds"]?.number { tool.seconds = seconds }
    if let count = item["characters"]?.text.flatMap({ Int($0) }) { tool.characters = count }
    return tool
  }

  /// Reports a program that is not there: a model would be told so again and again, and nobody else.
  private func checkProgram(
    _ words: [String], _ node: DocumentNode?, _ place: String, into problems: inout ProblemList
  ) {
    guard folder != nil, let node, let program = resolved(words).first else { return }
    let shown = DocumentNode.shortened(words[0])
    if program.contains("/") {
      guard !FileManager.default.fileExists(atPath: program) else { return }
      problems.add(
        at: node.position, place, "there is no file \"\(shown)\"",
        advice: "the path is relative to the task file")
    } else {
      let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
      let isThere = folders.contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
      }
      guard !isThere else { return }
      problems.add(
        at: node.position, place, "there is no program \"\(shown)\" on this computer",
        advice: "install it, or give its path")
    }
  }

  /// A command whose files beside the task file are named by their whole paths, since it runs in another
  /// folder.
  private func resolved(_ words: [String]) -> [String] {
    guard let folder else { return words }
    return words.enumerated().map { index, word in
      guard !word.hasPrefix("/"), !word.hasPrefix("-"), !word.isEmpty,
        index > 0 || word.contains("/")
      else { return word }
      let file = folder.appending(path: word).standardizedFileURL.path(percentEncoded: false)
      return FileManager.default.fileExists(atPath: file) ? file : word
    }
  }
}
