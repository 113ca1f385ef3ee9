// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneTraining

  struct PrompterList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the prompters that are trained.",
      discussion: """
          hone prompter list
          hone prompter list --prompters elsewhere
        """)

    @OptionGroup var place: PrompterPlace

    func run() async throws {
      let console = Console.standard
      let names = PrompterFolder.names(in: place.directory)
      guard !names.isEmpty else {
        console.error("There are no prompters in \(place.prompters) yet.")
        return
      }
      for name in names {
        let record = try PrompterFolder(name, in: place.directory).record()
        var line = "\(name)  \(record.model)  \(record.trainingTexts) texts"
        if let start = record.startingLoss, let best = record.bestLoss {
          line += String(format: "  loss %.3f → %.3f", start, best)
        }
        let targets = try PrompterFolder(name, in: place.directory).targets
        if !targets.isEmpty { line += "  for \(targets.joined(separator: ", "))" }
        console.out(line)
      }
    }
  }
#endif
