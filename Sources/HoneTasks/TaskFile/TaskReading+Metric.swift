// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension TaskReading {
  /// How an answer is scored, or nil after reporting why that is unclear.
  mutating func readMetric() -> MetricConfiguration? {
    guard let node = root["metric"] else {
      guard answer?.kind == .freeText else { return checked(.accuracy, at: nil) }
      problems.add(
        at: root["answer"]?["kind"]?.position ?? root.position, "metric",
        "is required and missing for kind free-text", advice: "try rouge-l or judge")
      return nil
    }
    return readMetric(node, "metric").flatMap { checked($0, at: node) }
  }

  /// Reports what does not fit the answer.
  private mutating func checked(
    _ metric: MetricConfiguration, at node: DocumentNode?
  ) -> MetricConfiguration? {
    if let node, metric.problem == nil, let kind = answer?.kind,
      let problem = metric.problem(for: kind)
    {
      problems.add(at: node.position, "metric", problem)
    }
    if metric.needsReferences, let answer = root["answer"], answer.members != nil,
      answer["field"] == nil
    {
      problems.add(
        at: answer.position, "answer.field", "is required and missing; the metric compares with it",
        advice: "name the field that holds the right answer")
    }
    return metric
  }

  private mutating func readMetric(_ node: DocumentNode, _ path: String) -> MetricConfiguration? {
    if let word = node.text {
      return TaskKeys.simpleMetrics.first { $0.name == word }?.metric
    }
    guard let members = node.members else { return nil }
    guard let member = members.first, members.count == 1 else {
      problems.add(
        at: node.position, path, "must have one key, not \(members.count)",
        advice: "use weighted for several metrics")
      return nil
    }
    let value = member.value
    let metricPath = "\(path).\(member.key)"
    if member.key == "weighted" { return readSum(value, metricPath) }
    guard let metric = Self.metric(member.key, value) else { return nil }
    // The ranges of numbers were checked with the shapes.
    if !["number", "length"].contains(member.key), let problem = metric.problem {
      problems.add(at: value.position, metricPath, problem)
    }
    return metric
  }

  private static func metric(_ key: String, _ value: DocumentNode) -> MetricConfiguration? {
    switch key {
    case "number": value.number.map { .number(tolerance: $0) }
    case "length": value.text.flatMap { Int($0) }.map { .length(maxWords: $0) }
    case "judge": value.text.map { .judge(rubric: $0) }
    case "command": value.items.map { .command($0.compactMap(\.text)) }
    case "regex": value.text.map { .regex($0) }
    default: nil
    }
  }

  private mutating func readSum(_ node: DocumentNode, _ path: String) -> MetricConfiguration? {
    var parts: [WeightedMetric] = []
    for (index, item) in (node.items ?? []).enumerated() {
      guard let inner = item["metric"], let weight = item["weight"]?.number,
        let metric = readMetric(inner, "\(path)[\(index)].metric")
      else { return nil }
      parts.append(WeightedMetric(metric: metric, weight: weight))
    }
    // What is wrong with a part alone was reported at its place.
    let sum = MetricConfiguration.weighted(parts)
    if !parts.isEmpty, parts.allSatisfy({ $0.metric.problem == nil }), let problem = sum.problem {
      problems.add(
        at: node.position, path, problem,
        advice: problem.contains("add up") ? "divide each by their sum" : nil)
    }
    return sum
  }
}

extension MetricConfiguration {
  /// Whether a model grades.
  var asksJudge: Bool {
    switch self {
    case .judge: true
    case .weighted(let parts): parts.contains { $0.metric.asksJudge }
    default: false
    }
  }
}
