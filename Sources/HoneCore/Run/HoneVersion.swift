// SPDX-License-Identifier: Apache-2.0

/// The version of this package, as runs record it.
public enum HoneVersion {
  /// The version in the form `major.minor.patch`.
  public static let current = "0.1.0"
}
