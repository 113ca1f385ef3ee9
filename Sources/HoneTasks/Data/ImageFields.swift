// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// Fields whose texts are paths of images, relative to the folder of the task file.
struct ImageFields {
  /// The most bytes of an image; the providers' own limits begin at 5 MB.
  static let mostBytes = 5 << 20
  /// The most bytes of all images of a task, as they are kept in memory and with the run.
  static let mostBytesTogether = 256 << 20

  let names: [String]
  let folder: URL
  private var total = 0

  init(names: [String], folder: URL) {
    self.names = names
    self.folder = folder
  }

  /// The images of a row in the order of the fields; reports those that cannot be shown.
  mutating func read(
    _ fields: [String: String], line: Int, into problems: inout ProblemList
  ) -> [ImagePart] {
    var images: [ImagePart] = []
    for name in names {
      guard let path = fields[name] else { continue }
      switch image(at: path) {
      case .success(let image): images.append(image)
      case .failure(let problem): problems.add(line: line, "\(name): \(problem.message)")
      }
    }
    return images
  }

  private mutating func image(at path: String) -> Result<ImagePart, FileBytes.Failure> {
    let file = URL(fileURLWithPath: path, relativeTo: folder)
    let size = (try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    guard size <= Self.mostBytes else {
      return .failure(
        FileBytes.Failure(
          message: "\(path) has \(size) bytes, and an image at most \(Self.mostBytes); shrink it"))
    }
    total += size
    guard total <= Self.mostBytesTogether else {
      return .failure(
        FileBytes.Failure(
          message: "the images have more than \(Self.mostBytesTogether >> 20) MB together; "
            + "shrink them or take fewer rows"))
    }
    do throws(FileBytes.Failure) {
      guard let image = ImagePart(Data(try FileBytes.read(file))) else {
        return .failure(
          FileBytes.Failure(message: "\(path) is no PNG, JPEG, WebP or GIF image"))
      }
      return .success(image)
    } catch {
      return .failure(error)
    }
  }
}
