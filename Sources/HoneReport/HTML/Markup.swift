// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A piece of HTML.
///
/// Text that is interpolated into it is escaped, always; only other markup is not.
///
/// So `"<td>\(candidate.instruction)</td>" as Markup` cannot be broken out of.
struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The HTML.
  let source: String

  init(stringLiteral value: String) {
    source = value
  }

  init(stringInterpolation: Interpolation) {
    source = stringInterpolation.source
  }

  /// Nothing.
  static let none: Markup = ""

  /// Gathers literal pieces as they are and values escaped.
  struct Interpolation: StringInterpolationProtocol {
    var source = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    mutating func appendLiteral(_ literal: String) {
      source += literal
    }

    mutating func appendInterpolation(_ text: String) {
      source += Markup.escaped(text)
    }

    mutating func appendInterpolation(_ number: Int) {
      source += String(number)
    }

    /// A coordinate in pixels; what is not finite becomes 0, so that no chart holds `nan`.
    mutating func appendInterpolation(_ coordinate: Double) {
      let finite = coordinate.isFinite ? min(max(coordinate, -1e6), 1e6) : 0
      source += String(format: "%.1f", finite)
    }

    mutating func appendInterpolation(_ markup: Markup) {
      source += markup.source
    }

    mutating func appendInterpolation(_ markups: [Markup]) {
      source += markups.map(\.source).joined(separator: "\n")
    }
  }

  /// The text with hidden characters made visible and HTML's own characters as entities.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in VisibleText.of(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "`": result += "&#96;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
