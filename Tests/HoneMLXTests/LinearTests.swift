// SPDX-License-Identifier: Apache-2.0

import HoneMLX
import Testing

@Suite("Linear layers")
struct LinearTests {
  private func values(_ count: Int, _ step: Int) -> [Float] {
    (0..<count).map { Float(($0 * step) % 17) / 8 - 1 }
  }

  // Sizes beyond which threads share a product: cut by columns, by rows, and kept whole.
  @Test(
    "A changed layer's output is that of its matrices, however the product is cut",
    arguments: [(40, 200, 190), (190, 200, 40), (5, 7, 3)])
  func output(rows: Int, inputs: Int, outputs: Int) throws {
    let rank = 3
    let (x, w) = (values(rows * inputs, 5), values(outputs * inputs, 7))
    let (a, b) = (values(rank * inputs, 3), values(outputs * rank, 11))
    let got = try Tensor(x, shape: [rows, inputs]).linear(
      [
        ChangedLinear(
          Tensor(w, shape: [outputs, inputs]),
          change: (Tensor(a, shape: [rank, inputs]), Tensor(b, shape: [outputs, rank]))),
        ChangedLinear(Tensor(w, shape: [outputs, inputs])),
      ], scale: 0.25)
    let (changed, plain) = (try got[0].floats(), try got[1].floats())
    // Every 7th row and 5th column, the last ones too.
    for row in stride(from: rows - 1, through: 0, by: -7) {
      for column in stride(from: outputs - 1, through: 0, by: -5) {
        var (sum, change) = (Float(0), Float(0))
        for i in 0..<inputs { sum += x[row * inputs + i] * w[column * inputs + i] }
        for r in 0..<rank {
          var narrow = Float(0)
          for i in 0..<inputs { narrow += x[row * inputs + i] * a[r * inputs + i] }
          change += narrow * b[column * rank + r]
        }
        #expect(abs(plain[row * outputs + column] - sum) < 1e-3)
        #expect(abs(changed[row * outputs + column] - sum - 0.25 * change) < 1e-3)
      }
    }
  }

  @Test("Matrices that do not go together are refused with their shapes")
  func misfit() throws {
    let input = try Tensor(filledWith: 1, shape: [2, 4])
    let weight = try Tensor(filledWith: 1, shape: [3, 4])
    let a = try Tensor(filledWith: 1, shape: [2, 4])
    let b = try Tensor(filledWith: 1, shape: [2, 3])
    let error = #expect(throws: TensorError.self) {
      try input.linear([ChangedLinear(weight, change: (a, b))])
    }
    #expect(error?.kind == .shape)
    #expect(error?.description.contains("[2, 3]") == true)
    #expect(throws: TensorError.self) { try weight.linear([ChangedLinear(input.transposed())]) }
  }

  @Test("An update by a scaled gradient is that by the gradient scaled")
  func scaledGradient() throws {
    let parameters = ParameterTree(["x": try Tensor(values(9000, 3), shape: [9000])])
    let gradient = ParameterTree(["x": try Tensor(values(9000, 5), shape: [9000])])
    var (first, second) = (AdamW(), AdamW())
    let one = try first.update(parameters, gradient: gradient, scale: 0.5, learningRate: 0.1)
    let other = try second.update(
      parameters, gradient: gradient.scaled(by: 0.5), learningRate: 0.1)
    #expect(try one["x"]?.floats() == other["x"]?.floats())
    let sum = values(9000, 5).reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(abs(Double(try gradient.norm().number()) - sum.squareRoot()) < 1e-2)
  }
}
