// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Turns the document of a task file into a task and collects what is wrong.
///
/// Shapes are checked first, against ``TaskKeys``. After that a value of the wrong shape counts as
/// left out, because it was reported.
struct TaskReading {
  let root: DocumentNode
  let optimizers: [OptimizerDescription]
  var problems: ProblemList
  var warnings: [String] = []
  /// The folder that paths are relative to; nil for a text without a file.
  var folder: URL?
  /// The input fields with their places, once read.
  var inputs: [(name: String, position: DocumentNode.Position)] = []
  /// Those of them that are paths of images, once read.
  var images: [String] = []
  /// How an answer is read, once read.
  var answer: AnswerFormat?
  /// The answer field, once read.
  var answerField: String?

  init(root: DocumentNode, optimizers: [OptimizerDescription], problems: ProblemList) {
    self.root = root
    self.optimizers = optimizers
    self.problems = problems
  }

  /// The seed of everything random.
  var seed: UInt64 { root["seed"]?.text.flatMap { UInt64($0) } ?? 0 }

  /// The task, or nil after reporting why there is none.
  mutating func task() -> PromptTask? {
    TaskKeys.root.check(root, "", optimizers: optimizers, into: &problems)
    guard root.members != nil else { return nil }
    checkName()
    readInputs()
    readImages()
    answerField = root["answer"]?["field"]?.text
    answer = readAnswer()
    let metric = readMetric()
    let program = readProgram()
    let models = readModels(metric)
    guard problems.isEmpty, let name = root["name"]?.text, let answer, let metric, let program
    else { return nil }
    let fields = inputs.map(\.name)
    return PromptTask(
      name: name, description: root["description"]?.text ?? "", inputFields: fields,
      answer: answer, metric: metric, program: program, models: models,
      optimizer: readOptimizer(), budget: readBudget(), seed: seed,
      generation: readGeneration())
  }

  private mutating func checkName() {
    guard let node = root["name"], let name = node.text else { return }
    let isFine = name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "-_.".unicodeScalars.contains($0)
    }
    if !isFine || name.utf8.count > 100 || name.hasPrefix(".") {
      problems.add(
        at: node.position, "name",
        "must be at most 100 letters, digits, -, _ and . and not begin with a dot, "
          + "not \(node.described)")
    }
  }

  private mutating func readInputs() {
    for (index, node) in (root["inputs"]?.items ?? []).enumerated() {
      guard let name = node.text else { continue }
      let path = "inputs[\(index)]"
      if inputs.contains(where: { $0.name == name }) {
        problems.add(at: node.position, path, "the field \"\(name)\" stands twice")
      } else if name.contains("{") || name.contains("}") {
        problems.add(
          at: node.position, path, "a field with a brace in its name cannot be a slot",
          advice: "rename it in the data")
      } else if name == root["answer"]?["field"]?.text {
        problems.add(
          at: node.position, path, "the answer field \"\(name)\" cannot be an input",
          advice: "the model would see the answer")
      } else {
        inputs.append((name, node.position))
      }
    }
  }

  private mutating func readImages() {
    for (index, node) in (root["data"]?["images"]?.items ?? []).enumerated() {
      guard let name = node.text else { continue }
      let path = "data.images[\(index)]"
      guard inputs.contains(where: { $0.name == name }) else {
        problems.add(
          at: node.position, path, "the field \"\(DocumentNode.shortened(name))\" is no input",
          advice: NearestWord.advice(for: name, among: inputs.map(\.name))
            ?? "name it under inputs too")
        continue
      }
      if !images.contains(name) { images.append(name) }
    }
    guard !images.isEmpty, let position = root["data"]?["images"]?.position else { return }
    if root["prompt"]?["layout"]?.text == "raw" {
      problems.add(
        at: position, "data.images", "needs a chat; layout raw is text alone",
        advice: "take another layout")
    }
    if root["answer"]?["choose"]?.text == "likelihood" {
      problems.add(
        at: position, "data.images", "cannot go with choose: likelihood, which reads text alone",
        advice: "let the answer be generated")
    }
  }

  private mutating func readModels(_ metric: MetricConfiguration?) -> [ModelRole: String] {
    var models: [ModelRole: String] = [.task: TaskKeys.defaultModel]
    for role in ModelRole.allCases {
      if let name = root["models"]?[role.rawValue]?.text { models[role] = name }
    }
    if let metric, metric.asksJudge, models[.judge] == nil {
      let node = root["models"] ?? root["metric"] ?? root
      problems.add(
        at: node.position, "models.judge", "is required by a metric that has a judge",
        advice: "name the model that grades")
    }
    return models
  }

  private func readOptimizer() -> OptimizerChoice {
    guard let node = root["optimizer"] else { return OptimizerChoice(name: "gpo") }
    guard let members = node.members else { return OptimizerChoice(name: node.text ?? "gpo") }
    var choice = OptimizerChoice(name: node["name"]?.text ?? "gpo")
    let known = optimizers.first { $0.name == choice.name }
    for member in members where member.key != "name" {
      let setting = known?.settings.first { $0.name == member.key }
      choice.settings[member.key] = Self.settingValue(member.value, setting?.kind)
    }
    return choice
  }

  private static func settingValue(
    _ node: DocumentNode, _ kind: SettingDescription.Kind?
  ) -> JSONValue {
    switch kind {
    case .text, .choice: break
    case .integer, .number, .flag, nil:
      if let flag = node.flag { return .bool(flag) }
      if let number = node.number { return .number(number) }
    }
    return node.text.map(JSONValue.string) ?? .null
  }

  private func readBudget() -> Budget {
    let node = root["budget"]
    func amount(_ key: String, _ quantity: Quantity) -> Double? {
      node?[key]?.text.flatMap { quantity.amount($0) }
    }
    return Budget(
      calls: amount("calls", .count).flatMap { Int(exactly: $0) },
      tokens: amount("tokens", .count).flatMap { Int(exactly: $0) },
      seconds: amount("time", .duration), dollars: amount("money", .money),
      failures: amount("failures", .percentage))
  }

  private func readGeneration() -> GenerationSettings {
    let node = root["generation"]
    var settings = GenerationSettings()
    if let tokens = node?["max-tokens"]?.text.flatMap({ Int($0) }) { settings.maxTokens = tokens }
    if let number = node?["temperature"]?.number { settings.temperature = number }
    if let stop = node?["stop"] {
      settings.stop = stop.items?.compactMap(\.text) ?? [stop.text].compactMap { $0 }
    }
    if let flag = node?["full-responses"]?.flag { settings.fullResponses = flag }
    settings.schema = node?["schema"]?.json
    return settings
  }
}
