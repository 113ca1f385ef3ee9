// SPDX-License-Identifier: Apache-2.0

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
}
