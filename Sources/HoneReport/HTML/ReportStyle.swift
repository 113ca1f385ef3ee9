// SPDX-License-Identifier: Apache-2.0

/// The style sheet of the report.
enum ReportStyle {
  static let sheet: Markup = """
    :root {
      --paper: #fcfcfa; --raised: #ffffff; --ink: #1d2327; --soft: #5d6870; --line: #e3e5e3;
      --accent: #0f6b5c; --accent-soft: #d8ebe6; --neutral: #9aa5ab; --won: #0f6b5c;
      --won-soft: #dcefe9; --lost: #a8321f; --lost-soft: #f8e1dc; --warn-soft: #f6edd3;
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
      --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14181a; --raised: #1b2023; --ink: #e6e9e8; --soft: #9aa5aa; --line: #2c3337;
        --accent: #5cc4ae; --accent-soft: #1d3a35; --neutral: #6d797f; --won: #6fd0ba;
        --won-soft: #17352f; --lost: #ef9080; --lost-soft: #3d211c; --warn-soft: #372f17;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 var(--sans); }
    main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.5rem 2rem; }
    footer { max-width: 60rem; margin: 0 auto; padding: 1.5rem; border-top: 1px solid var(--line);
      color: var(--soft); font-size: .85rem; }
    h1, h2, h3, h4 { line-height: 1.25; font-weight: 650; text-wrap: balance; }
    h1 { font-size: clamp(1.6rem, 4.4vw, 2.35rem); letter-spacing: -.018em; margin: .35rem 0 .6rem; }
    h1 strong { color: var(--accent); font-weight: 700; }
    h1 .arrow { color: var(--neutral); font-weight: 400; }
    h2 { font-size: 1.3rem; letter-spacing: -.01em; margin: 0 0 1rem; }
    h3 { font-size: .95rem; margin: 0 0 .6rem; }
    h4 { font-size: .8rem; margin: .9rem 0 .3rem; color: var(--soft); font-weight: 500; }
    h2 small, h3 small, summary small { color: var(--soft); font-weight: 400; font-size: .85rem;
      margin-left: .35rem; }
    section { margin-top: 3.25rem; }
    p { margin: 0 0 .8rem; }
    a { color: var(--accent); }
    .eyebrow { color: var(--soft); font-size: .88rem; margin: 0; }
    .lead { font-size: 1.1rem; max-width: 44rem; color: var(--ink); margin-bottom: 1.5rem; }
    .quiet, figcaption, caption { color: var(--soft); font-size: .9rem; }
    .nobreak { white-space: nowrap; }
    .banner { background: var(--warn-soft); padding: .7rem 1rem; border-radius: .5rem; }
    .banner.bad { background: var(--lost-soft); }
    code { font-family: var(--mono); font-size: .9em; }
    .tiles { display: flex; flex-wrap: wrap; margin: 0 0 1.5rem; overflow: hidden;
      border: 1px solid var(--line); border-radius: .75rem; background: var(--raised); }
    .tile { flex: 1 1 9rem; padding: 1rem 1.15rem; box-shadow: -1px -1px 0 var(--line); }
    .tile dt { color: var(--soft); font-size: .85rem; }
    .tile dd { margin: 0; }
    .tile .figure { font-size: 1.5rem; font-weight: 650; letter-spacing: -.015em;
      font-variant-numeric: tabular-nums; line-height: 1.35; }
    .tile .note { color: var(--soft); font-size: .82rem; font-variant-numeric: tabular-nums; }
    figure { margin: 0 0 1.75rem; }
    figcaption { margin-top: .5rem; max-width: 44rem; }
    .chart { display: block; width: 100%; height: auto; overflow: visible; }
    .chart.narrow { display: none; }
    .chart text { font: 12px var(--sans); fill: var(--soft); font-variant-numeric: tabular-nums; }
    .grid { stroke: var(--line); stroke-width: 1; }
    .seed-line { stroke: var(--neutral); stroke-width: 1.5; stroke-dasharray: 5 4; }
    .best-line { fill: none; stroke: var(--accent); stroke-width: 2.25; stroke-linejoin: round; }
    .beside-line { fill: none; stroke: var(--neutral); stroke-width: 1.75; stroke-dasharray: 5 4; }
    .size-line { fill: none; stroke: var(--neutral); stroke-width: 1.75; }
    .dot { fill: var(--neutral); stroke: var(--paper); stroke-width: 1.25; }
    .dot.partial { fill: var(--paper); stroke: var(--neutral); }
    .dot.seed { fill: var(--ink); }
    .dot.best { fill: var(--accent); stroke-width: 2; }
    .interval { stroke-width: 3; stroke-linecap: round; stroke: var(--neutral); }
    .interval.best { stroke: var(--accent); }
    .mean { fill: var(--neutral); stroke: var(--paper); stroke-width: 2; }
    .mean.best { fill: var(--accent); }
    .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin-bottom: 1rem; }
    .panel { background: var(--raised); border: 1px solid var(--line); border-radius: .75rem;
      padding: 1rem 1.15rem; min-width: 0; }
    .panel:last-child { border-color: var(--accent); }
    .prompt { font: .92rem/1.55 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere;
      margin: 0; unicode-bidi: isolate; }
    td .prompt { font-size: .86rem; }
    details { border-top: 1px solid var(--line); padding: .65rem 0; }
    details summary { cursor: pointer; font-weight: 550; }
    details[open] > summary { margin-bottom: .6rem; }
    details.inline { border: 0; padding: 0; }
    details.inline summary { font-weight: 400; list-style-position: outside; margin-left: 1.1em; }
    details.inline .diff, details.inline pre { margin-left: 1.1em; }
    .diff { font: .92rem/1.7 var(--mono); overflow-wrap: anywhere; margin: .3rem 0 0; }
    ins { background: var(--won-soft); color: var(--won); text-decoration: none; padding: .08em .2em;
      border-radius: .2em; }
    del { background: var(--lost-soft); color: var(--lost); padding: .08em .2em; border-radius: .2em; }
    .turn pre { background: var(--raised); border: 1px solid var(--line); border-radius: .5rem;
      padding: .7rem .9rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .92rem; }
    caption { text-align: left; padding: 0 0 .8rem; caption-side: top; }
    th, td { text-align: left; vertical-align: top; padding: .6rem .9rem .6rem 0;
      border-top: 1px solid var(--line); overflow-wrap: anywhere; }
    thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: .84rem;
      white-space: nowrap; }
    tbody th { font-weight: 550; white-space: nowrap; }
    td:last-child { padding-right: 0; }
    tfoot th, tfoot td { font-weight: 600; }
    .number { font-variant-numeric: tabular-nums; white-space: nowrap; }
    .figures td.number, .figures thead th:nth-child(n + 3) { text-align: right; }
    .wide-cell { width: 45%; }
    .chosen > * { background: var(--accent-soft); }
    .chosen > th { padding-left: .6rem; border-radius: .4rem 0 0 .4rem; }
    .chosen > td:last-child { padding-right: .6rem; border-radius: 0 .4rem .4rem 0; }
    .badge { background: var(--accent); color: var(--paper); font-size: .72rem; font-weight: 600;
      padding: .1rem .45rem; border-radius: 1rem; margin-left: .3rem; }
    .bar { display: block; height: 4px; width: 6rem; max-width: 100%; margin-top: .35rem;
      background: var(--line); border-radius: 2px; }
    .bar span { display: block; height: 4px; background: var(--accent); border-radius: 2px; }
    small.from, small.id { display: block; color: var(--soft); font-size: .82rem; }
    .clip { max-height: 7.6em; overflow-y: auto; }
    .clip p { margin: 0 0 .3rem; white-space: pre-wrap; }
    .verdict { font-size: .84rem; white-space: nowrap; color: var(--soft); }
    .row-won .verdict, .row-lost .verdict { font-weight: 600; padding: .12rem .5rem;
      border-radius: 1rem; }
    .row-won .verdict { background: var(--won-soft); color: var(--won); }
    .row-lost .verdict { background: var(--lost-soft); color: var(--lost); }
    .filters input { position: absolute; opacity: 0; }
    .filters label { display: inline-block; padding: .3rem .8rem; margin: 0 .35rem .6rem 0;
      border: 1px solid var(--line); border-radius: 1rem; cursor: pointer; font-size: .9rem;
      background: var(--raised); }
    .filters label small { color: var(--soft); }
    .filters input:checked + label { background: var(--accent); border-color: var(--accent);
      color: var(--paper); }
    .filters input:checked + label small { color: inherit; }
    .filters input:focus-visible + label, .clip:focus-visible, summary:focus-visible {
      outline: 2px solid var(--accent); outline-offset: 2px; }
    \(filterRules)
    .facts { display: grid; grid-template-columns: 1fr 1fr; gap: .2rem 2rem; margin: 0 0 1rem; }
    .facts div { padding: .5rem 0; border-top: 1px solid var(--line); min-width: 0; }
    .facts dt { color: var(--soft); font-size: .84rem; }
    .facts dd { margin: 0; overflow-wrap: anywhere; }
    @media (max-width: 44rem) {
      main { padding: 1.5rem 1.1rem; }
      section { margin-top: 2.5rem; }
      .tile { padding: .8rem .95rem; }
      .tile .figure { font-size: 1.25rem; }
      .pair, .facts { grid-template-columns: 1fr; }
      .chart.wide { display: none; }
      .chart.narrow { display: block; }
      .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
        clip-path: inset(50%); }
      .cards, .cards tbody, .cards tfoot, .cards tr, .cards th, .cards td, .cards caption {
        display: block; width: 100%; }
      .cards tr { border-top: 1px solid var(--line); padding: .75rem 0; }
      .cards th, .cards td { border: 0; padding: .12rem 0; text-align: left; }
      .cards td[data-label] { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr);
        column-gap: .6rem; }
      .cards td[data-label]::before { content: attr(data-label); color: var(--soft);
        font-size: .84rem; grid-row: 1 / span 9; }
      .cards td[data-label] > * { grid-column: 2; }
      .figures td.number { text-align: left; }
      .chosen { background: var(--accent-soft); margin: 0 -.6rem; padding: .75rem .6rem !important;
        width: auto !important; border-radius: .5rem; }
      .chosen > th { padding-left: 0; }
    }
    @media print {
      .filters label { display: none; }
      .clip { max-height: none; }
    }
    """

  /// One rule a verdict: its button hides the rows of all others.
  private static let filterRules: Markup = {
    let rules: [Markup] = ExamplePair.Verdict.allCases.map { verdict in
      """
      #rows-\(verdict.rawValue):checked ~ .scroll tbody tr:not(.row-\(verdict.rawValue)) { \
      display: none; }
      """
    }
    return "\(rules)"
  }()
}
