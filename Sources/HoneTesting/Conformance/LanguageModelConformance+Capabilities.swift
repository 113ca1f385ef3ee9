// SPDX-License-Identifier: Apache-2.0

import HoneCore

extension LanguageModelConformance {
  /// Checks that likelihoods come one for each continuation, in order, finite and repeatable.
  public func checkLikelihoods(_ model: any LikelihoodModel) async throws {
    let sets = [["yes", "no"], ["red", "green", "blue and a little yellow"], ["yes"]]
    let requests = sets.map {
      LikelihoodRequest(input: input("Is the sky blue?"), continuations: $0)
    }
    let first = try await collect(model.likelihoods(requests), count: requests.count)
    for (set, result) in zip(sets, first) {
      let entries = try result.get().continuations
      try require(
        "each continuation has a likelihood", entries.count == set.count,
        "\(entries.count) for \(set)")
      for entry in entries {
        try require(
          "a log-probability is finite and at most 0",
          entry.logProbability.isFinite && entry.logProbability <= 1e-3,
          "\(entry.logProbability)")
        try require("a continuation has tokens", entry.tokenCount > 0, "\(entry.tokenCount)")
      }
    }
    let again = try await collect(model.likelihoods(requests), count: requests.count)
    let pairs = try zip(first, again).flatMap {
      zip(try $0.get().continuations, try $1.get().continuations)
    }
    try require(
      "the same batch has the same likelihoods",
      pairs.allSatisfy {
        abs($0.logProbability - $1.logProbability) <= likelihoodDifference
          && $0.tokenCount == $1.tokenCount
      }, "\(pairs)")
    let swapped = LikelihoodRequest(input: requests[0].input, continuations: ["no", "yes"])
    let other = try await collect(model.likelihoods([swapped]), count: 1)[0].get().continuations
    let original = try first[0].get().continuations
    try require(
      "likelihoods follow the order of continuations",
      zip(other, original.reversed()).allSatisfy {
        abs($0.logProbability - $1.logProbability) < 0.1 && $0.tokenCount == $1.tokenCount
      }, "\(original) and, swapped, \(other)")
  }

  /// Checks that vectors have length 1, one dimension, and are the same for equal texts.
  public func checkEmbeddings(_ model: any EmbeddingModel) async throws {
    let texts = ["a red apple", "the stock market fell", "a red apple"]
    let vectors = try await collect(model.embed(texts), count: 3).map { try $0.get() }
    for vector in vectors {
      let length = vector.values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      try require("a vector has length 1", abs(length - 1) < 1e-3, "\(length)")
    }
    try require(
      "vectors have one dimension", Set(vectors.map(\.values.count)).count == 1,
      "\(vectors.map(\.values.count))")
    try require(
      "equal texts have equal vectors", vectors[0].cosine(to: vectors[2]) > 0.999,
      "cosine \(vectors[0].cosine(to: vectors[2]))")
    try require(
      "different texts have different vectors", vectors[0].cosine(to: vectors[1]) < 0.999,
      "cosine \(vectors[0].cosine(to: vectors[1]))")
  }
}
