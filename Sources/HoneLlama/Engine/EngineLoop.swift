// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// The work of the engine's thread: takes batches in, computes step after step, hands answers out.
///
/// Not `Sendable`: made and used on the engine's thread only.
final class EngineLoop {
  private let mailbox: Mailbox
  private let tokenizer: Tokenizer
  private let reader: InputReader?
  private let context: Context?
  private let logitBias: [Float]?
  private var embedder: Embedder
  private var scheduler: Scheduler
  private var jobs: [Int: any TreeJob] = [:]
  private var jobOfPath: [Int: Int] = [:]
  private var nextPath = 0

  /// Makes the context; without one when the model can only embed.
  init(
    weights: Weights, template: ChatTemplate, options: LlamaOptions, logitBias: [Float]?,
    mailbox: Mailbox
  ) throws(ModelError) {
    self.logitBias = logitBias
    let limits = SchedulerLimits(options)
    self.mailbox = mailbox
    tokenizer = Tokenizer(weights: weights)
    scheduler = Scheduler(limits: limits)
    embedder = Embedder(weights: weights, options: options)
    if weights.reasonAgainstGeneration == nil {
      reader = InputReader(
        tokenizer: tokenizer, template: template,
        contextTokens: min(limits.memoryTokens, max(1, weights.trainedContext)))
      context = try Context(weights: weights, options: options, limits: limits)
    } else {
      reader = nil
      context = nil
    }
  }

  /// Works until the mailbox is closed.
  func run() {
    var isIdle = true
    while true {
      let mail = mailbox.take(waits: isIdle)
      for job in mail.jobs { begin(job) }
      for id in mail.cancelled { end(job: id) }
      if mail.isClosed { return close() }
      isIdle = !advance()
    }
  }

  private func close() {
    let error = ModelError(.unavailable, "The model was closed before the request was done.")
    failAll(with: error)
  }

  // MARK: Batches

  private func begin(_ job: Job) {
    var paths: [PathRequest] = []
    switch job.work {
    case .generate(let requests, let continuation):
      guard let reader else { return refuse(requests.count, continuation) }
      let work = GenerationJob(tokenizer: tokenizer, continuation: continuation)
      for (index, request) in requests.enumerated() {
        if let path = work.path(for: request, index: index, id: nextPath, reader: reader) {
          paths.append(path)
        }
        nextPath += 1
      }
      jobs[job.id] = work
    case .likelihoods(let requests, let continuation):
      guard let reader else { return refuse(requests.count, continuation) }
      let work = LikelihoodJob(continuation: continuation)
      for (index, request) in requests.enumerated() {
        paths += work.paths(for: request, index: index, nextID: &nextPath, reader: reader)
      }
      jobs[job.id] = work
    case .embed(let texts, let continuation):
      jobs[job.id] = EmbeddingJob(texts: texts, continuation: continuation)
      return
    }
    for path in paths { jobOfPath[path.id] = job.id }
    scheduler.add(paths)
    finishIfDone(job.id)
  }

  private func refuse<Value>(_ count: Int, _ continuation: BatchStream<Value>.Continuation) {
    let reason = tokenizer.weights.reasonAgainstGeneration ?? "it is of another kind"
    let error = ModelError(
      .unsupported, "This model can only embed texts, as \(reason). Choose a generating model.")
    for index in 0..<count {
      continuation.yield(BatchElement(index: index, result: .failure(error)))
    }
    continuation.finish()
  }

  private func end(job id: Int) {
    guard let job = jobs.removeValue(forKey: id) else { return }
    for path in job.openPaths {
      jobOfPath[path] = nil
      scheduler.end(path)
    }
    job.finish()
  }

  private func finishIfDone(_ id: Int) {
    guard let job = jobs[id], job.openPaths.isEmpty else { return }
    jobs[id] = nil
    job.finish()
  }

  // MARK: Steps

  /// Computes one step; false when nothing is left to do.
  private func advance() -> Bool {
    if let (id, job) = jobs.first(where: { $0.value is EmbeddingJob }),
      let embedding = job as? EmbeddingJob
    {
      embedding.advance(with: &embedder, tokenizer: tokenizer)
      finishIfDone(id)
      if scheduler.isIdle { return !jobs.isEmpty }
    }
    guard let context else { return !jobs.isEmpty }
    switch scheduler.next() {
    case .idle(let operations):
      context.apply(operations)
      return !jobs.isEmpty
    case .refuse(let path):
      refuse(path)
      return true
    case .compute(let step):
      do throws(ModelError) {
        context.apply(step.operations)
        try context.compute(step)
        try handOut(step, context)
      } catch {
        context.clear()
        failAll(with: error)
      }
      return true
    }
  }

  private func handOut(_ step: Step, _ context: Context) throws(ModelError) {
    scheduler.complete(step)
    for output in step.outputs {
      guard let logits = context.logits(at: output.entry) else {
        throw ModelError(.engine, "llama.cpp gave no output.\(LlamaLibrary.takeLog())")
      }
      let row = OutputRow(logits, movedBy: logitBias)
      for probe in output.probes { handOut(row, to: probe) }
    }
  }

  private func handOut(_ row: OutputRow, to probe: Probe) {
    guard let id = jobOfPath[probe.path], let job = jobs[id] else { return }
    switch job.answer(probe, from: row) {
    case .wait: return
    case .proceed(let token): scheduler.proceed(probe.path, with: token)
    case .end:
      jobOfPath[probe.path] = nil
      scheduler.end(probe.path)
      finishIfDone(id)
    }
  }

  // MARK: Failures

  private func refuse(_ path: Int) {
    guard let id = jobOfPath.removeValue(forKey: path) else { return }
    jobs[id]?.fail(
      path: path,
      with: ModelError(
        .outOfMemory,
        "The KV memory of \(scheduler.limits.memoryTokens) tokens has no room for the request."
          + " Shorten it or set more memory tokens."))
    finishIfDone(id)
  }

  private func failAll(with error: ModelError) {
    scheduler.forget()
    jobOfPath = [:]
    for job in jobs.values {
      for path in job.openPaths { job.fail(path: path, with: error) }
      job.finish()
    }
    jobs = [:]
  }
}

extension SchedulerLimits {
  /// The limits that options set.
  init(_ options: LlamaOptions) {
    // All that llama.cpp knows. A path takes one for its own tokens and one for each node that it
    // does not share; a cached prefix takes one.
    let sequences = 256
    self.init(
      memoryTokens: options.memoryTokens, maxBranches: options.maxBranches,
      stepTokens: options.stepTokens, stepOutputs: sequences,
      cachedTokens: options.cachedTokens, sequences: sequences)
  }
}
