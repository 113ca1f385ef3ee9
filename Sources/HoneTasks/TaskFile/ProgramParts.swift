// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The stages and modules of a program, as they are read one after the other.
struct ProgramParts {
  /// The fields that have a value so far.
  private(set) var known: [String]
  /// The names of stages and modules so far.
  private(set) var names: Set<String> = []
  /// How many stages and modules there are.
  private(set) var count = 0
  private var stages: [Stage] = []
  private var loops: [StageLoop] = []
  private var calls = 0
  private var read: Set<String> = []
  private var written: [(name: String, fields: [String])] = []

  init(known: [String]) {
    self.known = known
  }

  /// The program of all of them.
  var program: Program {
    loops.isEmpty
      ? Program(stages: stages) : Program(stages: stages, mostCalls: calls, loops: loops)
  }

  /// Those but the last whose fields nobody reads.
  var unread: [(name: String, fields: [String])] {
    written.dropLast().filter { read.isDisjoint(with: $0.fields) }
  }

  /// Adds the next one; the name of a stage of it that is taken, if there is one.
  mutating func add(_ part: ReadStage) -> String? {
    count += 1
    switch part {
    case .stage(let stage):
      calls += stage.mostCalls
      return add([stage], named: stage.name, writing: stage.outputs)
    case .loop(let part):
      calls += part.mostCalls
      loops.append(part.loop)
      return add(
        part.stages, named: part.loop.name, writing: part.stages.last?.outputs ?? [])
    }
  }

  private mutating func add(_ new: [Stage], named name: String, writing fields: [String]) -> String?
  {
    let taken = new.map(\.name).first { names.contains($0) }
    names.formUnion(new.map(\.name) + [name])
    read.formUnion(new.flatMap(\.inputs))
    known += fields.filter { !known.contains($0) }
    written.append((name, fields))
    stages += new
    return taken
  }
}
