// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

struct CatalogTests {
  @Test("Every optimizer of the list is made with its defaults")
  func defaults() throws {
    for description in Catalog.all {
      #expect(try Catalog.make(OptimizerChoice(name: description.name)).name == description.name)
      for setting in description.settings {
        #expect(setting.problem(with: setting.defaultValue) == nil)
        #expect(setting.help.hasSuffix("."))
      }
    }
  }

  @Test("The defaults are the paper's")
  func paper() throws {
    let gpo = try #require(Catalog.searchAlone(OptimizerChoice(name: "gpo")) as? GPO).search
    #expect(gpo.candidates == 8 && gpo.epochs == 3 && gpo.batch == 8 && gpo.formatExamples == 3)
    #expect((gpo.trajectory as? RelevanceSelection)?.k == 3)
    let cosine = try #require(gpo.stepSize as? CosineDecay)
    #expect(cosine.start == 50 && cosine.end == 10)
    #expect(gpo.refinement is GenerateRefinement)
    #expect(gpo.information is PromptAndPerformance)
    #expect(gpo.nextPrompt is BestThatNeverWon)
  }

  @Test("Settings choose the parts")
  func settings() throws {
    let choice = OptimizerChoice(
      name: "gpo",
      settings: [
        "direction": .string("prompt"), "trajectory": .string("importance"), "k": .number(5),
        "decay": .string("linear"), "warmup": .number(0.05), "step-size-start": .number(30),
        "refinement": .string("edit"), "proposer": .string("completion"),
        "next-prompt": .string("best-so-far"), "plateau": .number(0),
        "reject-large-steps": .bool(true), "max-words": .number(77),
      ])
    let gpo = try #require(Catalog.searchAlone(choice) as? GPO).search
    #expect(gpo.information is PromptOnly)
    #expect((gpo.trajectory as? ImportanceSelection)?.k == 5)
    let warmup = try #require(gpo.stepSize as? Warmup)
    #expect(warmup.share == 0.05)
    #expect((warmup.base as? LinearDecay)?.start == 30)
    #expect(gpo.refinement is EditRefinement)
    #expect(gpo.nextPrompt is BestSoFar)
    #expect(gpo.plateau.patience == nil)
    #expect(gpo.rejectsLargeSteps && gpo.maxWords == 77)
    guard case .always(let proposer) = gpo.proposer else {
      Issue.record("the proposer is not the one asked for")
      return
    }
    #expect(proposer is CompletionProposer)
  }

  @Test("Every problem of a choice is reported at once, with the nearest name")
  func problems() throws {
    let choice = OptimizerChoice(
      name: "gpo",
      settings: [
        "candidate": .number(8), "k": .number(0), "trajectory": .string("none"),
        "decay": .string("none"), "step-size-end": .number(5), "zzzzzzzz": .bool(true),
        "proposer": .string("phrasebook"), "temperature": .number(0.5),
      ])
    let error = #expect(throws: CatalogProblems.self) { try Catalog.make(choice) }
    let text = error?.description ?? ""
    #expect(error?.problems.count == 8)
    #expect(text.contains("no setting \"candidate\"; did you mean \"candidates\"?"))
    #expect(text.contains("no setting \"zzzzzzzz\"\n") || text.contains("no setting \"zzzzzzzz\""))
    #expect(text.contains("\"k\" must be a whole number from 1 to 50"))
    #expect(text.contains("\"k\" has no effect with trajectory none"))
    #expect(text.contains("\"step-size-end\" has no effect with decay none"))
    #expect(text.contains("\"temperature\" has no effect with proposer phrasebook"))
  }

  @Test(
    "Step sizes that cannot be are refused",
    arguments: [
      (["step-size-end": .number(60)], "must be at most step-size-start, which is 50"),
      (["decay": .string("fixed"), "step-size-end": .number(5)], "has no effect with decay fixed"),
      (["decay": .string("none"), "warmup": .number(0.1)], "has no effect with decay none"),
    ] as [([String: JSONValue], String)])
  func stepSizes(settings: [String: JSONValue], message: String) throws {
    let choice = OptimizerChoice(name: "gpo", settings: settings)
    let error = #expect(throws: CatalogProblems.self) { try Catalog.make(choice) }
    #expect(error?.problems.count == 1)
    #expect(error?.description.contains(message) == true)
  }

  @Test("An unknown optimizer is named with the nearest one")
  func unknown() {
    let error = #expect(throws: CatalogProblems.self) {
      try Catalog.make(OptimizerChoice(name: "gpu"))
    }
    #expect(error?.description.contains("did you mean \"gpo\"?") == true)
  }
}

