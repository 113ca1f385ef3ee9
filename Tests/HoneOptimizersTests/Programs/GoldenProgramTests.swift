// SPDX-License-Identifier: Apache-2.0

import HoneCore
import HoneOptimizers
import Testing

/// The whole exact sequence of requests of each optimizer of programs on a small case.
///
/// Fixtures are written by `HONE_RECORD=1 swift test --filter GoldenProgramTests`; read what changed.
/// A request that was made before in a run is answered from its journal and does not stand again.
struct GoldenProgramTests {
  private func check(_ optimizer: any Optimizer, _ name: String) async throws {
    try Fixture("Programs/\(name)").check(try await GoldenScript().requests(of: optimizer))
  }

  // What to see: the seed on dev; the teacher, the seed with the labelled row 6, on all training rows,
  // row 6 without itself; one description of the data and one proposal a stage, each told the steps and
  // shown that stage's own work on row 2; then four trials on two dev rows each, in which both stages
  // take an instruction and a set; after the second and the fourth the best mean is scored on the dev
  // rows it has not seen. Nothing beats the seed, which stays.
  @Test("MIPROv2")
  func mipro() async throws {
    try await check(
      MIPRO(
        candidates: 3, draws: DemonstrationDraws(lessons: 1, rows: 1), trials: 4, minibatch: 2,
        fullEvery: 2), "mipro")
  }

  // What to see: each round runs the parent on two training rows, shows the optimizer model one stage's
  // part in them, the two stages in turn, and runs the child on the same rows, for which a stage that
  // did not change is not asked again. Only the rewrite that does better there, the sixth, is scored on
  // the four dev rows.
  @Test("GEPA")
  func gepa() async throws {
    try await check(GEPA(rounds: 6, minibatch: 2), "gepa")
  }

  // What to see: the seed on dev and on the training rows, whose right ones are the pool; a variation a
  // stage, told which step it is for; a race on dev in blocks of two, and the best completed on all
  // rows; then two children, of parents that differ in the stage that is crossed, where they do, each
  // crossed and mutated, and a second race.
  @Test("CAPO")
  func capo() async throws {
    try await check(
      CAPO(
        population: 3, children: 2, shots: 1, rounds: 1, race: BlockRace(block: 2, blocks: 2)),
      "capo")
  }

  // What to see: programs run on four training rows; children that show the best course of one of those
  // rows in both stages, scored on the same rows; the best on dev. Where programs differ on a row, a
  // rule is asked for with the good and the bad course side by side.
  @Test("SIMBA")
  func simba() async throws {
    try await check(SIMBA(batch: 4, candidates: 3, steps: 6, demonstrations: 2), "simba")
  }

  // What to see: two rounds of two rewrites for the first stage, with all prompts so far in ascending
  // order of their scores, at most two, and the best on training rows too; then the same for the second
  // from the best of the first.
  @Test("COPRO, stage by stage")
  func copro() async throws {
    let choice = OptimizerChoice(
      name: "copro",
      settings: [
        "breadth": .number(2), "depth": .number(2), "proposer": .string("meta-prompt"),
      ])
    try await check(try Catalog.make(choice, for: TwoStageTask.program()), "copro")
  }

  // What to see: no demonstrations are the seed again; labelled rows, which the first stage cannot show;
  // the teacher with these on all training rows in one batch; lessons in the order of the rows and of
  // shuffled ones, filled up by labelled rows, in both stages.
  @Test("BootstrapFewShotWithRandomSearch")
  func randomSearch() async throws {
    try await check(
      BootstrapRandomSearch(
        draws: DemonstrationDraws(lessons: 1, rows: 2), sets: 2, batch: 2),
      "bootstrap-random-search")
  }

  // What to see: all sets are drawn first, so the teacher runs once; then each trial is a set a stage,
  // chosen apart, on all dev rows.
  @Test("Bootstrapping with TPE")
  func bootstrapTPE() async throws {
    try await check(
      BootstrapTPE(draws: DemonstrationDraws(lessons: 1, rows: 2), sets: 1, trials: 3),
      "bootstrap-tpe")
  }

  // What to see: one round of two rewrites a stage, scored with no demonstrations; then, with the best
  // instructions, the teacher with two labelled rows on all training rows, no row shown to itself, and
  // its lessons in both stages on dev. They add nothing to the third rewrite, which stays. Each of the
  // searches scores its best on training rows too.
  @Test("Instructions, then demonstrations from the best of them")
  func mixed() async throws {
    let choice = OptimizerChoice(
      name: "copro",
      settings: [
        "breadth": .number(2), "depth": .number(1), "proposer": .string("meta-prompt"),
        "exemplars": .string("bootstrap"), "exemplar-count": .number(2),
      ])
    try await check(try Catalog.make(choice, for: TwoStageTask.program()), "copro-bootstrap")
  }
}
