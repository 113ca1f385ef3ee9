// SPDX-License-Identifier: Apache-2.0

/// A page of sections in the style of all reports; it loads nothing and runs no script.
struct HTMLPage: Sendable {
  let title: String
  /// Hone's version.
  let version: String
  let sections: [Markup]

  /// The page as text in UTF-8.
  func render() -> String {
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
      <meta name="generator" content="Hone \(version)">
      <title>\(title)</title>
      <style>
      \(ReportStyle.sheet)
      </style>
      </head>
      <body>
      <main>
      \(sections.filter { $0 != .none })
      </main>
      <footer>Made by Hone \(version). This page loads nothing and runs no script.</footer>
      </body>
      </html>

      """
    return page.source
  }
}