/// What the axes say together.
struct GridContradictionTests {
  @Test(
    "Choices of the grid that cannot stand together are refused with the reason",
    arguments: [
      ("gpo", ["momentum": .string("reflections")], "needs direction reflection"),
      (
        "gpo", ["trajectory": .string("summary"), "k": .number(4)],
        "\"k\" has no effect with trajectory summary, which tells of every step"
      ),
      (
        "gpo", ["trajectory": .string("none"), "history": .string("all")],
        "\"history\" has no effect with trajectory none"
      ),
      ("gpo", ["beam": .number(3)], "\"beam\" has no effect with next-prompt best-that-never-won"),
      (
        "gpo", ["next-prompt": .string("beam"), "beam": .number(9)],
        "\"beam\" is 9 and must be at most candidates, which is 8"
      ),
      ("gpo", ["score-threshold": .number(0.3)], "has no effect with trajectory relevance"),
      (
        "gpo",
        ["direction": .string("reflection"), "proposer": .string("phrasebook")],
        "\"direction\" has no effect with proposer phrasebook, which asks no model"
      ),
      (
        "gpo", ["k": .number(5), "proposer": .string("phrasebook")],
        "\"k\" has no effect with proposer phrasebook unless phrasebook-reads is trajectory"
      ),
      (
        "gpo",
        [
          "trajectory": .string("summary"), "proposer": .string("phrasebook"),
          "phrasebook-reads": .string("trajectory"),
        ], "trajectory summary is written and read by an optimizer model"
      ),
      (
        "gpo",
        ["phrasebook-reads": .string("nothing"), "proposer": .string("completion")],
        "has no effect with proposer completion, which has no phrasebook"
      ),
      ("gpo", ["exploration": .number(2)], "has no effect with selection full"),
      (
        "opro", ["step-size-start": .number(9)],
        "opro: \"step-size-start\" has no effect with decay"
      ),
      (
        "sgdm", ["direction": .string("prompt")], "needs direction reflection, and the direction is"
      ),
    ] as [(String, [String: JSONValue], String)])
  func contradictions(name: String, settings: [String: JSONValue], message: String) {
    let choice = OptimizerChoice(name: name, settings: settings)
    let error = #expect(throws: CatalogProblems.self) { try Catalog.make(choice) }
    #expect(error?.problems.count == 1, "\(error?.description ?? "")")
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("A method that a model must read is refused with the phrasebook, part by part")
  func unread() {
    let choice = OptimizerChoice(name: "sgdm", settings: ["proposer": .string("phrasebook")])
    let error = #expect(throws: CatalogProblems.self) { try Catalog.make(choice) }
    #expect(error?.problems.count == 3)
    #expect(error?.description.contains("direction reflection is written and read") == true)
  }

  @Test("A phrasebook that reads the trajectory takes the settings of the trajectory")
  func reading() throws {
    for proposer in ["phrasebook", "mixture", "auto"] {
      let choice = OptimizerChoice(
        name: "gpo",
        settings: [
          "trajectory": .string("importance"), "k": .number(5), "proposer": .string(proposer),
          "phrasebook-reads": .string("trajectory"),
        ])
      let search = try #require(Catalog.searchAlone(choice) as? GPO).search
      let made = search.proposer.proposer(for: try task())
      let phrasebook = (made as? MixtureProposer)?.parts.first?.proposer ?? made
      #expect((phrasebook as? PhrasebookProposer)?.reads == .trajectory, "\(proposer)")
    }
  }

  @Test("OPRO and SGDM have the parts of their papers")
  func methods() throws {
    let opro = try #require(Catalog.searchAlone(OptimizerChoice(name: "opro")) as? OPRO).search
    let list = try #require(opro.trajectory as? ImportanceSelection)
    #expect(list.k == 20 && list.source == .candidates && list.threshold == 0)
    #expect(opro.stepSize is NoStepSize && opro.nextPrompt is BestSoFar)
    #expect(opro.candidates == 8 && opro.formatExamples == 3)
    let sgdm = try #require(Catalog.searchAlone(OptimizerChoice(name: "sgdm")) as? SGDM).search
    #expect((sgdm.trajectory as? SummaryTrajectory)?.source == .reflections)
    #expect(sgdm.information is PromptPerformanceReflection)
    #expect(sgdm.refinement is EditRefinement && sgdm.stepSize is NoStepSize)
  }
}
