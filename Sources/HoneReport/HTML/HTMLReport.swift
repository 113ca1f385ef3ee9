// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore

/// A run as one HTML file that needs no network and runs no script.
///
/// It shows the claim with its evidence, the prompts, the course of the search, every candidate,
/// every test row under both prompts, what was turned down and what it cost. Text from models and
/// data is escaped where it enters the page, and the page's own policy forbids scripts and loading.
public struct HTMLReport: Sendable {
  /// The run.
  public let record: RunRecord

  /// Creates the report of a run, finished or not.
  public init(_ record: RunRecord) {
    self.record = record
  }

  /// The page as text in UTF-8.
  public func render() -> String {
    let context = ReportContext(record)
    let sections: [Markup] = [
      HeadlineSection(context: context).markup,
      PromptSection(context: context).markup,
      CourseSection(context: context).markup,
      CandidateSection(context: context).markup,
      ExampleSection(context: context).markup,
      RejectionSection(context: context).markup,
      CostSection(context: context).markup,
      MethodSection(context: context).markup,
    ]
    return HTMLPage(
      title: "\(VisibleText.line(record.task.name)) · Hone run \(VisibleText.line(record.id))",
      version: record.version, sections: sections
    ).render()
  }
}
