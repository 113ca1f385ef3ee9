// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

struct MethodCatalogTests {
  private func search(_ name: String, _ settings: [String: JSONValue] = [:]) throws
    -> StepwiseSearch
  {
    switch try Catalog.searchAlone(OptimizerChoice(name: name, settings: settings)) {
    case let method as APE: method.search
    case let method as APO: method.search
    case let method as PE2: method.search
    default: throw CatalogProblems(["\(name) is none of the three"])
    }
  }

  @Test("The defaults are those of the recipes, and of the initializers")
  func defaults() throws {
    let ape = try search("ape")
    #expect(ape.candidates == 50 && ape.rounds == 3 && ape.nextPrompt.width == 5)
    #expect((ape.selection as? BanditSelection)?.rule == .ucb(1))
    let apo = try search("apo")
    #expect(apo.candidates == 32 && apo.rounds == 6 && apo.nextPrompt.width == 4)
    #expect((apo.selection as? BanditSelection)?.rule == .ucb(1))
    #expect((apo.selection as? BanditSelection)?.evaluations == nil)
    let pe2 = try search("pe2")
    #expect(pe2.candidates == 4 && pe2.rounds == 2 && pe2.maxWords == 50)
    #expect(pe2.nextPrompt is BeamOfBest && pe2.nextPrompt.width == 2)
    #expect(pe2.stepSize.words(step: 1, of: 2) == 10 && pe2.stepSize.words(step: 2, of: 2) == 10)
    #expect((pe2.trajectory as? RecencySelection)?.k == 3)
    #expect(pe2.selection is FullEvaluation)
    let facts = TaskFacts(train: 50, dev: 40)
    for (made, method) in [(ape, APE().search), (apo, APO().search), (pe2, PE2().search)] {
      #expect(made.cost(of: facts) == method.cost(of: facts))
      #expect(made.maxWords == method.maxWords && made.rounds == method.rounds)
    }
  }

  @Test("Settings choose the parts")
  func settings() throws {
    let apo = try search(
      "apo",
      [
        "selection": .string("ucb-e"), "exploration": .number(3),
        "selection-evaluations": .number(500), "selection-rows": .number(4),
        "selection-schedule": .string("minibatches"), "beam": .number(2), "rounds": .number(9),
        "candidates": .number(10), "plateau": .number(2), "proposer": .string("phrasebook"),
      ])
    let selection = try #require(apo.selection as? BanditSelection)
    #expect(selection.rule == .ucbE(3) && selection.evaluations == 500)
    #expect(selection.block == 4 && selection.schedule == .minibatches)
    #expect(apo.nextPrompt.width == 2 && apo.rounds == 9 && apo.plateau.patience == 2)
    let proposer = try #require(apo.proposer.proposer(for: task()) as? LimitedProposer)
    #expect(proposer.most == 5 && proposer.base is PhrasebookProposer)
    #expect(try search("ape", ["selection": .string("full")]).selection is FullEvaluation)
    let rejects = try search("pe2", ["selection": .string("successive-rejects")])
    #expect((rejects.selection as? BanditSelection)?.rule == .successiveRejects)
    #expect(try search("pe2", ["backtracking": .bool(false)]).nextPrompt is BeamOfNewest)
  }

  @Test("\"auto\" takes the model that there is")
  func automatic() throws {
    let search = try search("apo")
    func base(_ model: String) throws -> any Proposer {
      let proposer = search.proposer.proposer(for: try task(models: [.optimizer: model]))
      return try #require(proposer as? LimitedProposer).base
    }
    #expect(try base("gpt-large") is ErrorReasonsProposer)
    let chat = try #require(base("smollm2-135m-instruct") as? MixtureProposer)
    let reasons = try #require(chat.parts.last?.proposer as? ErrorReasonsProposer)
    #expect(reasons.writer.form == .chat && reasons.writer.maxTokens == 128)
    let continued = try #require(base("gemma-3-270m") as? MixtureProposer)
    let other = try #require(continued.parts.last?.proposer as? ErrorReasonsProposer)
    #expect(other.writer.form == .completion)
  }

  @Test(
    "Settings that contradict each other are refused with the reason, once each",
    arguments: [
      (
        "ape", ["proposer": .string("phrasebook"), "subsets": .number(2)],
        "\"subsets\" has no effect with proposer phrasebook"
      ),
      (
        "apo", ["proposer": .string("phrasebook"), "groups": .number(2)],
        "\"groups\" has no effect with proposer phrasebook"
      ),
      (
        "pe2", ["proposer": .string("phrasebook"), "rows": .number(2)],
        "\"rows\" has no effect with proposer phrasebook"
      ),
      (
        "apo", ["selection": .string("full"), "exploration": .number(2)],
        "\"exploration\" has no effect with selection full"
      ),
      (
        "ape", ["selection": .string("successive-halving"), "selection-rows": .number(2)],
        "\"selection-rows\" has no effect with selection successive-halving"
      ),
      (
        "pe2", ["selection-evaluations": .number(2)],
        "\"selection-evaluations\" has no effect with selection full"
      ),
      ("pe2", ["step-size-end": .number(5)], "\"step-size-end\" has no effect with decay fixed"),
      (
        "pe2", ["trajectory": .string("none"), "k": .number(5)],
        "\"k\" has no effect with trajectory none"
      ),
      ("ape", ["epochs": .number(5)], "there is no setting \"epochs\""),
    ] as [(String, [String: JSONValue], String)])
  func contradictions(name: String, settings: [String: JSONValue], message: String) {
    let error = #expect(throws: CatalogProblems.self) {
      try Catalog.make(OptimizerChoice(name: name, settings: settings))
    }
    #expect(error?.problems.count == 1)
    #expect(
      error?.description.contains("\(name): \(message)") == true, "\(error?.description ?? "")")
  }
}
