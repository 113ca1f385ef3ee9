// SPDX-License-Identifier: Apache-2.0

/// What was asked for on the command line.
struct Arguments {
  /// The landscapes.
  var seeds = 50
  /// The calls of a run.
  var calls = 2000
  /// The rows prompts are compared on.
  var dev = 50
  /// The share of a row's chance that prompts do not share.
  var noise = 0.5
  /// The file to write; the page is printed when there is none.
  var file: String?

  static let usage = """
    usage: LandscapeBench [--seeds 50] [--calls 2000] [--dev 50] [--noise 0.5] [--out FILE]
    """

  /// Reads pairs of an option and its value.
  init(_ words: some Collection<String>) throws {
    var words = words[...]
    while let option = words.popFirst() {
      guard let value = words.popFirst() else { throw Misuse("\(option) needs a value") }
      switch option {
      case "--seeds": seeds = try Self.count(value, option)
      case "--calls": calls = try Self.count(value, option)
      case "--dev": dev = try Self.count(value, option)
      case "--noise":
        guard let share = Double(value), (0...1).contains(share) else {
          throw Misuse("--noise must be a number from 0 to 1, not \(value)")
        }
        noise = share
      case "--out": file = value
      default: throw Misuse("there is no option \(option)")
      }
    }
  }

  private static func count(_ value: String, _ option: String) throws -> Int {
    guard let number = Int(value), number > 0, number <= 1_000_000 else {
      throw Misuse("\(option) must be a whole number from 1 to 1000000, not \(value)")
    }
    return number
  }
}

/// A command line that cannot be read.
struct Misuse: Error, CustomStringConvertible {
  let description: String

  init(_ problem: String) {
    description = problem + "\n" + Arguments.usage
  }
}
