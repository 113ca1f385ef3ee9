// SPDX-License-Identifier: Apache-2.0

import HoneCore

/// A batch of requests for the likelihoods of given continuations.
final class LikelihoodJob: TreeJob {
  private struct Open {
    var index: Int
    var sums: [Double]
    var counts: [Int]
    var promptTokens: Int
    var openProbes: Int
  }

  private let continuation: BatchStream<Likelihoods>.Continuation
  private var requests: [Int: Open] = [:]
  private var requestOfPath: [Int: Int] = [:]
  private var openProbes: [Int: Int] = [:]

  /// Creates a batch without requests.
  init(continuation: BatchStream<Likelihoods>.Continuation) {
    self.continuation = continuation
  }

  var openPaths: Set<Int> { Set(openProbes.keys) }

  /// Turns a request into paths, or answers it at once when it needs no computing.
  func paths(
    for request: LikelihoodRequest, index: Int, nextID: inout Int, reader: InputReader
  ) -> [PathRequest] {
    do throws(ModelError) {
      let scoring = try ContinuationTokens(request, reader: reader)
      var open = Open(
        index: index, sums: Array(repeating: 0, count: request.continuations.count),
        counts: scoring.counts, promptTokens: scoring.readTokens, openProbes: 0)
      var paths: [PathRequest] = []
      for path in scoring.paths {
        let id = nextID
        nextID += 1
        requestOfPath[id] = index
        openProbes[id] = path.questions.count
        open.openProbes += path.questions.count
        paths.append(
          PathRequest(
            id: id, tokens: path.tokens,
            probes: path.questions.map {
              ($0.position, Probe(path: id, target: $0.target, label: $0.continuation))
            }, room: 0))
      }
      requests[index] = open
      if paths.isEmpty { close(index) }
      return paths
    } catch {
      continuation.yield(BatchElement(index: index, result: .failure(error)))
      return []
    }
  }

  func answer(_ probe: Probe, from row: OutputRow) -> PathVerdict {
    guard let index = requestOfPath[probe.path], let target = probe.target else { return .end }
    requests[index]?.sums[probe.label] += row.logProbability(of: target)
    requests[index]?.openProbes -= 1
    let left = (openProbes[probe.path] ?? 1) - 1
    openProbes[probe.path] = left
    guard left == 0 else { return .wait }
    openProbes[probe.path] = nil
    requestOfPath[probe.path] = nil
    if requests[index]?.openProbes == 0 { close(index) }
    return .end
  }

  func fail(path: Int, with error: ModelError) {
    openProbes[path] = nil
    guard let index = requestOfPath.removeValue(forKey: path),
      requests.removeValue(forKey: index) != nil
    else { return }
    continuation.yield(BatchElement(index: index, result: .failure(error)))
  }

  func finish() {
    continuation.finish()
  }

  private func close(_ index: Int) {
    guard let open = requests.removeValue(forKey: index) else { return }
    let continuations = zip(open.sums, open.counts).map {
      ContinuationLikelihood(logProbability: $0, tokenCount: $1)
    }
    let usage = Usage(promptTokens: open.promptTokens)
    let likelihoods = Likelihoods(continuations: continuations, usage: usage)
    continuation.yield(BatchElement(index: index, result: .success(likelihoods)))
  }
}
