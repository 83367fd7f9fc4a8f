/// The dashboard's one style sheet. System fonts; light and dark as the reader's system has it.
enum StyleSheet {
  static let text = """
    :root { color-scheme: light dark;
      --paper: #f7f7f5; --card: #ffffff; --ink: #1d2126; --soft: #5b646e; --line: #dfe2e5;
      --accent: #1f5fa8; --on-accent: #ffffff; --good: #1c6b3c; --bad: #a3261f; --warn: #8a5a00;
      --good-tint: #e8f4ec; --bad-tint: #fbeceb; --warn-tint: #fdf4e1; }
    @media (prefers-color-scheme: dark) { :root {
      --paper: #14171a; --card: #1d2125; --ink: #e8eaec; --soft: #a0a9b2; --line: #343b42;
      --accent: #7db4f0; --on-accent: #0e1a26; --good: #79cf9a; --bad: #f2948c; --warn: #e6b95c;
      --good-tint: #18291f; --bad-tint: #2f1b1a; --warn-tint: #2c2413; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    a { color: var(--accent); }
    header { background: var(--card); border-bottom: 1px solid var(--line); }
    .bar { max-width: 62rem; margin: 0 auto; padding: .75rem 1rem; display: flex; gap: .75rem;
      align-items: center; justify-content: space-between; flex-wrap: wrap; }
    .brand { font-weight: 650; }
    .who { color: var(--soft); font-size: .875rem; display: flex; gap: .75rem;
      align-items: center; }
    nav { max-width: 62rem; margin: 0 auto; padding: 0 .5rem; display: flex; flex-wrap: wrap; }
    nav a { padding: .5rem .5rem .625rem; margin: 0 .25rem; color: var(--soft);
      text-decoration: none;
      border-bottom: 2px solid transparent; }
    nav a:hover { color: var(--ink); }
    nav a[aria-current] { color: var(--ink); border-color: var(--accent); }
    main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1.25rem; }
    h2 { font-size: 1.0625rem; margin: 0 0 .75rem; }
    section { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
      padding: 1.25rem; margin: 0 0 1.25rem; overflow-x: auto; }
    .sign-in { max-width: 24rem; margin: 8vh auto; }
    .notice { border-left: 4px solid var(--soft); background: var(--card); padding: .75rem 1rem;
      border-radius: .25rem; margin: 0 0 1.25rem; }
    .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
    .notice.good { border-color: var(--good); background: var(--good-tint); color: inherit; }
    .notice.bad { border-color: var(--bad); background: var(--bad-tint); color: inherit; }
    .notice.warn { border-color: var(--warn); background: var(--warn-tint); color: inherit; }
    .soft { color: var(--soft); } .small { font-size: .875rem; }
    dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .375rem 1.5rem;
      margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
    table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
    th { text-align: left; color: var(--soft); font-weight: 500; font-size: .875rem;
      white-space: nowrap; }
    th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line);
      vertical-align: top; overflow-wrap: break-word; }
    td.time, td button { white-space: nowrap; }
    tr:last-child td { border-bottom: 0; } td.number, th.number { text-align: right; }
    label { display: block; margin: 0 0 .875rem; font-size: .9375rem; }
    label span { display: block; margin: 0 0 .25rem; color: var(--soft); font-size: .875rem; }
    input, select, textarea { width: 100%; max-width: 34rem; padding: .5rem .625rem; font: inherit;
      color: var(--ink); background: var(--paper); border: 1px solid var(--soft);
      border-radius: .375rem; }
    textarea { min-height: 9rem; max-width: none; }
    button { font: inherit; padding: .5rem 1rem; border-radius: .375rem; cursor: pointer;
      border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); }
    button.quiet { background: none; color: var(--ink); border-color: var(--line); }
    button.danger { background: none; color: var(--bad); border-color: var(--bad); }
    button.slim { padding: .125rem .625rem; font-size: .875rem; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    dl + .row { margin-top: 1rem; } section > p:first-child { margin-top: 0; }
    form.inline { display: inline; } .row { display: flex; gap: .75rem; flex-wrap: wrap; }
    details summary { cursor: pointer; color: var(--accent); margin: .75rem 0; }
    code, pre { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
    pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    .figures { display: flex; gap: 2rem; flex-wrap: wrap; }
    .figures b { display: block; font-size: 1.75rem; line-height: 1.2; font-weight: 600; }
    @media (max-width: 40rem) {
      dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 .625rem; }
      section { padding: 1rem; } td, th { padding-right: .5rem; }
      table:has(thead), table:has(thead) :is(tbody, tr, td) { display: block; }
      thead, td:empty { display: none !important; }
      table:has(thead) tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
      table:has(thead) tr:last-child { border-bottom: 0; padding-bottom: 0; }
      table:has(thead) td { border: 0; padding: .125rem 0 .125rem 8rem; position: relative;
        text-align: left; }
      td[data-label]::before { content: attr(data-label); position: absolute; left: 0;
        color: var(--soft); font-size: .875rem; } }

    """
}
