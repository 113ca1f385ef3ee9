// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneTraining

  /// Which prompter is meant.
  struct PrompterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The prompter's name.", valueName: "name"))
    var name: String

    @OptionGroup var place: PrompterPlace

    /// The prompter's folder.
    func folder() throws -> PrompterFolder { try PrompterFolder(name, in: place.directory) }
  }

  /// Where prompters are.
  struct PrompterPlace: ParsableArguments {
    @Option(
      help: ArgumentHelp("The folder of prompters.", valueName: "dir"), completion: .directory)
    var prompters = "prompters"

    /// The folder.
    var directory: URL { URL(filePath: prompters, directoryHint: .isDirectory) }
  }
#endif
