// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX
import Testing

@Suite("Gradients")
struct GradientTests {
  /// A function of two parameters whose gradient is checked.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let function: @Sendable (Tensor, Tensor) throws -> Tensor
  }

  static let cases: [Case] = [
    Case(testDescription: "sum of products") { try ($0 * $1).reduced(.sum) },
    Case(testDescription: "quotient and root") {
      try ($0 / ($1.mapped(.square) + 1).mapped(.squareRoot)).reduced(.mean)
    },
    Case(testDescription: "matrix product") {
      try $0.product(with: $1.transposed()).mapped(.hyperbolicTangent).reduced(.sum)
    },
    Case(testDescription: "linear layers, one of them changed") {
      let outputs = try $0.linear(
        [
          ChangedLinear($1, change: ($1.part(0..<2, axis: 0), $1.part(1..<3, axis: 1))),
          ChangedLinear($1.part(0..<2, axis: 0)),
        ], scale: 0.5)
      return try outputs[0].mapped(.sine).reduced(.sum) + outputs[1].mapped(.square).reduced(.sum)
    },
    Case(testDescription: "softmax") {
      try ($0.softmax(axis: -1) * $1).reduced(.sum)
    },
    Case(testDescription: "log-softmax") {
      try ($0.logSoftmax(axis: -1) * $1).reduced(.sum)
    },
    Case(testDescription: "root mean square normalization") {
      try $0.rootMeanSquareNormalized(
        weight: $1.part(0..<1, axis: 0).reshaped([4]), epsilon: 1e-5
      ).mapped(.sine).reduced(.sum)
    },
    Case(testDescription: "layer normalization") {
      try $0.layerNormalized(
        weight: $1.part(0..<1, axis: 0).reshaped([4]),
        bias: $1.part(1..<2, axis: 0).reshaped([4]), epsilon: 1e-5
      ).mapped(.sine).reduced(.sum)
    },
    Case(testDescription: "gated silu") { try $0.gatedSilu($1).mapped(.sine).reduced(.sum) },
    Case(testDescription: "cross entropy") {
      try ($0 + $1.mapped(.square)).crossEntropy(targets: [3, 0, 1]).reduced(.mean)
    },
    Case(testDescription: "rotation") {
      try
        ($0.reshaped([1, 1, 3, 4]).rotated(size: 4, adjacent: true, base: 100)
        * $1.reshaped([1, 1, 3, 4])).reduced(.sum)
    },
    Case(testDescription: "attention") {
      let keys = try $1.reshaped([1, 1, 3, 4])
      return try Tensor.attention(
        queries: $0.reshaped([1, 1, 3, 4]), keys: keys, values: keys.mapped(.sine), scale: 0.5
      ).mapped(.square).reduced(.sum)
    },
    Case(testDescription: "taking rows twice") {
      try ($0.taking([2, 2, 0]) * $1).mapped(.exponential).reduced(.sum)
    },
    Case(testDescription: "joined parts") {
      try Tensor.joined([$0.part(1..<3, axis: 0), $1], axis: 0).mapped(.sigmoid).reduced(.sum)
    },
  ]

  private static let left: [Float] = [
    0.3, -1.2, 0.7, 2.1, -0.4, 0.9, 1.1, -0.8, 0.2, -0.6, 1.7, 0.5,
  ]
  private static let right: [Float] = [
    1.3, 0.4, -0.9, 0.6, 0.8, -1.1, 0.3, 1.9, -0.7, 1.2, 0.1, -0.5,
  ]

  private func value(_ test: Case, _ left: [Float], _ right: [Float]) throws -> Float {
    try test.function(Tensor(left, shape: [3, 4]), Tensor(right, shape: [3, 4])).number()
  }

  @Test("The gradient is the slope that small steps measure", arguments: cases)
  func slopes(test: Case) throws {
    let tree = ParameterTree([
      "left": try Tensor(Self.left, shape: [3, 4]), "right": try Tensor(Self.right, shape: [3, 4]),
    ])
    let result = try tree.valueAndGradient { given in
      guard let left = given["left"], let right = given["right"] else { return try Tensor(0) }
      return try test.function(left, right)
    }
    #expect(try result.value.number() == value(test, Self.left, Self.right))
    let slopes = try result.gradient.values.map { try $0.floats() }
    let step: Float = 1e-2
    for index in 0..<12 {
      for side in 0..<2 {
        var up = [Self.left, Self.right]
        var down = up
        up[side][index] += step
        down[side][index] -= step
        let measured =
          try (value(test, up[0], up[1]) - value(test, down[0], down[1])) / (2 * step)
        #expect(
          abs(measured - slopes[side][index]) < 4e-3 * max(1, abs(measured)),
          "side \(side), element \(index): \(slopes[side][index]), measured \(measured)")
      }
    }
  }

  @Test("No gradient passes through a constant")
  func constants() throws {
    let tree = ParameterTree(["x": try Tensor([2, 3], shape: [2])])
    let result = try tree.valueAndGradient { given in
      guard let x = given["x"] else { return try Tensor(0) }
      return try (x * x.withoutGradient()).reduced(.sum)
    }
    #expect(try result.gradient["x"]?.floats() == [2, 3])
  }

  @Test("A recomputed function has the same value and gradient")
  func checkpoints() throws {
    let tree = ParameterTree(["x": try Tensor(Self.left, shape: [3, 4])])
    @Sendable func body(_ x: Tensor) throws -> Tensor {
      try x.mapped(.sine).softmax(axis: -1).mapped(.square)
    }
    let plain = try tree.valueAndGradient { try body($0.values[0]).reduced(.sum) }
    let recomputed = try tree.valueAndGradient {
      try Checkpoint.recomputing([$0.values[0]]) { try body($0[0]) }.reduced(.sum)
    }
    #expect(try plain.value.number() == recomputed.value.number())
    #expect(try plain.gradient.values[0].floats() == recomputed.gradient.values[0].floats())
  }

  private struct Refusal: Error, Equatable {
    let reason: String
  }

  @Test("The error of a function passes through the library as it is")
  func ownErrors() throws {
    let tree = ParameterTree(["x": try Tensor([1, 2], shape: [2])])
    #expect(throws: Refusal(reason: "no")) {
      try tree.valueAndGradient { (_) -> Tensor in throw Refusal(reason: "no") }
    }
    #expect(throws: Refusal(reason: "inside")) {
      try tree.valueAndGradient { given in
        try Checkpoint.recomputing(given.values) { _ in throw Refusal(reason: "inside") }
      }
    }
    let error = #expect(throws: TensorError.self) { try tree.valueAndGradient { $0.values[0] } }
    #expect(error?.description.contains("single number") == true)
  }
}
