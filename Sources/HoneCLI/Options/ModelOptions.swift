// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoneCore
import HoneModelFiles

/// Which models a command uses and in which form.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .customLong("model"),
    help: ArgumentHelp(
      "The model of a role: task, optimizer, judge or embedder. May be repeated. Names are those of "
        + "hone models list, a GGUF file, PROVIDER:MODEL, or http://HOST:PORT/v1#MODEL.",
      valueName: "role=name"),
    transform: RoleModel.init)
  var models: [RoleModel] = []

  @Option(
    help: ArgumentHelp(
      "The form of the weights; by itself the one that runs fastest here and keeps them. shipped is "
        + "as it came, f16 at half precision, q4_0 small and less exact.",
      valueName: "f16|shipped|q4_0"))
  var weights: Weights?

  /// The task with the models given.
  func applied(to task: PromptTask) -> PromptTask {
    var task = task
    for model in models { task.models[model.role] = model.name }
    return task
  }
}

/// A role and the name of its model, written `role=name`.
struct RoleModel: Sendable, Hashable {
  let role: ModelRole
  let name: String

  init(_ text: String) throws {
    let roles = ModelRole.allCases.map(\.rawValue)
    guard let sign = text.firstIndex(of: "="), text.index(after: sign) < text.endIndex else {
      throw ValidationError(
        "write a role and a model, such as task=smollm2-135m-instruct, not “\(text)”")
    }
    let word = String(text[..<sign])
    guard let role = ModelRole(rawValue: word) else {
      throw ValidationError(
        NearestName.message("“\(word)” is not a role", for: word, among: roles))
    }
    self.role = role
    name = String(text[text.index(after: sign)...])
  }
}

extension Weights: ExpressibleByArgument {}
