// SPDX-License-Identifier: Apache-2.0

/// Counts Ctrl-C and polite requests to end, in place of the system's sudden end.
///
/// Afterwards, see ``end()``, the signals do again what they did.
final class InterruptSignals {
  private let number: Int

  /// Calls `onSignal` with 1 for the first signal, 2 for the second, and so on.
  init(onSignal: @escaping @Sendable (Int) -> Void) {
    number = SignalListeners.shared.add(onSignal)
  }

  /// Gives the signals back to the system, unless something else still listens.
  func end() { SignalListeners.shared.remove(number) }
}
