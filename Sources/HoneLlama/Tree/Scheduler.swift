// SPDX-License-Identifier: Apache-2.0

/// Decides which tokens are computed together, and what the KV memory holds meanwhile.
///
/// Paths wait in the order of their tokens, so those that share a beginning are neighbours and run
/// at the same time. A path is admitted when there is room for all it may need; its nodes are then
/// computed from the top, each once, beside the tokens of paths that already decode. When a path
/// ends the next one joins. Beginnings that served several paths stay as a cache; what served one
/// path is freed at once, since every token in the memory slows down all others.
///
/// The scheduler is a value without any model, see ``Step``.
struct Scheduler: Sendable {
  /// A path's state.
  struct Path: Sendable {
    var leaf: Int
    var length: Int
    var room: Int
    var openProbes: Int
    var sequence: Int32?
    var written = 0
    var next: Token?
    /// Whether its own sequence is still to be forked from its last node, which may be asked while
    /// the path waits and be freed before the path runs.
    var isUnforked = false
    var isActive = false
  }

  let limits: SchedulerLimits
  private(set) var tree = PrefixTree()
  private(set) var sequences: SequencePool
  private(set) var paths: [Int: Path] = [:]
  /// Paths that wait, in order.
  private(set) var waiting: [Int] = []
  /// Paths at work, in the order they were admitted.
  private(set) var running: [Int] = []
  /// Tokens of the KV memory that are used or promised.
  private(set) var committed = 0
  private var operations: [MemoryOperation] = []
  private var finished = 0

  /// Creates a scheduler for an empty KV memory.
  init(limits: SchedulerLimits) {
    self.limits = limits
    sequences = SequencePool(count: limits.sequences)
  }

  /// Adds paths, which wait behind all earlier ones.
  mutating func add(_ requests: [PathRequest]) {
    let ordered = requests.sorted { $0.tokens.lexicographicallyPrecedes($1.tokens) }
    for request in ordered {
      let first = request.probes.map(\.position).min() ?? request.tokens.count
      let leaf = tree.insert(
        request.tokens, firstProbe: first, sequences: &sequences, operations: &operations)
      join(request, leaf: leaf)
    }
  }

  private mutating func join(_ request: PathRequest, leaf: Int) {
    for id in tree.path(to: leaf) {
      tree[id].users += 1
      tree[id].visits += 1
    }
    var id = leaf
    for (position, probe) in request.probes.sorted(by: { $0.position > $1.position }) {
      while position < tree[id].start, let parent = tree[id].parent { id = parent }
      tree[id].probes[position - tree[id].start, default: []].append(probe)
    }
    paths[request.id] = Path(
      leaf: leaf, length: request.tokens.count, room: request.room,
      openProbes: request.probes.count)
    waiting.append(request.id)
  }

  /// The tokens of a path's beginning.
  private func tokens(of path: Path) -> [Token] {
    tree.path(to: path.leaf).flatMap { tree[$0].tokens }
  }

  /// Whether no path waits or is at work.
  var isIdle: Bool { waiting.isEmpty && running.isEmpty }

  // MARK: Steps

  /// Admits what fits and returns what to do next.
  mutating func next() -> NextMove {
    while let id = waiting.first, running.count < limits.maxBranches, admit(id) {
      waiting.removeFirst()
    }
    if running.isEmpty, let id = waiting.first {
      waiting.removeFirst()
      guard admitAlone(id) else {
        leave(id)
        return .refuse(path: id)
      }
    }
    guard !running.isEmpty else {
      defer { operations = [] }
      return .idle(operations: operations)
    }
    return .compute(plan())
  }

