// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// What an item of a task file's program is.
enum ReadStage {
  case stage(Stage)
  /// A module with stages of its own.
  case loop(ReadLoop)
}

/// Reads one item of a task file's program.
struct StageReading {
  let node: DocumentNode
  let path: String
  /// Whether its last field is the task's answer.
  let isLast: Bool
  let answer: AnswerFormat?
  /// The task file's folder; nil for a text without one.
  let folder: URL?

  /// The stage or module, or nil after reporting why there is none.
  ///
  /// `known` are the fields it may read, nil when they could not be found out; `earlier` the names of
  /// stages and modules before it.
  mutating func read(
    known: [String]?, inputs: [String], earlier: Set<String>, into problems: inout ProblemList
  ) -> ReadStage? {
    let before = problems.problems.count + problems.omitted
    guard node.members != nil else { return nil }
    if let member = node["name"], let name = member.text,
      earlier.contains(name)
    {
      problems.add(
        at: member.position, "\(path).name",
        "the stage \"\(DocumentNode.shortened(name))\" stands twice")
    }
    guard var signature = signature(into: &problems) else { return nil }
    check(signature, known, inputs, into: &problems)
    if let retrieve = node["retrieve"] {
      return retrieving(retrieve, signature, before, into: &problems).map { .stage($0) }
    }
    if node["instruction"] == nil {
      problems.add(
        at: node.position, "\(path).instruction", "is required and missing; it must be a text")
    }
    describe(&signature, into: &problems)
    if isLast { takeAnswerType(&signature) }
    checkModuleKeys(into: &problems)
    let call = call(signature, into: &problems)
    if let module = loopModule {
      let loop = looping(module, call, into: &problems)
      let isWhole = problems.problems.count + problems.omitted == before
      return isWhole ? loop.map { .loop($0) } : nil
    }
    let rows = Array((node["demonstrations"]?.items ?? []).enumerated())
    let demonstrations = demonstrations(call, rows, into: &problems)
    guard problems.problems.count + problems.omitted == before, let name = node["name"]?.text,
      let instruction = node["instruction"]?.text
    else { return nil }
    let stage = try? Stage(
      name: name, call: call, instruction: instruction, demonstrations: demonstrations)
    return stage.map { .stage($0) }
  }

  private func signature(into problems: inout ProblemList) -> Signature? {
    guard let line = node["signature"], let text = line.text else { return nil }
    do {
      return try Signature(text)
    } catch {
      problems.add(at: line.position, "\(path).signature", error.description)
      return nil
    }
  }

  private func check(
    _ signature: Signature, _ known: [String]?, _ inputs: [String],
    into problems: inout ProblemList
  ) {
    guard let position = node["signature"]?.position else { return }
    for field in signature.inputs {
      guard let known, !known.contains(field.name) else { continue }
      problems.add(
        at: position, "\(path).signature",
        "nothing gives the field \"\(field.name)\" a value before this stage",
        advice: NearestWord.advice(for: field.name, among: known))
    }
    for field in signature.outputs where inputs.contains(field.name) {
      problems.add(
        at: position, "\(path).signature",
        "the field \"\(field.name)\" is an input of the task and cannot be written",
        advice: "give it another name")
    }
  }

  /// Takes over what the fields are for.
  private func describe(_ signature: inout Signature, into problems: inout ProblemList) {
    let names = (signature.inputs + signature.outputs).map(\.name)
    for member in node["fields"]?.members ?? [] {
      guard let text = member.value.text else { continue }
      if let index = signature.inputs.firstIndex(where: { $0.name == member.key }) {
        signature.inputs[index].description = text
      } else if let index = signature.outputs.firstIndex(where: { $0.name == member.key }) {
        signature.outputs[index].description = text
      } else {
        problems.add(
          at: member.position, "\(path).fields",
          "unknown field \"\(DocumentNode.shortened(member.key))\"",
          advice: NearestWord.advice(for: member.key, among: names))
      }
    }
  }

  /// The last field of the last stage is the task's answer, so it has the answer's type.
  private func takeAnswerType(_ signature: inout Signature) {
    let last = signature.outputs.count - 1
    guard last >= 0, signature.outputs[last].type == .text, let kind = answer?.kind else { return }
    switch kind {
    case .number: signature.outputs[last].type = .number
    case .json(field: nil): signature.outputs[last].type = .json
    default:
      if let options = kind.options, options.count > 1 {
        signature.outputs[last].type = .label(options)
      }
    }
  }

  private func call(_ signature: Signature, into problems: inout ProblemList) -> StageCall {
    var call = StageCall(signature: signature)
    if let word = node["module"]?.text { call.module = StageModule(rawValue: word) ?? call.module }
    if let word = node["format"]?.text { call.format = ReplyFormat(rawValue: word) ?? call.format }
    let others = (node["formats"]?.items ?? []).compactMap {
      $0.text.flatMap { ReplyFormat(rawValue: $0) }
    }
    var seen: Set<ReplyFormat> = []
    let formats = ([call.format] + others).filter { seen.insert($0).inserted }
    call.formats = formats.count > 1 ? formats : nil
    if let count = node["vote"]?.text.flatMap({ Int($0) }) { call.votes = count }
    if let count = node["retries"]?.text.flatMap({ Int($0) }) { call.retries = count }
    let checks = StageChecks(node: node, path: path, outputs: call.outputs.map(\.name))
      .read(into: &problems)
    call.checks = checks.isEmpty ? nil : checks
    call.temperature = node["temperature"]?.number
    call.maxTokens = node["max-tokens"]?.text.flatMap { Int($0) }
    if call.votes > 1, call.temperature == 0, let place = node["temperature"]?.position {
      problems.add(
        at: place, "\(path).temperature", "must be above 0 with a vote of \(call.votes)",
        advice: "at 0 all replies are the same; remove one of the two")
    }
    return call
  }

  /// The demonstrations of a stage that some rows, with their places in the list, are.
  func demonstrations(
    _ call: StageCall, _ rows: [(offset: Int, element: DocumentNode)],
    into problems: inout ProblemList
  ) -> [Demonstration] {
    let names = call.signature.inputs.map(\.name) + call.outputs.map(\.name)
    guard let answer = call.signature.outputs.last else { return [] }
    var found: [Demonstration] = []
    for (index, item) in rows {
      guard let members = item.members else { continue }
      let place = "\(path).demonstrations[\(index)]"
      for member in members where !names.contains(member.key) {
        problems.add(
          at: member.position, place, "unknown field \"\(DocumentNode.shortened(member.key))\"",
          advice: NearestWord.advice(for: member.key, among: names))
      }
      guard let shown = item[answer.name], let text = shown.text else {
        problems.add(
          at: item.position, place, "the field \"\(answer.name)\" is required and missing")
        continue
      }
      guard let value = answer.type.normalForm(of: text) else {
        problems.add(
          at: shown.position, "\(place).\(answer.name)",
          "must be \(answer.type.written), not \(shown.described)")
        continue
      }
      let rest = members.compactMap { member -> (String, String)? in
        guard member.key != answer.name, let text = member.value.text else { return nil }
        return (member.key, text)
      }
      found.append(
        Demonstration(
          fields: Dictionary(rest, uniquingKeysWith: { first, _ in first }), answer: value))
    }
    return found
  }
}
