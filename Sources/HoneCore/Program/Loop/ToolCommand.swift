// SPDX-License-Identifier: Apache-2.0

/// A program that a model may use as a tool: it reads the tool's input on standard input and answers on
/// standard output.
public struct ToolCommand: Sendable, Hashable, Codable {
  /// The name the model calls it by.
  public var name: String
  /// What it does and what it is given, told to the model.
  public var description: String
  /// The program and its arguments.
  public var words: [String]
  /// Whether it is kept from the network and from writing outside of a folder of its own.
  public var isSandboxed: Bool
  /// The time it may take, in seconds.
  public var seconds: Double
  /// The most characters of its answer that the model is shown.
  public var characters: Int

  /// Creates a tool.
  public init(
    name: String, description: String, words: [String], isSandboxed: Bool = true,
    seconds: Double = 10, characters: Int = 2000
  ) {
    self.name = name
    self.description = description
    self.words = words
    self.isSandboxed = isSandboxed
    self.seconds = seconds
    self.characters = characters
  }
}
