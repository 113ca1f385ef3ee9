// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension LanguageModelConformance {
  /// Checks that every request of a batch is answered once, equal ones too, and that tokens are
  /// counted and limited.
  public func checkEachAnsweredOnce() async throws {
    let nothing = try await collect(model.generate([]), count: 0)
    try require("an empty batch ends", nothing.isEmpty, "\(nothing.count) answers")
    let requests = Self.questions.map { request($0) }
    let results = try await collect(model.generate(requests), count: requests.count)
    for (index, result) in results.enumerated() {
      let usage = try result.get().usage
      try require(
        "tokens read are counted", usage.promptTokens > 0, "request \(index): \(usage)")
      try require(
        "tokens written keep to the limit", usage.completionTokens <= maxTokens,
        "request \(index): \(usage.completionTokens) of \(maxTokens)")
    }
  }

  /// Checks that greedy answers are the same each time, and alone as in a batch up to rounding.
  public func checkGreedy() async throws {
    let requests = Self.questions.map { request($0) }
    let first = try await texts(requests)
    let again = try await texts(requests)
    try require(
      "the same greedy batch gets the same answers", first == again, "\(first) and \(again)")
    var different = 0
    for (index, request) in requests.enumerated() {
      if try await texts([request]) != [first[index]] { different += 1 }
    }
    let allowed = Int((Double(requests.count) * batchDifference).rounded(.up))
    try require(
      "a request alone is answered as in a batch", different <= allowed,
      "\(different) of \(requests.count) answers differ")
  }

  /// Checks that samples of a request differ by their index alone, and repeat with it.
  public func checkSampling() async throws {
    let requests = (0..<8).map { request("Tell a story.", temperature: 1.5, sample: $0) }
    let first = try await texts(requests)
    try require(
      "the sample index chooses the sample", Set(first).count > 1,
      "8 samples are all \"\(first.first ?? "")\"")
    let again = try await texts(requests)
    try require(
      "the same sample index gives the same sample",
      Double(zip(first, again).count { $0 != $1 }) <= Double(first.count) * sampleDifference,
      "\(first) and \(again)")
  }

  /// Checks that a stop text ends the answer and is not part of it.
  public func checkStop() async throws {
    let question = Self.questions[0]
    guard let whole = try await texts([request(question)]).first, whole.count >= 3 else { return }
    let stop = String(whole[whole.index(whole.startIndex, offsetBy: whole.count / 2)...].prefix(2))
    let stopped = try await texts([request(question, stop: [stop])])
    try require(
      "a stop text is not part of the answer", stopped.allSatisfy { !$0.contains(stop) },
      "\"\(stopped.first ?? "")\" with the stop text \"\(stop)\"")
  }

  /// Checks that a request longer than the context fails alone, with its kind of error.
  public func checkTooLong() async throws {
    guard let tooLong else { return }
    let long = GenerationRequest(input: tooLong, maxTokens: maxTokens)
    let requests = [request(Self.questions[0]), long, request(Self.questions[2])]
    let results = try await collect(model.generate(requests), count: 3)
    guard case .failure(let error) = results[1] else {
      throw ConformanceFailure(
        "\(model.identity.name): a too long request fails", "it was answered")
    }
    try require("its error is of the kind tooLong", error.kind == .tooLong, "\(error.kind)")
    for index in [0, 2] {
      if case .failure(let error) = results[index] {
        throw ConformanceFailure(
          "\(model.identity.name): a too long request fails alone",
          "request \(index) failed with it: \(error)")
      }
    }
  }

  /// Checks that a cancelled batch ends without its remaining answers and that the model goes on.
  public func checkCancellation() async throws {
    let requests = (0..<64).map { request("Write about the number \($0).") }
    let answered = CallCounter()
    let work = Task { [model] in
      for try await _ in model.generate(requests) where answered.count() == 1 {
        withUnsafeCurrentTask { $0?.cancel() }
      }
    }
    do {
      try await work.value
    } catch is CancellationError {}
    try require(
      "a cancelled batch ends early", answered.value < requests.count,
      "\(answered.value) of \(requests.count) were answered")
    _ = try await texts([request(Self.questions[0])])
  }
}
