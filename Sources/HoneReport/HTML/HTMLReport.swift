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
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
      <meta name="generator" content="Hone \(record.version)">
      <title>\(VisibleText.line(record.task.name)) · Hone run \(VisibleText.line(record.id))</title>
      <style>
      \(ReportStyle.sheet)
      </style>
      </head>
      <body>
      <main>
      \(sections.filter { $0 != .none })
      </main>
      <footer>Made by Hone \(record.version). This page loads nothing and runs no script.</footer>
      </body>
      </html>

      """
    return page.source
  }
}