  private mutating func plan() -> Step {
    var step = Step()
    for id in running {
      guard let path = paths[id], let token = path.next, let sequence = path.sequence else {
        continue
      }
      if path.isUnforked {
        guard tree[path.leaf].isComplete, let source = tree[path.leaf].sequence else { continue }
        operations.append(.copy(from: source, to: sequence, end: path.length))
        paths[id]?.isUnforked = false
      }
      step.outputs.append(.init(entry: step.entries.count, probes: [Probe(path: id, label: 0)]))
      step.entries.append(
        .init(token: token, position: path.length + path.written, sequence: sequence))
      step.decoding.append(id)
    }
    let room = limits.stepTokens
    var planned: Set<Int> = []
    for id in running where step.entries.count < room {
      guard let path = paths[id], path.openProbes > 0 || path.isUnforked else { continue }
      guard let node = tree.path(to: path.leaf).first(where: { !tree[$0].isComplete }),
        planned.insert(node).inserted
      else { continue }
      compute(node, room: room, in: &step)
    }
    step.operations = operations
    operations = []
    return step
  }

  private mutating func compute(_ id: Int, room: Int, in step: inout Step) {
    let node = tree[id]
    guard let sequence = node.sequence else { return }
    if node.done == 0, let parent = node.parent, let source = tree[parent].sequence {
      operations.append(.copy(from: source, to: sequence, end: node.start))
    }
    var count = 0
    while node.done + count < node.tokens.count, step.entries.count < room {
      let offset = node.done + count
      if let probes = node.probes[offset] {
        guard step.outputs.count < limits.stepOutputs else { break }
        step.outputs.append(.init(entry: step.entries.count, probes: probes))
      }
      step.entries.append(
        .init(token: node.tokens[offset], position: node.start + offset, sequence: sequence))
      count += 1
    }
    if count > 0 { step.progress.append((id, count)) }
  }

  /// Notes that a step was computed; its outputs are then handed out by the caller.
  mutating func complete(_ step: Step) {
    for (id, count) in step.progress {
      let done = tree[id].done
      for offset in done..<(done + count) {
        for probe in tree[id].probes.removeValue(forKey: offset) ?? [] {
          paths[probe.path]?.openProbes -= 1
        }
      }
      tree[id].done += count
    }
    for id in step.decoding {
      paths[id]?.written += 1
      paths[id]?.next = nil
    }
  }

  /// Lets a path go on with a token.
  mutating func proceed(_ id: Int, with token: Token) {
    if paths[id]?.written == 0 { paths[id]?.isUnforked = true }
    paths[id]?.next = token
  }

  /// Ends a path, at work or waiting.
  mutating func end(_ id: Int) {
    guard let path = paths[id] else { return }
    if path.isActive {
      running.removeAll { $0 == id }
    } else {
      waiting.removeAll { $0 == id }
    }
    leave(id)
    trimCache()
  }

  /// Forgets the whole KV memory after a failed step; paths are to be ended by the caller.
  mutating func forget() {
    self = Scheduler(limits: limits)
  }

  // MARK: Admission

  private func needs(_ path: Path) -> (tokens: Int, sequences: Int) {
    var tokens = path.room
    var sequences = path.room > 0 ? 1 : 0
    for id in tree.path(to: path.leaf) where tree[id].sequence == nil {
      tokens += tree[id].tokens.count
      sequences += 1
    }
    return (tokens, sequences)
  }

  private mutating func admit(_ id: Int) -> Bool {
    guard let path = paths[id] else { return true }
    let own = Set(tree.path(to: path.leaf))
    var needed = needs(path)
    while committed + needed.tokens > limits.memoryTokens || sequences.count < needed.sequences {
      guard evict(keeping: own) else { return false }
      needed = needs(path)
    }
    activate(id, path)
    return true
  }

  /// Admits a path when nothing else runs: if sharing does not fit, without sharing.
  private mutating func admitAlone(_ id: Int) -> Bool {
    if admit(id) { return true }
    guard var path = paths[id], path.length + path.room <= limits.memoryTokens,
      limits.sequences >= 2
    else { return false }
    let own = tokens(of: path)
    var asked: [(Int, Probe)] = []
    for node in tree.path(to: path.leaf) {
      for (offset, probes) in tree[node].probes {
        asked += probes.filter { $0.path == id }.map { (tree[node].start + offset, $0) }
        let kept = probes.filter { $0.path != id }
        tree[node].probes[offset] = kept.isEmpty ? nil : kept
      }
    }
    release(path)
    while evict(keeping: []) {}
    path.leaf = tree.insertAlone(own)
    tree[path.leaf].users = 1
    tree[path.leaf].visits = 1
    for (position, probe) in asked { tree[path.leaf].probes[position, default: []].append(probe) }
    paths[id] = path
    return admit(id)
  }

