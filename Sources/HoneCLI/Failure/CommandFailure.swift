// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import HoneModelFiles
import HoneModels
import HoneOptimizers
import HoneReport
import HoneRuns
import HoneStore
import HoneTasks

#if HONE_TRAINING
  import HoneTraining
#endif

/// What went wrong in plain words, and the exit code that says it to programs.
struct CommandFailure: Error, Sendable, Hashable {
  let code: EndCode
  let message: String

  init(_ code: EndCode, _ message: String) {
    self.code = code
    self.message = message
  }

  /// A mistake of the user's in the words of the message.
  static func mistake(_ message: String) -> CommandFailure {
    CommandFailure(.mistake, message)
  }

  /// Puts any error in words.
  init(of error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let problems as TaskFileProblems: self.init(of: problems)
    case let error as CatalogProblems: self.init(.mistake, error.description)
    case let error as ModelFileError: self.init(Self.code(of: error.kind), error.message)
    case let error as ModelError:
      self.init(error.kind == .unusableModel ? .modelUnavailable : .failed, error.message)
    case let error as PriceProblem: self.init(.mistake, error.description)
    case let error as BudgetTooSmall: self.init(.budgetTooSmall, error.description)
    case let error as RunError: self.init(Self.code(of: error), error.description)
    case let error as StoreError: self.init(Self.code(of: error), error.description)
    case let error as BudgetExhausted: self.init(.failed, error.description)
    case is RunInterrupted, is CancellationError: self.init(.interrupted, "interrupted")
    #if HONE_TRAINING
      case let error as TrainingError: self.init(Self.code(of: error.kind), error.description)
    #endif
    case let error as ExportRefusal: self.init(.mistake, error.description)
    case let error as any LocalizedError & CustomStringConvertible:
      self.init(.failed, error.errorDescription ?? error.description)
    case let error as CocoaError:
      let isMissing = [.fileNoSuchFile, .fileReadNoSuchFile].contains(error.code)
      self.init(isMissing ? .mistake : .failed, Self.words(for: error))
    case let error as any CustomStringConvertible: self.init(.failed, error.description)
    default:
      self.init(
        .internalError,
        "something went wrong that Hone has no words for (\(type(of: error))). "
          + "Please report it with the command line.")
    }
  }

  private init(of problems: TaskFileProblems) {
    let count = problems.problems.count + problems.omitted
    self.init(
      .mistake,
      "\(Figures.count(count, "mistake")) to put right\n" + problems.description)
  }

  private static func code(of kind: ModelFileError.Kind) -> EndCode {
    switch kind {
    case .badName: .mistake
    case .disk: .failed
    case .unknownModel, .termsNotAccepted, .missingProgram, .unreachable, .notFound, .wrongHash,
      .badFile:
      .modelUnavailable
    }
  }

  #if HONE_TRAINING
    private static func code(of kind: TrainingError.Kind) -> EndCode {
      switch kind {
      case .badData, .badSettings, .badCheckpoint: .mistake
      case .unknownArchitecture, .missingTensor, .badModel: .modelUnavailable
      case .wrongShape, .tokenOutOfRange, .notFinite, .disk: .failed
      }
    }
  #endif

  private static func code(of error: RunError) -> EndCode {
    switch error {
    case .noSuchRun, .modelChanged, .badName, .badTask, .alreadyFinished, .notComparable: .mistake
    case .tooManyFailures, .metricCommand: .failed
    }
  }

  private static func code(of error: StoreError) -> EndCode {
    switch error {
    case .notARun, .tooNew: .mistake
    case .locked, .damaged, .failed: .failed
    }
  }

  /// A failed access to a file, with the path and without the framework's wording.
  private static func words(for error: CocoaError) -> String {
    let path = error.filePath ?? error.url?.path ?? "a file"
    return switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: "there is no file \(path)"
    case .fileReadNoPermission: "\(path) may not be read; look at its permissions"
    case .fileWriteNoPermission: "\(path) may not be written; look at the folder's permissions"
    case .fileWriteFileExists: "\(path) is there already"
    case .fileWriteOutOfSpace: "the disk is full; \(path) was not written"
    case .fileReadInapplicableStringEncoding, .fileReadCorruptFile:
      "\(path) is not text in UTF-8"
    default: "\(path): \(error.localizedDescription)"
    }
  }
}
