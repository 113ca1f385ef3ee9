// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import Foundation
  import HoneReport
  import HoneRuns
  import HoneTraining

  /// A finished run's worst and best prompts, kept beside it as data for a prompter.
  struct RunTrainingData: Sendable {
    let catalog: RunCatalog
    let console: Console

    /// Writes `pairs.jsonl` and `preferences.jsonl` into the run's folder, and says what they are for.
    func keep(of run: Run) throws {
      let record = try catalog.record(of: run.name)
      let data: RunPairs
      do {
        data = try RunPairs(record)
      } catch {
        // The run itself is well: its result was shown.
        console.error("note: there is nothing to train a prompter on. \(error.description)")
        return
      }
      let pairs = run.folder.appending(path: "pairs.jsonl")
      let preferences = run.folder.appending(path: "preferences.jsonl")
      try PairFile.write(data.pairs, to: pairs)
      try PreferenceFile.write(data.preferences, to: preferences)
      let (one, other) = (RelativePath.fromHere(pairs), RelativePath.fromHere(preferences))
      console.error(
        """
        \(Figures.count(data.pairs.count, "pair")) of worse and better prompts are kept. Train with:
          hone prompter train \(one) --name NAME
          hone prompter align --preferences \(other) --method dpo --name NAME --result NEW
        """)
    }
  }
#endif
