// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

extension ServiceProblem {
  /// Reads the error of a body in any of the usual shapes: `error.message`, `error.code`,
  /// `error.type`, `error.status`, `message`, `detail`; a body of another shape says nothing.
  init(_ body: Data) {
    guard body.count < 1 << 20, let value = try? JSONDecoder().decode(JSONValue.self, from: body)
    else { return }
    // Gemini wraps errors of streams in an array.
    var root = value
    if case .array(let values) = value, let first = values.first { root = first }
    let inner = root["error"] ?? root
    let text =
      inner["message"]?.stringValue ?? inner.stringValue ?? root["detail"]?.stringValue ?? ""
    message = String(text.prefix(300))
    for key in ["code", "type", "status"] {
      if let code = inner[key]?.stringValue { codes.insert(code.lowercased()) }
    }
  }
}
