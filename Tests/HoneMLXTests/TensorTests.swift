// SPDX-License-Identifier: Apache-2.0

import HoneMLX
import Testing

@Suite("Tensors")
struct TensorTests {
  private func matrix(_ values: [Float], _ rows: Int) throws -> Tensor {
    try Tensor(values, shape: [rows, values.count / rows])
  }

  @Test("An operation leaves its operands as they were")
  func operandsStay() throws {
    let left = try matrix([1, 2, 3, 4], 2)
    let sum = try left + 10
    #expect(try sum.floats() == [11, 12, 13, 14])
    #expect(try left.floats() == [1, 2, 3, 4])
  }

  @Test("A matrix product multiplies rows with columns")
  func product() throws {
    let left = try matrix([1, 2, 3, 4, 5, 6], 2)
    let right = try matrix([1, 0, 0, 1, 1, 1], 3)
    #expect(try left.product(with: right).floats() == [4, 5, 10, 11])
  }

  @Test("Shapes that do not go together are told, both of them")
  func badShapes() throws {
    let left = try matrix([1, 2, 3, 4, 5, 6], 2)
    let error = #expect(throws: TensorError.self) { try left.product(with: left) }
    #expect(error?.kind == .shape)
    #expect(error?.description.contains("[2, 3] and [2, 3]") == true)
    #expect(throws: TensorError.self) { try left.reshaped([4, 2]) }
    #expect(throws: TensorError.self) { try left.transposed([0, 0]) }
    #expect(throws: TensorError.self) { try Tensor([1, 2, 3], shape: [2, 2]) }
    #expect(throws: TensorError.self) { try left + Tensor([1, 2], shape: [2]) }
  }

  @Test("An index outside its axis is refused before the library reads there", arguments: [-1, 3])
  func badIndex(place: Int32) throws {
    let rows = try matrix([1, 2, 3, 4, 5, 6], 3)
    let error = #expect(throws: TensorError.self) { try rows.taking([0, place]) }
    #expect(error?.kind == .index)
    #expect(error?.description.contains("Index \(place) at position 1") == true)
    #expect(throws: TensorError.self) { try rows.part(1..<4, axis: 0) }
    #expect(throws: TensorError.self) { try rows.reduced(.sum, axis: 2) }
  }

  @Test("A shape of more values than can be held is refused")
  func tooLarge() {
    let error = #expect(throws: TensorError.self) {
      try Tensor(filledWith: 0, shape: [1 << 30, 1 << 30, 4])
    }
    #expect(error?.kind == .size)
  }

  @Test("Half-precision bytes become the numbers they stand for")
  func halfPrecision() throws {
    // 1.5 and -2 in IEEE half precision.
    let bytes: [UInt8] = [0x00, 0x3E, 0x00, 0xC0]
    let tensor = try bytes.withUnsafeBytes {
      try Tensor(bytes: $0, shape: [2], element: .float16)
    }
    #expect(tensor.element == .float16)
    #expect(try tensor.floats() == [1.5, -2])
  }

  @Test("Reductions and choices along an axis")
  func reductions() throws {
    let rows = try matrix([3, 1, 2, 0, 5, 4], 2)
    #expect(try rows.reduced(.sum, axis: 1).floats() == [6, 9])
    #expect(try rows.reduced(.maximum, axis: 0).floats() == [3, 5, 4])
    #expect(try rows.placeOfMaximum(axis: 1).integers() == [0, 1])
    #expect(try rows.taking([1, 0, 1]).shape == [3, 3])
    #expect(try rows.takingOnePerRow([2, 1]).floats() == [2, 5])
    #expect(try rows.reduced(.mean).number() == 2.5)
  }

  @Test("A tensor that was not computed yet may be computed by any task")
  func manyTasks() async throws {
    let start = try Tensor((0..<64).map { Float($0) }, shape: [8, 8])
    let results = try await withThrowingTaskGroup(of: Float.self) { group in
      for index in 0..<16 {
        let waiting = try start * Float(index)
        group.addTask {
          await Task.yield()
          return try waiting.product(with: start).reduced(.sum).number()
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let unit = try start.product(with: start).reduced(.sum).number()
    #expect(results.sorted() == (0..<16).map { Float($0) * unit })
  }

  @Test("Living tensors are counted, and their numbers survive that freed memory is used again")
  func memory() throws {
    let rows = 4_000_000
    // Sizes that differ little, as those of batches of texts do.
    for more in 0..<20 {
      let shape = [rows + more * 1000]
      let tensor = try Tensor(filledWith: Float(more), shape: shape)
      let sum = try tensor + Tensor(filledWith: 1, shape: shape)
      try Tensor.evaluate([tensor, sum])
      let active = ArrayLibrary.activeBytes
      #expect(active >= 8 * rows)
      #expect(ArrayLibrary.peakBytes >= active)
      #expect(try sum.reduced(.maximum).number() == Float(more + 1))
      #expect(try tensor.reduced(.maximum).number() == Float(more))
    }
  }

  #if os(Linux)
    @Test("Products are computed by oneDNN where it is there, else by OpenBLAS")
    func products() {
      #if arch(x86_64)
        #expect(ArrayLibrary.productDescription == "oneDNN and OpenBLAS")
      #else
        #expect(ArrayLibrary.productDescription == "OpenBLAS")
      #endif
    }
  #endif
}
