// SPDX-License-Identifier: Apache-2.0

import HoneCore
import Testing

@testable import HoneLlama

/// A KV memory without a model: it knows which tokens each sequence holds.
private struct PretendMemory {
  private var cells: [(token: Token, position: Int, sequences: Set<Int32>)] = []
  private(set) var most = 0

  mutating func apply(_ operations: [MemoryOperation]) {
    for operation in operations {
      switch operation {
      case .copy(let from, let to, let end):
        for index in cells.indices
        where cells[index].sequences.contains(from) && cells[index].position < end {
          cells[index].sequences.insert(to)
        }
      case .clear(let sequence):
        for index in cells.indices { cells[index].sequences.remove(sequence) }
        cells.removeAll { $0.sequences.isEmpty }
      }
    }
  }

  mutating func add(_ entry: Step.Entry) {
    cells.append((entry.token, entry.position, [entry.sequence]))
    most = max(most, cells.count)
  }

  /// The tokens that a sequence holds, in order; nil when positions are missing or double.
  func tokens(of sequence: Int32) -> [Token]? {
    let own = cells.filter { $0.sequences.contains(sequence) }.sorted { $0.position < $1.position }
    return own.map(\.position) == Array(0..<own.count) ? own.map(\.token) : nil
  }
}

/// Runs a scheduler over a pretend memory; a path writes its number's next tokens.
private struct PretendEngine {
  var scheduler: Scheduler
  var memory = PretendMemory()
  var seen: [Int: [[Token]]] = [:]
  var refused: [Int] = []
  var computed = 0

  mutating func run(_ paths: [PathRequest], writing count: Int) {
    let room = Dictionary(uniqueKeysWithValues: paths.map { ($0.id, $0.room) })
    var written: [Int: Int] = [:]
    scheduler.add(paths)
    while true {
      switch scheduler.next() {
      case .idle(let operations):
        memory.apply(operations)
        return
      case .refuse(let path): refused.append(path)
      case .compute(let step):
        memory.apply(step.operations)
        step.entries.forEach { memory.add($0) }
        computed += step.entries.count
        scheduler.complete(step)
        for output in step.outputs {
          // What the output's token sees: its sequence up to its own position.
          let entry = step.entries[output.entry]
          let tokens = memory.tokens(of: entry.sequence).map { Array($0[...entry.position]) } ?? []
          for probe in output.probes {
            seen[probe.path, default: []].append(tokens)
            let so = written[probe.path, default: 0]
            if so < min(count, room[probe.path] ?? 0) {
              written[probe.path] = so + 1
              scheduler.proceed(probe.path, with: Token(1000 + probe.path))
            } else {
              scheduler.end(probe.path)
            }
          }
        }
      }
    }
  }
}

struct SchedulerTests {
  private static func limits(
    memory: Int = 400, branches: Int = 8, sequences: Int = 48, cached: Int = 60
  ) -> SchedulerLimits {
    SchedulerLimits(
      memoryTokens: memory, maxBranches: branches, stepTokens: 32,
      stepOutputs: 16, cachedTokens: cached, sequences: sequences)
  }

  /// Random paths that fork at many depths; some are equal, some are beginnings of others.
  private static func paths(_ count: Int, seed: UInt64, room: Int) -> [PathRequest] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { id in
      let tokens = (0..<(1 + generator.nextIndex(below: 24))).map { position in
        Token(position < 4 ? 7 : generator.nextIndex(below: position % 5 == 0 ? 3 : 1))
      }
      return PathRequest(
        id: id, tokens: tokens, probes: [(tokens.count - 1, Probe(path: id, label: 0))], room: room)
    }
  }

  @Test(
    "Every output sees exactly its path, within the memory, whatever is shared",
    arguments: [
      limits(), limits(memory: 40), limits(branches: 1), limits(sequences: 5),
      limits(sequences: 2, cached: 0), limits(cached: 400),
    ])
  func outputsSeeTheirPath(limits: SchedulerLimits) {
    var engine = PretendEngine(scheduler: Scheduler(limits: limits))
    for round in 0..<3 {
      engine.seen = [:]
      let paths = Self.paths(60, seed: UInt64(round), room: 3)
      engine.run(paths, writing: 3)
      #expect(engine.refused.isEmpty)
      for path in paths {
        let own = Array(repeating: Token(1000 + path.id), count: 3)
        let expected = (0...3).map { path.tokens + own.prefix($0) }
        #expect(engine.seen[path.id] == expected)
      }
      #expect(engine.memory.most <= limits.memoryTokens)
      #expect(engine.scheduler.paths.isEmpty && engine.scheduler.running.isEmpty)
    }
  }

  @Test("A shared beginning is computed once, also by a later batch")
  func sharesBeginnings() {
    var engine = PretendEngine(scheduler: Scheduler(limits: Self.limits()))
    let beginning = (0..<30).map { Token($0) }
    let paths = (0..<6).map { id in
      PathRequest(
        id: id, tokens: beginning + [Token(100 + id)],
        probes: [(30, Probe(path: id, label: 0))], room: 0)
    }
    engine.run(Array(paths.prefix(4)), writing: 0)
    #expect(engine.computed == 30 + 4)
    engine.run(Array(paths.suffix(2)), writing: 0)
    #expect(engine.computed == 30 + 6)
  }

  @Test("A path larger than the memory is refused and the others run")
  func refusesWhatCannotFit() {
    var engine = PretendEngine(scheduler: Scheduler(limits: Self.limits(memory: 20)))
    let sizes = [5, 30, 6]
    engine.run(
      sizes.enumerated().map { id, size in
        PathRequest(
          id: id, tokens: (0..<size).map { Token($0 + id) },
          probes: [(size - 1, Probe(path: id, label: 0))], room: 2)
      }, writing: 2)
    #expect(engine.refused == [1])
    #expect(engine.seen[0]?.count == 3 && engine.seen[2]?.count == 3)
  }

  @Test("Ending every path leaves no sequence taken except those of the cache")
  func givesBackSequences() {
    let limits = Self.limits(cached: 0)
    var scheduler = Scheduler(limits: limits)
    scheduler.add(Self.paths(30, seed: 9, room: 4))
    _ = scheduler.next()
    for id in 0..<30 { scheduler.end(id) }
    #expect(scheduler.sequences.count == limits.sequences)
    #expect(scheduler.committed == 0)
  }
}
