// SPDX-License-Identifier: Apache-2.0

/// What a function makes of each item, in order; the items of a large batch are worked on by all
/// cores, as a model waits meanwhile.
///
/// The function gets the items in parts, of which it makes as many results.
func inParts<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ make: @escaping @Sendable (ArraySlice<Item>) throws -> [Result]
) async throws -> [Result] {
  // Fewer are not worth the change of threads.
  let size = 256
  guard items.count > size else { return try make(items[...]) }
  return try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
    for start in stride(from: 0, to: items.count, by: size) {
      group.addTask { (start, try make(items[start..<min(start + size, items.count)])) }
    }
    var parts: [Int: [Result]] = [:]
    for try await (start, results) in group { parts[start] = results }
    return parts.sorted { $0.key < $1.key }.flatMap(\.value)
  }
}
