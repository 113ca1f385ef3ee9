// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneModelFiles
import HoneReport
import Synchronization

/// Shows what the model library is doing: a bar on a terminal, plain lines elsewhere.
final class ModelProgressView: Sendable {
  private struct State {
    var file = ""
    var started = 0.0
    var startBytes: Int64 = 0
    var lastLine = -Double.infinity
    var told: String?
  }

  private let console: Console
  private let region: LiveRegion
  private let isQuiet: Bool
  private let state = Mutex(State())

  init(console: Console, isQuiet: Bool = false) {
    self.console = console
    self.isQuiet = isQuiet
    region = LiveRegion(console: console)
  }

  /// Takes in what is going on.
  func report(_ progress: ModelProgress) {
    guard !isQuiet else { return }
    switch progress {
    case .waiting: tell("waiting for another process that works on this model")
    case .downloading(let file, let bytes, let total): download(file, bytes, total)
    case .verifying(let file): tell("checking \(URL(filePath: file).lastPathComponent)")
    case .unpacking(let file): tell("putting \(file) together")
    case .converting(let weights):
      tell("writing the weights as \(weights.rawValue), once; this takes some seconds")
    case .chosen(_, let reason): tell(reason)
    }
  }

  /// Takes the bar away.
  func end() {
    region.clear()
  }

  private func tell(_ text: String) {
    let isNew = state.withLock { state in
      defer { state.told = text }
      return state.told != text
    }
    region.clear()
    if isNew { console.error(console.errorStyle.dim(VisibleText.line(text))) }
  }

  private func download(_ file: String, _ bytes: Int64, _ total: Int64?) {
    let now = ProcessInfo.processInfo.systemUptime
    let (elapsed, fresh, isDue) = state.withLock { state in
      if state.file != file {
        state = State(file: file, started: now, startBytes: bytes)
      }
      let isDue = now - state.lastLine >= (console.isTerminal ? 0.1 : 5)
      if isDue { state.lastLine = now }
      return (now - state.started, bytes - state.startBytes, isDue)
    }
    guard isDue else { return }
    let amount = Self.size(bytes) + (total.map { " of \(Self.size($0))" } ?? "")
    guard console.isTerminal else {
      console.error("\(file): \(amount)")
      return
    }
    let columns = console.size.columns
    var lines = [DisplayWidth.cut("\(file)  \(amount)", to: columns)]
    if let total {
      // What was there before the start says nothing of the speed.
      let left =
        fresh > 0 && elapsed > 1 ? elapsed * Double(total - bytes) / Double(fresh) : nil
      let bar = ProgressBar(fraction: Double(bytes) / Double(max(total, 1)), secondsLeft: left)
      lines.append(bar.text(columns: columns, style: console.errorStyle))
    }
    region.show(lines)
  }

  /// A number of bytes, such as `142 MB`.
  static func size(_ bytes: Int64) -> String {
    let amount = Double(bytes)
    if amount >= 1e9 { return String(format: "%.2f GB", amount / 1e9) }
    if amount >= 1e6 { return String(format: "%.0f MB", amount / 1e6) }
    return String(format: "%.0f kB", amount / 1e3)
  }
}