  private mutating func activate(_ id: Int, _ path: Path) {
    var path = path
    for node in tree.path(to: path.leaf) {
      if tree[node].sequence == nil {
        tree[node].sequence = sequences.take()
        committed += tree[node].tokens.count
      }
      tree[node].active += 1
    }
    if path.room > 0 {
      path.sequence = sequences.take()
      committed += path.room
    }
    path.isActive = true
    paths[id] = path
    running.append(id)
  }

  // MARK: Release

  private mutating func leave(_ id: Int) {
    guard let path = paths.removeValue(forKey: id) else { return }
    finished += 1
    if path.openProbes > 0 {
      for node in tree.path(to: path.leaf) {
        tree[node].probes = tree[node].probes.compactMapValues { probes in
          let kept = probes.filter { $0.path != id }
          return kept.isEmpty ? nil : kept
        }
      }
    }
    if let sequence = path.sequence {
      operations.append(.clear(sequence))
      sequences.give(sequence)
      committed -= path.room
    }
    release(path)
  }

  /// Takes a path's claim from its nodes and frees those that are of no more use.
  private mutating func release(_ path: Path) {
    for id in tree.path(to: path.leaf).reversed() {
      tree[id].users -= 1
      if path.isActive { tree[id].active -= 1 }
      tree[id].lastUse = finished
      let node = tree[id]
      guard node.users == 0, node.children.isEmpty else { continue }
      if !node.isComplete || !node.isShared { drop(id) }
    }
  }

  /// Frees unused prefixes until the cache is within its limits.
  ///
  /// First go those that served one path, then those not used for long. Of equals, a draw that a
  /// prefix always repeats decides: a search reads the same rows in the same order again and again,
  /// and were the oldest freed, then of more rows than fit not one would be there when it is due.
  private mutating func trimCache() {
    while true {
      let cached = tree.identifiers.filter { tree[$0].users == 0 }
      let size = cached.reduce(0) { $0 + tree[$1].tokens.count }
      guard size > limits.cachedTokens || cached.count > limits.sequences / 2,
        let least = cached.filter({ tree[$0].children.isEmpty }).min(by: { worth($0) < worth($1) })
      else { return }
      drop(least)
    }
  }

  private func worth(_ id: Int) -> (Int, Int, UInt64) {
    let node = tree[id]
    return (min(node.visits, 2), node.lastUse / Self.recency, node.draw)
  }

  /// Finished paths within which uses count as equally recent.
  private static let recency = 4096

  /// Frees one node that no path at work needs, unused ones first; false when there is none.
  private mutating func evict(keeping kept: Set<Int>) -> Bool {
    let candidates = tree.identifiers.filter { id in
      let node = tree[id]
      return node.sequence != nil && node.active == 0 && !kept.contains(id)
        && node.children.allSatisfy { tree[$0].sequence == nil }
    }
    let victim = candidates.min {
      (min(1, tree[$0].users), tree[$0].lastUse) < (min(1, tree[$1].users), tree[$1].lastUse)
    }
    guard let victim else { return false }
    drop(victim)
    return true
  }

  /// Takes a node out of the KV memory, and out of the tree if nothing needs it.
  private mutating func drop(_ id: Int) {
    if let sequence = tree[id].sequence {
      operations.append(.clear(sequence))
      sequences.give(sequence)
      committed -= tree[id].tokens.count
      tree[id].sequence = nil
      tree[id].done = 0
    }
    if tree[id].users == 0, tree[id].children.isEmpty { tree.remove(id) }
  }
}
