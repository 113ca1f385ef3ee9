// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneCore
  import HoneTraining
  import Synchronization

  /// The state of an alignment on the disk, from which the same command goes on.
  final class AlignmentCheckpoint: Sendable {
    private let folder: PrompterFolder
    private let file: URL
    /// What the state is of: models, prompter, data, reward and settings.
    private let work: String
    /// Rounds between two states on the disk.
    private let interval: Int
    /// The last state that is not on the disk yet, and how many there were since.
    private let pending = Mutex<(state: AlignmentState?, count: Int)>((nil, 0))

    /// - Parameters:
    ///   - folder: Where the new prompter will be.
    ///   - file: The state's file in it; its checkpoint unless given.
    ///   - parts: All that has to be the same when the alignment goes on.
    ///   - interval: Rounds between two states on the disk.
    init(folder: PrompterFolder, file: URL? = nil, parts: [String], interval: Int) {
      self.folder = folder
      self.file = file ?? folder.checkpoint
      self.interval = interval
      work = StableHash.hex(parts.joined(separator: "\u{0}"))
    }

    private var isOnDisk: Bool { FileManager.default.fileExists(atPath: file.path) }

    /// The state to go on from; nil at a beginning.
    func state() throws -> AlignmentState? {
      guard isOnDisk else { return nil }
      return try AlignmentState(reading: file, work: work)
    }

    /// Takes in the state after a round, and saves it when it is time.
    func save(_ state: AlignmentState) throws {
      let isDue = pending.withLock { pending in
        pending = (state, pending.count + 1)
        return pending.count >= interval
      }
      if isDue { try flush() }
    }

    /// Saves what is not on the disk yet.
    func flush() throws {
      let state = pending.withLock { pending in
        defer { pending = (nil, 0) }
        return pending.state
      }
      try state?.write(to: file, work: work)
    }

    /// Runs the rounds that are left of an alignment, saves and shows them.
    func run(
      _ alignment: PrompterAlignment, from start: LowRankAdapter,
      in world: PrompterAlignment.World, showing view: AlignmentView
    ) async throws -> LowRankAdapter {
      let state = try state()
      view.begin(after: state?.counters.rounds ?? [])
      return try await guarding {
        defer { view.end() }
        return try await alignment.run(
          from: start, state: state, in: world, save: { try self.save($0) },
          tell: { view.show($0) }, report: { view.show($0) })
      }
    }

    /// Runs an alignment that Ctrl-C interrupts, and saves its last whole round then.
    func guarding(
      _ body: @escaping @Sendable () async throws -> LowRankAdapter
    ) async throws -> LowRankAdapter {
      try folder.make()
      do {
        return try await CancelledBySignal.run(body)
      } catch {
        try flush()
        guard error is CancellationError else { throw error }
        throw CommandFailure(
          .interrupted,
          isOnDisk
            ? "interrupted; all whole rounds are saved, and the same command goes on after them"
            : "interrupted before the first round was over; the same command begins it again")
      }
    }
  }
#endif
