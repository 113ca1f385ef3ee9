// SPDX-License-Identifier: Apache-2.0

/// The time as the limits and retries of requests see it, in seconds since some moment.
///
/// Tests give one whose sleep takes no time.
public struct RequestClock: Sendable {
  /// The seconds now.
  let now: @Sendable () -> Double
  /// Waits some seconds, or throws `CancellationError`.
  let sleep: @Sendable (Double) async throws -> Void

  /// Creates a clock.
  public init(
    now: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Double) async throws -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }

  /// The machine's clock, which never goes back.
  public static let system: RequestClock = {
    let start = ContinuousClock.now
    return RequestClock(
      now: { (ContinuousClock.now - start) / .seconds(1) },
      sleep: { try await Task.sleep(for: .seconds($0)) })
  }()
}
