// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HonePrograms

/// A module with stages of its own, as it was read.
struct ReadLoop {
  var loop: StageLoop
  var stages: [Stage]
  /// The most calls of one example.
  var mostCalls: Int
}

extension StageReading {
  /// The module with stages of its own that is asked for; nil for any other.
  var loopModule: LoopModule? { node["module"]?.text.flatMap { LoopModule(rawValue: $0) } }

  /// The stages of a module, or nil after reporting why there are none.
  ///
  /// `call` is what was read as of an ordinary stage; each stage takes over its settings.
  func looping(
    _ module: LoopModule, _ call: StageCall, into problems: inout ProblemList
  ) -> ReadLoop? {
    let before = problems.problems.count + problems.omitted
    if let member = node.members?.first(where: { $0.key == "vote" }) {
      problems.add(
        at: member.position, "\(path).vote", "has no effect with the module \(module.rawValue)",
        advice: "it has stages of its own; remove it")
    }
    let tools = tools(of: module, into: &problems)
    guard let name = node["name"]?.text, let instruction = node["instruction"]?.text else {
      return nil
    }
    var loop = StageLoop(
      name: name, module: module, most: node["most"]?.text.flatMap { Int($0) }, tools: tools,
      language: node["language"]?.text ?? "Python")
    let body = loop.body
    do {
      let made = try body.stages(
        inputs: call.signature.inputs.map(\.written).joined(separator: ", "),
        answer: call.signature.outputs.map(\.written).joined(separator: ", "),
        instruction: instruction, format: call.format)
      var stages = made.map { taking(call, $0, isLast: $0.name == made.last?.name) }
      addDemonstrations(to: &stages, into: &problems)
      loop.stages = stages.map(\.name)
      guard problems.problems.count + problems.omitted == before else { return nil }
      return ReadLoop(loop: loop, stages: stages, mostCalls: body.mostCalls(of: stages))
    } catch {
      problems.add(
        at: node["signature"]?.position ?? node.position, "\(path).signature", "\(error)",
        advice: "the module \(module.rawValue) has fields of its own; give yours another name")
      return nil
    }
  }

  /// Gives each stage of a module the rows that have the field it writes last; where that is a field
  /// that a later stage reads, those that lack what the later one writes.
  private func addDemonstrations(to stages: inout [Stage], into problems: inout ProblemList) {
    var rows: [Int: [(offset: Int, element: DocumentNode)]] = [:]
    for (index, row) in (node["demonstrations"]?.items ?? []).enumerated() {
      if let stage = stages.lastIndex(where: { row[$0.output] != nil }) {
        rows[stage, default: []].append((index, row))
      } else {
        let ends = stages.map(\.output).joined(separator: ", ")
        problems.add(
          at: row.position, "\(path).demonstrations[\(index)]",
          "must have one of the fields that the module's stages write last: \(ends)")
      }
    }
    for (stage, rows) in rows.sorted(by: { $0.key < $1.key }) {
      guard let call = stages[stage].call else { continue }
      stages[stage].prompt.demonstrations = demonstrations(call, rows, into: &problems)
    }
  }

  /// A module's stage with the settings that were read.
  private func taking(_ call: StageCall, _ stage: Stage, isLast: Bool) -> Stage {
    var stage = stage
    stage.call?.formats = call.formats
    stage.call?.retries = call.retries
    stage.call?.temperature = call.temperature
    stage.call?.maxTokens = call.maxTokens
    if isLast { stage.call?.checks = call.checks }
    let described = call.signature.inputs + call.signature.outputs
    func describe(_ fields: inout [Field]) {
      for index in fields.indices {
        guard let known = described.first(where: { $0.name == fields[index].name }) else {
          continue
        }
        fields[index].description = known.description
      }
    }
    if var signature = stage.call?.signature {
      describe(&signature.inputs)
      describe(&signature.outputs)
      stage.call?.signature = signature
    }
    return stage
  }

  /// Reports what is asked for and does not go with the module.
  func checkModuleKeys(into problems: inout ProblemList) {
    let uses: [(key: String, modules: [LoopModule])] = [
      ("tools", [.react]), ("interpreter", [.programOfThought]), ("language", [.programOfThought]),
      ("most", LoopModule.allCases),
    ]
    for (key, modules) in uses {
      guard let member = node.members?.first(where: { $0.key == key }),
        !modules.contains(where: { $0 == loopModule })
      else { continue }
      let names = modules.map(\.rawValue).joined(separator: " or ")
      problems.add(
        at: member.position, "\(path).\(key)", "goes with the module \(names) only",
        advice: modules.count == 1 ? "write module: \(names), or remove it" : "remove it")
    }
  }

  private func tools(of module: LoopModule, into problems: inout ProblemList) -> [ToolCommand] {
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
