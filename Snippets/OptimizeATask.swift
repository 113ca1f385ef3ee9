// Improve the prompt of a task file with a model of your own.

import Foundation
import Hone

/// Any type that answers batches of requests can be optimized for.
struct Echo: LanguageModel {
  let identity = ModelIdentity(name: "echo", digest: "1")

  func generate(_ requests: [GenerationRequest]) -> BatchStream<Generation> {
    BatchStream<Generation> { continuation in
      for (index, request) in requests.enumerated() {
        let text = "\(request.input)"
        let generation = Generation(text: text, finish: .endOfTurn, usage: Usage())
        continuation.yield(BatchElement(index: index, result: .success(generation)))
      }
      continuation.finish()
    }
  }
}

// snippet.hide
guard let file = CommandLine.arguments.dropFirst().first else {
  print("usage: OptimizeATask TASK")
  exit(2)
}
// snippet.show
let task = try TaskFile.load(URL(filePath: file), optimizers: Catalog.all)
let run = try Run.create(
  task, models: ModelSet(task: Echo()), optimizer: try Catalog.make(task.task.optimizer),
  in: RunCatalog(URL(filePath: "runs")))
let record = try await run.perform { timed in
  if case .stepFinished(let step, _, _, _, let score?) = timed.event {
    print("step \(step): best \(score)")
  }
}
print(record.result?.conclusion ?? "not finished")
