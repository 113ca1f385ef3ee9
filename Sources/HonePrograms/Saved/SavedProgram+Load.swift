// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

extension SavedProgram {
  /// Reads a file.
  /// - Throws: ``SavedProgramProblem`` that names the file and the place in it.
  public static func load(_ url: URL) throws(SavedProgramProblem) -> SavedProgram {
    let file = url.relativePath
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw SavedProgramProblem(["\(file): the file cannot be read; check the path"])
    }
    do {
      let saved = try JSONDecoder().decode(SavedProgram.self, from: data)
      guard saved.version <= currentVersion else {
        throw SavedProgramProblem([
          "\(file): it is of version \(saved.version), and this Hone reads up to "
            + "\(currentVersion); use a newer Hone"
        ])
      }
      return saved
    } catch let problem as SavedProgramProblem {
      throw problem
    } catch let error as DecodingError {
      throw SavedProgramProblem(["\(file): \(error.place)"])
    } catch {
      throw SavedProgramProblem(["\(file): it is no saved program: \(error)"])
    }
  }

  /// The candidate that the file makes of a declared program.
  ///
  /// Only instructions and demonstrations are taken over; all else must agree.
  /// - Throws: ``SavedProgramProblem`` with everything in which the two differ.
  public func candidate(
    of declared: Program, from source: String
  ) throws(SavedProgramProblem) -> Candidate {
    let own = try program()
    var problems: [String] = []
    for stage in own.stages where declared[stage.name] == nil {
      problems.append("the file has a stage \(stage.name), which the program has not")
    }
    var prompts: [String: Prompt] = [:]
    for stage in declared.stages {
      guard let saved = own[stage.name] else {
        problems.append("the program has a stage \(stage.name), which the file has not")
        continue
      }
      problems += Self.differences(saved, stage)
      guard stage.retrieval == nil else { continue }
      var prompt = stage.prompt
      prompt.instruction = saved.prompt.instruction
      prompt.demonstrations = saved.prompt.demonstrations
      prompt.nearest = saved.prompt.nearest
      prompt.format = Self.chosenFormat(saved, stage)
      prompts[stage.name] = prompt
    }
    if problems.isEmpty, own.stages.map(\.name) != declared.stages.map(\.name) {
      problems.append("the stages stand in another order")
    }
    guard problems.isEmpty else {
      throw SavedProgramProblem(
        ["\(source) does not fit the program:"] + problems.map { "  " + $0 })
    }
    return Candidate(
      prompts: prompts, lineage: Lineage(parents: [], move: "loaded from \(source)", step: 0))
  }

  /// The format in the file, where the declaration leaves it to the search.
  private static func chosenFormat(_ saved: Stage, _ declared: Stage) -> ReplyFormat? {
    guard let format = saved.call?.format, let call = declared.call, format != call.format,
      call.formats?.contains(format) == true
    else { return nil }
    return format
  }

  private static func differences(_ saved: Stage, _ declared: Stage) -> [String] {
    func line(_ stage: Stage) -> String {
      stage.call?.signature.written
        ?? stage.inputs.joined(separator: ", ") + " -> " + stage.output + " (whole response)"
    }
    var found: [String] = []
    if line(saved) != line(declared) {
      found.append(
        "the stage \(saved.name) has the signature \(line(saved)) in the file and "
          + "\(line(declared)) in the program")
    }
    if saved.outputs != declared.outputs, line(saved) == line(declared) {
      found.append("the stage \(saved.name) reasons first in one of the two only")
    }
    return found
  }
}

extension DecodingError {
  /// Where in the file and what was wrong, in words.
  var place: String {
    func path(_ keys: [any CodingKey]) -> String {
      keys.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined().drop { $0 == "." }
        .description
    }
    switch self {
    case .keyNotFound(let key, let context):
      return "\"\(path(context.codingPath + [key]))\" is required and missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\"\(path(context.codingPath))\" is not of the right kind"
    case .dataCorrupted(let context):
      let place = path(context.codingPath)
      return place.isEmpty
        ? "it is not JSON" : "\"\(place)\" cannot be read: \(context.debugDescription)"
    @unknown default: return "it is no saved program"
    }
  }
}
