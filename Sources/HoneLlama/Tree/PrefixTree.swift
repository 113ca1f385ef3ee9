// SPDX-License-Identifier: Apache-2.0

/// Where a probe's answer goes: which path asked, and for which of its questions.
struct Probe: Hashable, Sendable {
  /// The path that asked.
  var path: Int
  /// The token whose log-probability is asked for; nil when the next token is to be chosen.
  var target: Token?
  /// What the path's owner calls the question.
  var label: Int
}

/// A stretch of tokens that some paths share, with its place in the KV memory.
struct PrefixNode: Sendable {
  /// The tokens of the stretch; never empty.
  var tokens: [Token]
  /// The position of the first token in its paths.
  var start: Int
  /// The node that comes before, or nil at the beginning of a path.
  var parent: Int?
  /// The nodes that come after.
  var children: [Int] = []
  /// How many of the tokens are computed and in the KV memory.
  var done = 0
  /// The sequence that holds all tokens from the beginning to here; nil while none is given.
  var sequence: Int32?
  /// Paths through here that are not finished.
  var users = 0
  /// Paths through here that are at work.
  var active = 0
  /// Paths that ever came through here.
  var visits = 0
  /// When a path was last here, as a count of finished paths.
  var lastUse = 0
  /// Whether other paths may share it.
  var isShared = true
  /// What is asked after each token, by offset.
  var probes: [Int: [Probe]] = [:]

  /// The position after the last token.
  var end: Int { start + tokens.count }
  /// A number that follows from the tokens and is as good as random.
  var draw: UInt64 {
    tokens.reduce(0xcbf2_9ce4_8422_2325) {
      ($0 ^ UInt64(bitPattern: Int64($1))) &* 0x0100_0000_01b3
    }
  }
  /// Whether all tokens are in the KV memory.
  var isComplete: Bool { done == tokens.count }
}

/// All paths that are wanted or cached, laid out so that each shared beginning exists once.
///
/// A tree over tokens whose nodes are stretches without a fork. It is a value without any model:
/// changes of the KV memory come out as ``MemoryOperation``s.
struct PrefixTree: Sendable {
  private(set) var nodes: [PrefixNode?] = []
  private(set) var roots: [Int] = []
  private var free: [Int] = []

  /// The node with an identifier that a path holds.
  subscript(id: Int) -> PrefixNode {
    get { nodes[id] ?? PrefixNode(tokens: [], start: 0) }
    set { nodes[id] = newValue }
  }

  /// The nodes from the beginning of a path to the given one.
  func path(to leaf: Int) -> [Int] {
    var result = [leaf]
    while let parent = self[result[result.count - 1]].parent { result.append(parent) }
    return result.reversed()
  }

  /// The identifiers of all nodes.
  var identifiers: [Int] { nodes.indices.filter { nodes[$0] != nil } }

  /// Lays a path into the tree and returns its last node.
  ///
  /// What is computed cannot be asked again, as only the KV memory is kept and not the outputs; so
  /// a computed token is shared only if the path asks nothing at or before it.
  ///
  /// - Parameters:
  ///   - tokens: The path; not empty.
  ///   - firstProbe: The position of the first token after which the path asks something.
  ///   - sequences: Where sequences for forks in the KV memory come from.
  ///   - operations: Where changes of the KV memory are added.
  /// - Returns: The path's last node.
  mutating func insert(
    _ tokens: [Token], firstProbe: Int, sequences: inout SequencePool,
    operations: inout [MemoryOperation]
  ) -> Int {
    var position = 0
    var last: Int?
    while position < tokens.count {
      let candidates = last.map { self[$0].children } ?? roots
      var best: (node: Int, length: Int) = (-1, 0)
      for child in candidates {
        let length = sharedLength(child, tokens, position, firstProbe)
        if length > best.length { best = (child, length) }
      }
      if best.length > 0, best.length < self[best.node].tokens.count {
        let upper = split(
          best.node, at: best.length, sequences: &sequences, operations: &operations)
        best = upper.map { ($0, best.length) } ?? (-1, 0)
      }
      if best.length == 0 {
        last = add(Array(tokens[position...]), start: position, parent: last)
        position = tokens.count
      } else {
        last = best.node
        position += best.length
      }
    }
    return last ?? add([], start: 0, parent: nil)
  }

  /// Adds a path that shares nothing.
  mutating func insertAlone(_ tokens: [Token]) -> Int {
    let id = add(tokens, start: 0, parent: nil)
    self[id].isShared = false
    return id
  }

  /// Removes a node that has no children.
  mutating func remove(_ id: Int) {
    if let parent = self[id].parent {
      self[parent].children.removeAll { $0 == id }
    } else {
      roots.removeAll { $0 == id }
    }
    nodes[id] = nil
    free.append(id)
  }

  private mutating func add(_ tokens: [Token], start: Int, parent: Int?) -> Int {
    let node = PrefixNode(tokens: tokens, start: start, parent: parent)
    let id: Int
    if let reused = free.popLast() {
      nodes[reused] = node
      id = reused
    } else {
      id = nodes.count
      nodes.append(node)
    }
    if let parent { self[parent].children.append(id) } else { roots.append(id) }
    return id
  }

  /// How many of a node's tokens a path can share.
  private func sharedLength(
    _ id: Int, _ tokens: [Token], _ position: Int, _ firstProbe: Int
  ) -> Int {
    guard let node = nodes[id], node.isShared, node.tokens[0] == tokens[position] else { return 0 }
    let limit = min(node.tokens.count, tokens.count - position)
    var length = 1
    while length < limit, node.tokens[length] == tokens[position + length] { length += 1 }
    let firstAsked = max(0, firstProbe - position)
    return firstAsked < min(length, node.done) ? firstAsked : length
  }

  /// Cuts a node in two and returns the new upper part; nil when no sequence is left for it.
  ///
  /// The node keeps its identifier as the lower part, so paths that end in it stay valid.
  private mutating func split(
    _ id: Int, at offset: Int, sequences: inout SequencePool, operations: inout [MemoryOperation]
  ) -> Int? {
    var lower = self[id]
    var fresh: Int32?
    if lower.sequence != nil {
      guard let sequence = sequences.take() else { return nil }
      fresh = sequence
    }
    var upper = lower
    upper.tokens = Array(lower.tokens[..<offset])
    upper.children = [id]
    upper.done = min(lower.done, offset)
    upper.probes = lower.probes.filter { $0.key < offset }
    if let fresh, let sequence = lower.sequence {
      if lower.done > offset {
        operations.append(.copy(from: sequence, to: fresh, end: lower.start + offset))
        upper.sequence = fresh
      } else {
        lower.sequence = fresh
      }
    }
    lower.tokens = Array(lower.tokens[offset...])
    lower.start += offset
    lower.done -= upper.done
    lower.probes = Dictionary(
      uniqueKeysWithValues: lower.probes.filter { $0.key >= offset }
        .map { ($0.key - offset, $0.value) })
    let upperID = add(upper.tokens, start: upper.start, parent: upper.parent)
    lower.parent = upperID
    if let parent = upper.parent {
      self[parent].children.removeAll { $0 == id }
    } else {
      roots.removeAll { $0 == id }
    }
    nodes[upperID] = upper
    nodes[id] = lower
    return upperID
  }
}
