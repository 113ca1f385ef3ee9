// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// What models cost, by the names tasks give them: the user's own prices, else the package's.
///
/// Models that run here, Ollama's and those at an address of this machine are free unless the user's
/// table says otherwise.
public struct PriceBook: Sendable, Hashable {
  private let own: PriceTable
  private let builtIn: PriceTable

  /// Creates a book in which the user's prices win.
  public init(own: PriceTable = PriceTable(), builtIn: PriceTable = .builtIn) {
    self.own = own
    self.builtIn = builtIn
  }

  /// The price of a model and the day it was true, or nil when it is not known.
  public func entry(for name: String) -> PriceTable.Entry? {
    if let entry = own[name] { return entry }
    guard RemoteModelName.isRemote(name) else { return Self.free }
    if let entry = found(name) { return entry }
    return Self.isHere(name) ? Self.free : nil
  }

  /// The price of a model, or nil when it is not known.
  public func price(of name: String) -> TokenPrice? { entry(for: name)?.price }

  private func found(_ name: String) -> PriceTable.Entry? {
    if let entry = builtIn[name] { return entry }
    let (bare, plain) = (Self.withoutVersion(name), Self.unrouted(name))
    if bare != name, let entry = own.exactly(bare) ?? builtIn.exactly(bare) { return entry }
    guard let plain else { return nil }
    if name.hasSuffix(":free") { return Self.free }
    return own[plain] ?? builtIn[plain] ?? builtIn.exactly(Self.withoutVersion(plain))
  }

  private static let free = PriceTable.Entry(price: .free, date: nil)

  /// Whether the name is of a server on this machine.
  private static func isHere(_ name: String) -> Bool {
    guard let parsed = try? RemoteModelName(name) else { return false }
    switch parsed.place {
    case .provider(let provider): return provider == Provider.ollama.name
    case .addresses(let list):
      return list.addresses.allSatisfy { URL(string: $0)?.host().map(LocalHost.contains) ?? false }
    }
  }

  /// The name without the date or number of its version, such as `-2024-07-18`, `-20250219`, `-001`
  /// and `-latest`: versions of a model cost the same as a rule.
  private static func withoutVersion(_ name: String) -> String {
    var parts = name.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count > 1, parts.last == "latest" || parts.last == "preview" { parts.removeLast() }
    func isNumber(_ part: Substring, _ lengths: Set<Int>) -> Bool {
      lengths.contains(part.count) && part.allSatisfy { $0.isASCII && $0.isNumber }
    }
    if parts.count > 3, isNumber(parts[parts.count - 3], [4]),
      isNumber(parts[parts.count - 2], [2]), isNumber(parts[parts.count - 1], [2])
    {
      parts.removeLast(3)
    } else if parts.count > 1, let last = parts.last, isNumber(last, [3, 8]) {
      parts.removeLast()
    }
    return parts.joined(separator: "-")
  }

  /// A router's name as the provider's own: `openrouter:openai/gpt-4o` is priced as `openai:gpt-4o`.
  private static func unrouted(_ name: String) -> String? {
    let start = Provider.openRouter.name + ":"
    guard name.hasPrefix(start) else { return nil }
    let rest = name.dropFirst(start.count).split(separator: "/", maxSplits: 1).map(String.init)
    guard rest.count == 2 else { return nil }
    let owners = ["mistralai": "mistral"]
    // Anthropic's own names have hyphens where a router writes dots.
    let model =
      rest[0] == "anthropic" ? rest[1].replacingOccurrences(of: ".", with: "-") : rest[1]
    return (owners[rest[0]] ?? rest[0]) + ":" + model
  }
}

extension PriceBook {
  /// Where the user's prices are: the file of `HONE_PRICES`, else `hone/prices` in
  /// `$XDG_CONFIG_HOME` or in `~/.config`.
  public static func file(in environment: [String: String]) -> URL {
    if let path = environment["HONE_PRICES"], !path.isEmpty { return URL(filePath: path) }
    let set = environment["XDG_CONFIG_HOME"] ?? ""
    let folder = set.hasPrefix("/") ? set : (environment["HOME"] ?? NSHomeDirectory()) + "/.config"
    return URL(filePath: folder).appending(path: "hone").appending(path: "prices")
  }

  /// The book of an environment; without a file of the user's own, the package's prices.
  /// - Throws: ``PriceProblem`` for a line that cannot be read, `ModelError` for a file that cannot.
  public static func load(_ environment: [String: String]) throws -> PriceBook {
    let file = file(in: environment)
    guard FileManager.default.fileExists(atPath: file.path) else {
      guard environment["HONE_PRICES"]?.isEmpty != false else {
        throw ModelError(
          .unusableModel, "the file of prices \(file.path) that HONE_PRICES names is not there")
      }
      return PriceBook()
    }
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw ModelError(
        .unusableModel, "the file of prices \(file.path) cannot be read as UTF-8 text")
    }
    return PriceBook(own: try PriceTable(text, file: file.path))
  }
}
