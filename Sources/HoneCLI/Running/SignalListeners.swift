// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// Who is told of signals in this process.
///
/// There is one source a signal from the first listener to the end of the process: on Linux a second one
/// that is made after the first was cancelled is never called. A signal that nobody listens to ends the
/// process, as it would without a source.
final class SignalListeners: Sendable {
  /// Those of this process.
  static let shared = SignalListeners()

  private struct Listener {
    var count = 0
    var onSignal: @Sendable (Int) -> Void
  }

  private struct State {
    var listeners: [Int: Listener] = [:]
    var next = 0
    var sources: [any DispatchSourceSignal] = []
  }

  private let state = Mutex(State())

  private init() {}

  /// Calls `onSignal` with 1 for the first signal from now on, 2 for the second, and so on.
  /// - Returns: The number to ``remove(_:)`` it by.
  func add(_ onSignal: @escaping @Sendable (Int) -> Void) -> Int {
    state.withLock { state in
      if state.sources.isEmpty { state.sources = [SIGINT, SIGTERM].map(source) }
      state.next += 1
      state.listeners[state.next] = Listener(onSignal: onSignal)
      return state.next
    }
  }

  /// Takes a listener away.
  func remove(_ number: Int) {
    state.withLock { $0.listeners[number] = nil }
  }

  private func source(of number: Int32) -> any DispatchSourceSignal {
    #if !os(Linux)
      // On Linux the source takes the default's place itself.
      signal(number, SIG_IGN)
    #endif
    let source = DispatchSource.makeSignalSource(
      signal: number, queue: DispatchQueue(label: "hone.signals"))
    let isReady = DispatchSemaphore(value: 0)
    source.setRegistrationHandler { isReady.signal() }
    source.setEventHandler { self.tell(of: number) }
    source.resume()
    // Until then a signal would be lost, or end the process.
    isReady.wait()
    return source
  }

  private func tell(of number: Int32) {
    let told = state.withLock { state in
      for place in state.listeners.keys { state.listeners[place]?.count += 1 }
      return state.listeners.keys.sorted().compactMap { state.listeners[$0] }
    }
    for listener in told { listener.onSignal(listener.count) }
    guard told.isEmpty else { return }
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, number)
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    signal(number, SIG_DFL)
    raise(number)
  }
}
