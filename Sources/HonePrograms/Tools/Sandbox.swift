// SPDX-License-Identifier: Apache-2.0

import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// What keeps a command that runs a model's code from doing harm.
///
/// Everywhere: an empty environment but for `PATH` and `LANG`, a temporary folder of its own as working
/// folder and home, and limits of processor time, file size, open files and, on Linux, memory. Where
/// Linux lets an ordinary user make namespaces (`unshare`, `setpriv` and `mount` of util-linux): no
/// network, no writing outside of that folder, no sight of other processes' numbers, no way to more
/// rights, and no process that outlives the command.
///
/// Not protected: files that this user may read can be read; the number of processes is not limited
/// beyond the time limit; and a fault in the system's kernel is a way out. On macOS there are the limits
/// and the folder only. For code of unknown origin run all of it in a virtual machine.
public struct Sandbox: Sendable, Hashable {
  /// Seconds of processor time of each process.
  public var seconds: Int
  /// Bytes of memory of each process, on Linux.
  public var memory: Int
  /// Bytes of the largest file it may write.
  public var fileSize: Int
  /// What happens where the system offers no namespaces.
  public var withoutNamespaces: WithoutNamespaces

  /// What happens where the system offers no namespaces.
  public enum WithoutNamespaces: Sendable, Hashable {
    /// The command runs with the limits alone.
    case goOn
    /// The command does not run, and says why.
    case refuse
  }

  /// Creates a sandbox.
  public init(
    seconds: Int = 10, memory: Int = 1 << 30, fileSize: Int = 1 << 20,
    withoutNamespaces: WithoutNamespaces = .goOn
  ) {
    self.seconds = seconds
    self.memory = memory
    self.fileSize = fileSize
    self.withoutNamespaces = withoutNamespaces
  }

  /// Whether this system offers namespaces: no network, and no writing outside the command's folder.
  ///
  /// Found out by running a command that does nothing.
  public static func hasNamespaces() async -> Bool {
    let folder = FileManager.default.temporaryDirectory.path
    let words = namespaceWords(folder: folder, ["true"])
    let result = try? await Subprocess.run(
      .name(words[0]), arguments: Arguments(Array(words.dropFirst())),
      output: .discarded, error: .discarded)
    return result?.terminationStatus.isSuccess ?? false
  }

  /// The command within the limits and, where there are any, the namespaces.
  /// - Throws: ``ToolProblem`` where namespaces are required and not to be had.
  func words(
    for command: [String], folder: String, isShut: Bool
  ) throws(ToolProblem) -> [String] {
    if !isShut, withoutNamespaces == .refuse {
      throw ToolProblem(
        description: "this system lets no ordinary user make namespaces, which the tool requires")
    }
    let inner = isShut ? Self.namespaceWords(folder: folder, command) : command
    return ["/bin/sh", "-c", limits + "exec \"$@\"", "sandbox"] + inner
  }

  /// The environment of the command.
  func environment(folder: String) -> [Environment.Key: String] {
    let own = ProcessInfo.processInfo.environment
    var given: [Environment.Key: String] = ["HOME": folder, "TMPDIR": folder]
    given["PATH"] = own["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    given["LANG"] = own["LANG"] ?? "C.UTF-8"
    return given
  }

  /// Limits as commands of the shell; files are counted in blocks of 512 bytes, memory in KiB.
  private var limits: String {
    "{ ulimit -c 0; ulimit -t \(max(1, seconds)); ulimit -f \(max(1, fileSize / 512)); "
      + "ulimit -n 128; ulimit -v \(max(1, memory / 1024)); } 2>/dev/null; "
  }

  /// A command in namespaces of its own: all that is mounted is made read-only but for the folder, and
  /// then all rights are given up.
  private static func namespaceWords(folder: String, _ command: [String]) -> [String] {
    let script = """
      mount --make-rprivate / && mount --bind "$0" "$0" || exit 125
      while read -r _ point _; do
        case "$point" in
          "$0" | /proc* | /sys* | /dev | /dev/pts) ;;
          *) mount -o remount,bind,ro "$point" 2>/dev/null ;;
        esac
      done < /proc/self/mounts
      cd "$0" && exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"
      """
    return [
      "unshare", "--user", "--map-root-user", "--net", "--mount", "--pid", "--fork",
      "--kill-child", "/bin/sh", "-c", script, folder,
    ] + command
  }
}
