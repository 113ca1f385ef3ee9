// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneModelFiles
  import HoneModels
  import HoneOptimizers
  import HoneReport
  import HoneRuns
  import HoneTraining

  /// The rounds of better-together, one after the other, and the test in the end.
  struct TogetherWork: Sendable {
    let loaded: LoadedTask
    let rounds: [TogetherRound]
    let folder: TogetherFolder
    let samples: Int
    let least: Double?
    let training: TrainingOptions
    let weights: Weights
    let catalog: RunCatalog
    let cache: CacheOptions
    let console: Console
    let isQuiet: Bool

    /// The task model as it is named, untuned.
    var base: String { ModelOpening.name(of: .task, in: loaded.task) }

    var opening: ModelOpening {
      ModelOpening(library: ModelLibrary(), weights: weights, console: console, isQuiet: true)
    }

    /// Refuses tasks that cannot be tuned here.
    func check() throws {
      let stages = loaded.task.program.stages
      guard stages.count == 1, stages[0].call == nil else {
        throw CommandFailure.mistake(
          "better-together tunes tasks of one stage without typed fields; this one has "
            + "\(Figures.count(stages.count, "stage"))")
      }
      guard rounds.allSatisfy({ $0 == .prompt }) || !RemoteModelName.isRemote(base) else {
        throw CommandFailure.mistake(
          "the weights of \(VisibleText.line(base)) are behind an API; take a model file as the task's "
            + "model")
      }
      guard !loaded.splits.train.isEmpty, !loaded.splits.dev.isEmpty else {
        throw CommandFailure.mistake("better-together needs train and dev rows")
      }
      guard weights == .f16 || rounds.allSatisfy({ $0 == .prompt }) else {
        throw CommandFailure.mistake(
          "weights are tuned at half precision; leave --weights out or say f16")
      }
    }

    /// Goes through all rounds and reports them.
    func run() async throws {
      try folder.begin(plan: try plan())
      var standing = TogetherStanding(
        name: "start", candidate: Candidate(seedOf: loaded.task.program), model: base)
      var all = [standing]
      for (index, round) in rounds.enumerated() {
        say("round \(index + 1) of \(rounds.count): \(round.rawValue)")
        standing.name = "\(index + 1) \(round.rawValue)"
        switch round {
        case .prompt: standing.candidate = try await searched(standing, round: index + 1)
        case .weights: standing.model = try await tuned(standing, round: index + 1)
        }
        all.append(standing)
      }
      try await TogetherReport(work: self, standings: all).tell()
    }

    func say(_ text: String) {
      if !isQuiet { console.error(text) }
    }

    /// What must stay the same when the command goes on.
    private func plan() throws -> String {
      let settings = try CanonicalJSON.encode(training.settings)
      let rows = try CanonicalJSON.encode(loaded.splits.train + loaded.splits.dev)
      let task = try CanonicalJSON.encode(loaded.task)
      return JSONLine.text([
        "rounds": .array(rounds.map { .string($0.rawValue) }),
        "task": .string(String(StableHash.of(task), radix: 16)),
        "rows": .string(String(StableHash.of(rows), radix: 16)),
        "training": .string(String(StableHash.of(settings), radix: 16)),
        "samples": .number(Double(samples)), "least": least.map { .number($0) } ?? .null,
      ])
    }

    /// The models of the task with a standing's in the task's place; others are as they were.
    func models(_ standing: TogetherStanding) async throws -> (LoadedTask, ModelSet) {
      var loaded = loaded
      for role in ModelRole.allCases where role != .task && loaded.task.models[role] == nil {
        // A judge that was not chosen stays away; what else has no name takes the model untuned.
        if role != .judge { loaded.task.models[role] = base }
      }
      loaded.task.models[.task] = standing.model
      return (loaded, try await opening.models(for: loaded.task))
    }

    // MARK: Prompts

    private func searched(_ standing: TogetherStanding, round: Int) async throws -> Candidate {
      let name = "\(folder.name)-\(round)-prompt"
      var (loaded, models) = try await models(standing)
      for index in loaded.task.program.stages.indices {
        let stage = loaded.task.program.stages[index].name
        loaded.task.program.stages[index].prompt =
          standing.candidate.prompts[stage] ?? loaded.task.program.stages[index].prompt
      }
      // Test rows stay sealed until all rounds are done.
      loaded.splits.test = SealedExamples([])
      let search = try Catalog.make(loaded.task.optimizer, for: loaded.task.program)
      if let record = try? catalog.record(of: name) {
        guard record.task == loaded.task else {
          throw CommandFailure.mistake(
            "there is a run \(name) of another task or other settings; choose another --name, or remove "
              + "the run")
        }
        if record.status == .finished { return record.result?.best ?? standing.candidate }
        let run = try Run.resume(
          catalog.folder(of: name), models: models, optimizer: search, options: cache.options)
        return try await performed(run, standing)
      }
      let run = try Run.create(
        loaded, models: models, optimizer: search, in: catalog, name: name, options: cache.options)
      return try await performed(run, standing)
    }

    private func performed(_ run: Run, _ standing: TogetherStanding) async throws -> Candidate {
      let interrupt = Interrupt()
      let signals = InterruptSignals { _ in interrupt.request() }
      defer { signals.end() }
      do {
        let record = try await run.perform(interrupt: interrupt)
        return record.result?.best ?? standing.candidate
      } catch is RunInterrupted {
        console.error("Stopped; everything so far is saved. The same command goes on.")
        throw CommandEnd(code: .interrupted)
      }
    }

    // MARK: Scores

    /// A standing's evaluations on a split.
    /// - Parameters:
    ///   - standing: The prompt and the model.
    ///   - split: The rows.
    ///   - seeds: One evaluation is made at temperature 1 for each; none for the task's own way.
    /// - Returns: The evaluations.
    /// - Throws: What opening the models or asking them throws.
    func evaluations(
      of standing: TogetherStanding, on split: Split, seeds: [UInt64] = []
    ) async throws -> [Evaluation] {
      var (loaded, models) = try await models(standing)
      loaded.task.budget = Budget()
      if split == .train { loaded.task.generation.fullResponses = true }
      var evaluations: [Evaluation] = []
      let ways = seeds.isEmpty ? [UInt64?.none] : seeds.map { $0 }
      for seed in ways {
        if let seed {
          loaded.task.generation.temperature = 1
          loaded.task.seed = seed
        }
        let run = try EvaluationRun(loaded, models: models, options: cache.options)
        evaluations += try await run.evaluate([standing.candidate], on: split)
      }
      return evaluations
    }
  }
#endif
