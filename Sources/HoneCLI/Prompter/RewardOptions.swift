// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import HoneCore

  /// What answers are rewarded for.
  struct RewardOptions: ParsableArguments {
    static let metrics: [String: MetricConfiguration] = [
      "rouge-1": .rouge1, "rouge-2": .rouge2, "rouge-l": .rougeL, "chrf": .chrf,
      "token-f1": .tokenF1, "contains": .contains,
    ]

    @Option(
      help: ArgumentHelp(
        "Likeness of an answer to its reference.",
        valueName: "rouge-1|rouge-2|rouge-l|chrf|token-f1|contains"))
    var metric: String?

    @Option(help: ArgumentHelp("The model that judges answers.", valueName: "name"))
    var judge: String?

    /// The metric as the library has it.
    var configuration: MetricConfiguration? { metric.flatMap { Self.metrics[$0] } }

    func validate() throws {
      if let metric, Self.metrics[metric] == nil {
        throw ValidationError(
          NearestName.message(
            "“\(metric)” is no metric for this", for: metric, among: Self.metrics.keys.sorted()))
      }
      if metric == nil, judge == nil { throw ValidationError("choose --metric, --judge or both") }
    }
  }
#endif
