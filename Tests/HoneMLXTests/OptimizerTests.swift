// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneMLX
import Testing

@Suite("Gradient optimizers")
struct OptimizerTests {
  private let inputs: [Float] = [-2, -1, 0, 1, 2, 3]

  /// The mean squared error of y = 3x - 1.
  private func loss(_ parameters: ParameterTree) throws -> Tensor {
    let x = try Tensor(inputs, shape: [6])
    let y = try x * 3 - 1
    guard let slope = parameters["slope"], let offset = parameters["offset"] else {
      return try Tensor(0)
    }
    return try (x * slope + offset - y).mapped(.square).reduced(.mean)
  }

  private func line() throws -> ParameterTree {
    ParameterTree(["slope": try Tensor(0), "offset": try Tensor(0)])
  }

  private func fit(
    _ optimizer: inout some GradientOptimizer, _ parameters: ParameterTree, rate: Double,
    steps: Int
  ) throws -> ParameterTree {
    var parameters = parameters
    for _ in 0..<steps {
      let result = try parameters.valueAndGradient { try loss($0) }
      parameters = try optimizer.update(
        parameters, gradient: result.gradient, learningRate: rate)
      try Tensor.evaluate(parameters.values)
    }
    return parameters
  }

  @Test("Gradient descent, with and without momentum, finds a line", arguments: [0, 0.5])
  func descent(momentum: Double) throws {
    var optimizer = SGD(momentum: momentum)
    let found = try fit(&optimizer, line(), rate: 0.1, steps: 120)
    #expect(abs((try found["slope"]?.number() ?? 0) - 3) < 1e-3)
    #expect(abs((try found["offset"]?.number() ?? 0) + 1) < 1e-3)
  }

  @Test("AdamW finds a line")
  func adam() throws {
    var optimizer = AdamW(weightDecay: 0)
    let found = try fit(&optimizer, line(), rate: 0.2, steps: 200)
    #expect(abs((try found["slope"]?.number() ?? 0) - 3) < 1e-2)
    #expect(abs((try found["offset"]?.number() ?? 0) + 1) < 1e-2)
  }

  @Test("AdamW's first updates are those of the paper's formulas")
  func adamByHand() throws {
    var optimizer = AdamW(beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1)
    var tree = ParameterTree(["x": try Tensor([1, -2], shape: [2])])
    var (x, m, v) = ([1.0, -2.0], [0.0, 0.0], [0.0, 0.0])
    for (index, gradient) in [[0.5, -1.5], [0.2, 3.0], [-0.7, 0.1]].enumerated() {
      tree = try optimizer.update(
        tree,
        gradient: ParameterTree(["x": try Tensor(gradient.map { Float($0) }, shape: [2])]),
        learningRate: 0.01)
      for place in 0..<2 {
        m[place] = 0.9 * m[place] + 0.1 * gradient[place]
        v[place] = 0.99 * v[place] + 0.01 * gradient[place] * gradient[place]
        let mean = m[place] / (1 - pow(0.9, Double(index + 1)))
        let square = v[place] / (1 - pow(0.99, Double(index + 1)))
        x[place] -= 0.01 * (mean / (square.squareRoot() + 1e-8) + 0.1 * x[place])
      }
      let got = try tree["x"]?.floats() ?? []
      for place in 0..<2 { #expect(abs(Double(got[place]) - x[place]) < 1e-6) }
    }
  }

  @Test("An optimizer that takes up a state goes on as the one it came from")
  func restoring() throws {
    var first = AdamW()
    let halfway = try fit(&first, line(), rate: 0.1, steps: 5)
    var second = AdamW()
    try second.restore(state: first.state, step: first.step)
    let straight = try fit(&first, halfway, rate: 0.1, steps: 5)
    let resumed = try fit(&second, halfway, rate: 0.1, steps: 5)
    #expect(try straight.values.map { try $0.number() } == resumed.values.map { try $0.number() })
  }

  @Test("A gradient above the limit is scaled down to it, one below stays")
  func clipping() throws {
    let tree = ParameterTree([
      "a": try Tensor([3, 0], shape: [2]), "b": try Tensor([4], shape: [1]),
    ])
    #expect(try tree.norm().number() == 5)
    let clipped = try tree.clipped(toNorm: 1).values.map { try $0.floats() }
    #expect(clipped.flatMap { $0 }.elementsEqual([0.6, 0, 0.8]) { abs($0 - $1) < 1e-6 })
    #expect(try tree.clipped(toNorm: 9).values.map { try $0.floats() } == [[3, 0], [4]])
  }

  @Test("The rate rises to its peak and decays to its floor")
  func schedule() {
    let linear = LearningRate(peak: 1, warmUpSteps: 4, decay: .linear, totalSteps: 14, floor: 0.1)
    #expect((0..<5).map { linear.rate(at: $0) } == [0.25, 0.5, 0.75, 1, 1])
    #expect(abs(linear.rate(at: 9) - 0.55) < 1e-12)
    #expect(abs(linear.rate(at: 14) - 0.1) < 1e-12)
    #expect(abs(linear.rate(at: 99) - 0.1) < 1e-12)
    let cosine = LearningRate(peak: 2, decay: .cosine, totalSteps: 10)
    #expect(cosine.rate(at: 0) == 2)
    #expect(abs(cosine.rate(at: 5) - 1) < 1e-12)
    #expect(LearningRate(peak: 3).rate(at: 1000) == 3)
  }

  @Test("A gradient that lacks a parameter is refused")
  func missingGradient() throws {
    var optimizer = AdamW()
    let tree = try line()
    #expect(throws: TensorError.self) {
      try optimizer.update(
        tree, gradient: ParameterTree(["slope": try Tensor(1)]), learningRate: 0.1)
    }
  }
}
