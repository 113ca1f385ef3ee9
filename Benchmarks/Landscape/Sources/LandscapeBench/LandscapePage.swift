// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneTesting

/// The page with the table, how it is made and how it is read.
struct LandscapePage {
  let table: LandscapeTable
  let arguments: Arguments

  /// The Markdown.
  var text: String {
    """
    # The methods on simulated landscapes

    No model runs here. A prompt is a sentence with a word chosen in each of eight places; what it is \
    worth is known: a sum over its words and over pairs of neighbouring words, drawn anew for each of \
    \(arguments.seeds) seeds. A simulated task model answers a row right with the probability of the \
    prompt's true score, so a score on \(arguments.dev) dev rows is as noisy as a real one. A simulated \
    optimizer model reads each method's own meta-prompts: the prompts and scores they show, the limit \
    on changed words, the criticisms. Its quality is the share of its choices that are made with \
    knowledge: it then starts from the best prompt it is shown, changes a word only for a better one, \
    and criticises the truly weakest word. With quality 0 it chooses at random.

    The score of a run is the true score, in percent, of the prompt that the method returns after at \
    most \(arguments.calls) calls, with the 95 % interval over seeds. The starting prompts have \
    \(percent(table.bounds.start)) on average and the best that exist \(percent(table.bounds.best)). \
    Bold are the best of a column and those that cannot be told apart from it. `random` asks no model, \
    so that its row is the same at each quality: a method that stays below it is worse than drawing \
    prompts blindly.

    \(table.markdown)

    What each column says:

    \(reading.joined(separator: "\n"))

    What the table does not say:

    - The criticism of a knowing model is always right about the weakest word. Real ones often are not, so \
    the table favours methods that ask for criticism: APO, PE2 and, by its reflections, SGDM.
    - All methods have small settings that fit \(arguments.calls) calls, none was tuned. A method whose \
    strength needs a wide beam or many rounds does not show it here.
    - Calls are what a method used. Those that stop short of the limit do so because proposals repeated \
    what had been tried, or because what was left did not pay for another whole step.
    - Words in eight places have no meaning that could be misread, and rows are independent of each other.

    Made by `Scripts/landscape`, in seconds; the same seeds give the same table, so that a change of \
    the search shows here before any model runs.
    """ + "\n"
  }

  private var reading: [String] {
    table.qualities.indices.map { quality in
      let names = table.winners(at: quality).sorted().map { table.methods[$0] }
      let below = table.losers(to: "random", at: quality).map { table.methods[$0] }
      let worse = below.isEmpty ? "none" : below.joined(separator: ", ")
      return "- quality \(table.qualities[quality]): best \(names.joined(separator: ", ")); worse "
        + "than random: \(worse)."
    }
  }

  private func percent(_ share: Double) -> String {
    String(format: "%.1f", 100 * share)
  }
}
