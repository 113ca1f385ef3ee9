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
    let gpo = try #require(Catalog.make(OptimizerChoice(name: "gpo")) as? GPO).search
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
    let gpo = try #require(Catalog.make(choice) as? GPO).search
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
