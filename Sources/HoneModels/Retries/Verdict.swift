// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// What to make of a request that has no answer.
enum Verdict: Error, Sendable, Hashable {
  /// A content filter does not let it through.
  case filtered
  /// To be sent again with the same content.
  case again(cause: String, isOverload: Bool)
  /// Not to be sent again.
  case fail(ModelError)
}

/// What a service's error body says.
struct ServiceProblem: Sendable, Hashable {
  /// The service's words, at most 300 characters, or "" without any.
  var message = ""
  /// The service's codes and types, in small letters.
  var codes: Set<String> = []

  /// Whether one of the codes holds a word.
  func mentions(_ words: String...) -> Bool {
    codes.contains { code in words.contains { code.contains($0) } }
  }
}

extension Verdict {
  /// What to make of a response that is no answer, by its status and what it says.
  static func of(status: Int, problem: ServiceProblem, service: String) -> Verdict {
    let words = problem.message.isEmpty ? "" : ": " + problem.message
    func fail(_ kind: ModelError.Kind, _ text: String) -> Verdict {
      .fail(ModelError(kind, "\(service) \(text)"))
    }
    if problem.isUsedUp || status == 402 {
      return fail(
        .unusableModel,
        "has no quota left for this key (status \(status)\(words)); "
          + "add credit or take another key, then resume")
    }
    switch status {
    case 408, 409, 425, 500...599:
      // 501 and 505 stay as they are.
      if status == 501 || status == 505 { break }
      let isOverload = status == 503 || status == 529
      return .again(cause: "status \(status)\(words)", isOverload: isOverload)
    case 429: return .again(cause: "status 429\(words)", isOverload: true)
    case 401, 403:
      return fail(
        .unusableModel,
        "refused the key or its rights (status \(status)\(words)); set the right key, then resume")
    case 404:
      return fail(
        .unusableModel,
        "does not have this model or address (status 404\(words)); check the model's name")
    case 300...399:
      return fail(
        .unusableModel,
        "answers with a redirect (status \(status)), which is not followed; "
          + "give the address it leads to")
    case 413:
      return fail(.tooLong, "finds the request too large (status 413\(words))")
    case 400 where problem.message.lowercased().contains("api key not valid"):
      return fail(.unusableModel, "refused the key\(words); set the right key, then resume")
    case 400 where problem.mentions("content_filter", "content_policy"): return .filtered
    case 400, 422:
      if problem.isTooLong { return fail(.tooLong, "finds the request too long\(words)") }
    default: break
    }
    return fail(.engine, "does not take the request (status \(status)\(words))")
  }
}

extension ServiceProblem {
  /// Whether the account's money or quota is used up, which waiting does not mend.
  var isUsedUp: Bool {
    mentions("insufficient_quota", "billing") || message.lowercased().contains("credit balance")
  }

  /// Whether the request is longer than the model's context, by code or by the usual words.
  var isTooLong: Bool {
    if mentions("context_length", "exceed_context") { return true }
    let text = message.lowercased()
    return ["maximum context", "context length", "prompt is too long", "input token count"]
      .contains { text.contains($0) }
  }
}
