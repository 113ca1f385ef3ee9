// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Testing

@Suite("Candidates and programs")
struct CandidateTests {
  private func prompt(_ instruction: String) throws -> Prompt {
    Prompt(instruction: instruction, question: try SlotTemplate("{input}"))
  }

  @Test("equal prompts have equal ids, whatever their lineage")
  func ids() throws {
    let seed = Candidate(seedOf: Program(prompt: try prompt("Go."), inputs: ["input"]))
    let other = Candidate(
      prompts: [Program.mainStage: try prompt("Go.")],
      lineage: Lineage(parents: ["x"], move: "m", step: 3))
    #expect(seed.id == other.id)
    #expect(seed.id.count == 16)
    #expect(seed.lineage == .seed)
  }

  @Test("ids do not change between versions, as runs on disk hold them")
  func stableId() throws {
    let seed = Candidate(seedOf: Program(prompt: try prompt("Go."), inputs: ["input"]))
    #expect(seed.id == "c9deb1ce1fede59c")
  }

  @Test("any part of a prompt, and the stage it belongs to, makes another id")
  func differentIds() throws {
    let base = try prompt("Go.")
    var variants = [base]
    var copy = base
    copy.system = ""
    variants.append(copy)
    copy = base
    copy.layout = .afterQuestion
    variants.append(copy)
    copy = base
    copy.demonstrations = [Demonstration(fields: ["input": "a"], answer: "b")]
    variants.append(copy)
    variants.append(base.withInstruction("Go. "))
    var ids = variants.map {
      Candidate(prompts: [Program.mainStage: $0], lineage: .seed).id
    }
    ids.append(Candidate(prompts: ["other": base], lineage: .seed).id)
    ids.append(Candidate(prompts: ["other": base, Program.mainStage: base], lineage: .seed).id)
    #expect(Set(ids).count == ids.count)
  }

  @Test("a child changes one stage's instruction and remembers its parents")
  func child() throws {
    let seed = Candidate(
      prompts: [Program.mainStage: try prompt("Go."), "second": try prompt("Stay.")], lineage: .seed
    )
    let child = seed.child(instruction: "Run.", move: "swap", step: 2, otherParents: ["p"])
    #expect(child.instruction == "Run.")
    #expect(child.prompts["second"] == seed.prompts["second"])
    #expect(child.lineage == Lineage(parents: [seed.id, "p"], move: "swap", step: 2))
    #expect(child.id != seed.id)
    #expect(seed.child(instruction: "X", stage: "none", move: "m", step: 1).id == seed.id)
  }

  @Test("a candidate without prompts has an empty instruction")
  func noPrompts() {
    let candidate = Candidate(prompts: [:], lineage: .seed)
    #expect(candidate.prompt == nil)
    #expect(candidate.instruction == "")
  }

  @Test("a program of several stages seeds one prompt a stage, and codes as JSON")
  func stages() throws {
    let program = Program(stages: [
      Stage(name: "b", inputs: ["input"], output: "draft", prompt: try prompt("Draft.")),
      Stage(name: "a", inputs: ["draft"], output: "answer", prompt: try prompt("Polish.")),
    ])
    let candidate = Candidate(seedOf: program)
    #expect(candidate.prompts.count == 2)
    #expect(candidate.instruction == "Polish.")
    let data = try CanonicalJSON.encode(candidate)
    let read = try JSONDecoder().decode(Candidate.self, from: data)
    #expect(read == candidate)
    #expect(try JSONDecoder().decode(Program.self, from: CanonicalJSON.encode(program)) == program)
  }

  @Test("two stages of one name give the first one's prompt, not a crash")
  func repeatedStage() throws {
    let program = Program(stages: [
      Stage(name: "a", inputs: [], output: "x", prompt: try prompt("One.")),
      Stage(name: "a", inputs: [], output: "y", prompt: try prompt("Two.")),
    ])
    #expect(Candidate(seedOf: program).instruction == "One.")
  }
}
