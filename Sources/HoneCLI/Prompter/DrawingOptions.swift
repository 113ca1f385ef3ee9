// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import HoneTraining

  /// How freely rewrites are drawn.
  struct DrawingOptions: ParsableArguments {
    @Option(
      help: ArgumentHelp(
        "How freely rewrites are drawn; 0 for the likeliest, and for a single one unless given.",
        valueName: "x"))
    var temperature: Double?

    @Option(
      help: ArgumentHelp(
        "Draw from as few tokens as come to this share of chances, 0…1.", valueName: "x"))
    var topP: Double?

    @Option(help: ArgumentHelp("Draw from so many of the likeliest tokens.", valueName: "n"))
    var topK: Int?

    func validate() throws {
      if let problem = sampling(or: 1).problem { throw ValidationError(problem) }
    }

    /// The sampling, with a temperature where none is given.
    func sampling(or temperature: Double) -> RewriteSampling {
      RewriteSampling(temperature: self.temperature ?? temperature, topP: topP, topK: topK)
    }

    /// The sampling, with what is not given taken from another.
    func sampling(or other: RewriteSampling) -> RewriteSampling {
      RewriteSampling(
        temperature: temperature ?? other.temperature, topP: topP ?? other.topP,
        topK: topK ?? other.topK)
    }
  }
#endif
