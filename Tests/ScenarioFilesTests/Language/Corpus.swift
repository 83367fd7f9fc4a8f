/// Good files that say every word of the language at least once.
enum Corpus {
  static let head = """
    scenario: S
    about: A story.
    shows: [direct-billing, instant-revocation]
    demonstrates: [vendor-can-log, no-data-sovereignty]
    world: worlds/small.yaml
    plays-in: simulated
    vendor: honest
    crash: at-every-step
    expect-verdicts: { direct-billing: held, own: violated, check:more: inconclusive }
    checks:
      own:
        about: A guarantee.
        never: calls
        from: 10s
        until: 1m after noon
        where:
          { tenant: acme, by: ana, key: azure-1, account: vendor, host: api.openai.com,
            endpoint: chat, outcome: cut-off, status: 200, carries: hr-handbook/a.md }
      others:
        about: A guarantee.
        every: replies
        where: { seen-by: ben, in: lunch }
        is: { outcome: refusal, slower-than: 5s }
      more: { about: A, count: invoices, at-least: 1, at-most: 4, where: { item: seats } }
      costs: { about: A, sum: cents, at-least: 1, at-most: 4, where: { item: seats } }
      still-more: { about: A, never: finds, where: { surface: log } }
    timeline:
      - { at: 1m, name: noon, pause: {} }
    """

  static let pairs = [
    "pair: { varies: documents, tenant: acme, department: hr, by: absence }",
    "pair: { varies: key, tenant: acme }",
  ].map { pair in
    """
    scenario: S
    about: A story.
    shows: [direct-billing]
    world: worlds/plain.yaml
    \(pair)
    timeline:
      - { at: 1m, pause: {} }
    """
  }

  static let process = """
    scenario: S
    about: A story.
    shows: direct-billing
    parameters: { pause: 5s }
    matrix: { first: [1m, 2m], last: [5m, 6m] }
    world:
      from: worlds/plain.yaml
      model: { first-token: 200ms, between-tokens: 10ms..20ms }
      tenants: { acme: { key: none, people: { ana: { department: sales } } } }
    vendor: process
    timeline:
      - { at: "${first}", name: kill, kill-vendor: { down-for: "${pause}" } }
      - { every: 10s, from: 30s after kill, until: "${last}", ask: { who: ana, text: Hm } }
    """

  static let ownWorld = """
    scenario: S
    about: A story.
    shows: direct-billing
    world:
      world: Its own
      starts: 2026-01-05T08:00:00Z
      tenants:
        acme:
          name: Acme
          deployment: hosted
          markup: per-seat
          departments: { hr: }
          people: { ana: { name: Ana, department: hr, platform: teams } }
    timeline:
      - { at: 1m, ask: { who: ana, text: Hm } }
    """

  static let world = """
    world: Small
    starts: 2026-01-05T08:00:00Z
    model: { first-token: 200ms..900ms, between-tokens: 10ms, embedding: 1ms..2ms }
    secret-manager: vault
    replicas: 2
    questions-a-minute: 100
    revocations-spread-within: 2m
    tenants:
      acme:
        name: Acme
        deployment: pure
        key: azure
        azure: { resource: acme-openai, chat: chat, embeddings: search, api-version: v1 }
        directory: groups
        replies: streamed
        contract: no-query-logging
        subscription: none
        rejected-key: { messages: wait, for: 20m, at-most: 5, tell: ben }
        guests: { knowledge: [hr-handbook] }
        knowledge: { hr-handbook: knowledge/hr, notes: { first: Written here } }
        departments: { hr: { knowledge: [hr-handbook] }, sales: {} }
        people:
          ana: { name: Ana, department: hr, platform: teams }
          ben: { name: Ben, department: sales, platform: google-chat }
          eve: { name: Eve, guest: true, platform: teams, absent: true }
        conversations:
          lunch: { kind: group, platform: teams, members: [ana, eve] }
    """

  static let steps = [
    "- { every: 1m, from: 1m, until: 5m, ask: { who: [ana, ben], from: questions/q.txt } }",
    """
    - at: 1m
      ask: { who: ana, text: "Hm?", in: lunch }
      expect:
        { answer: given, within: 5s, draws-on: hr-handbook, nothing-from: hr-handbook,
          mentions: a, never-mentions: b, grows: true, waits: true }
    """,
    "- { at: 1m, ask: { who: ana, text: Hm }, expect: { answer: refused, because: no-key } }",
    """
    - { at: 1m, name: noon, pause: {} }
    - { every: 1m, from: 30s before noon, times: 3, ask: { who: ana, text: Hm } }
    - { every: 1m, from: noon, until: 5m after noon, ask: { who: ana, text: Hm } }
    """,
    "- { at: 1m, create-key: { tenant: acme, key: second } }",
    "- { at: 1m, install-key: { tenant: acme, key: azure-2 }, expect: { accepted: true } }",
    "- { at: 1m, create-key: { key: third, expires-after: 30d } }",
    "- { at: 1m, join: { who: eve } }",
    "- { at: 1m, remove-member: { who: eve, in: lunch } }",
    """
    - { at: 1m, remove-member: { who: eve, in: lunch } }
    - { at: 2m, add-member: { who: eve, in: lunch } }
    """,
    "- { at: 1m, leave: { who: ana } }",
    "- { at: 1m, upgrade-vendor: { down-for: 5s, apart: 10s } }",
    "- { at: 1m, ask: { who: ana, text: Hm, burst: 5 } }",
    "- { at: 1m, change-document: { knowledge: hr-handbook, name: a.md, text: New } }",
    "- { at: 1m, remove-key: { tenant: acme }, expect: { accepted: true } }",
    "- { at: 1m, delete-key: { tenant: acme } }",
    "- { at: 1m, regenerate-key: { tenant: acme, key: azure-1 } }",
    """
    - { at: 1m, create-key: { key: second } }
    - { at: 2m, change-secret: { tenant: acme, key: second } }
    """,
    "- { at: 1m, cancel-subscription: { tenant: acme }, expect: { accepted: true } }",
    "- { at: 1m, start-subscription: { tenant: acme }, expect: { accepted: true } }",
    "- { at: 1m, move: { who: ana, to: sales } }",
    "- { at: 1m, deactivate: { who: ana } }",
    "- { at: 1m, reactivate: { who: ana } }",
    """
    - at: 1m
      add-document: { tenant: acme, knowledge: hr-handbook, name: b.md, text: "# B" }
      expect: { accepted: true }
    """,
    "- { at: 1m, inspect: { tenant: acme } }",
    "- { at: 1m, remove-document: { tenant: acme, knowledge: hr-handbook, name: b.md } }",
    "- { at: 1m, restart-vendor: { down-for: 5s, replica: 1 } }",
    "- { at: 1m, crash-vendor: { down-for: 5s } }",
    "- { at: 1m, fault: { kind: outage, between-vendor-and: directory, for: 2m } }",
    "- { at: 1m, fault: { kind: slow, between-vendor-and: provider, for: 2m, by: 2s } }",
    "- { at: 1m, fault: { kind: disorder, between-vendor-and: chat-platform, for: 2m, by: 2s } }",
    "- { at: 1m, fault: { kind: loss, between-vendor-and: provider, for: 2m, percent: 5 } }",
    """
    - at: 1m
      fault:
        { kind: status, between-vendor-and: provider, for: 2m, status: 429, retry-after: 5s }
    """,
    "- { at: 1m, fault: { kind: redirect, between-vendor-and: provider, for: 2m, to: a.example } }",
    "- { at: 1m, fault: { kind: sealed, between-vendor-and: secret-manager, for: 2m } }",
    """
    - at: 1m
      knock: { as: ben, with: expired, text: Hm }
      expect: { answer: none, within: 5s, never-mentions: b }
    """,
    "- { at: 1m, deliver-again: { who: ana } }",
    """
    - at: 1m
      press: { who: ana, whose: eve, button: retry, in: lunch, times: 2 }
      expect: { answer: given, within: 5s, draws-on: hr-handbook, grows: false }
    """,
    "- { at: 1m, press: { who: ana, button: helpful }, expect: { accepted: true } }",
    """
    - at: 1m
      press: { who: ana, button: like, with: no-token }
      expect: { accepted: false }
    """,
    """
    - at: 1m
      compare-latency:
        { who: ana, from: questions/q.txt, pairs-at-least: 2, pairs-at-most: 4, warm-up: 0,
          median-margin: 5ms, tail-margin: 5ms, budget: 10s, every: 20ms,
          beside: { who: eve, every: 10ms } }
    """,
    "- { at: 1m, ask: { who: ana, text: Hm }, expect: { answer: undelivered } }",
    """
    - at: 1m
      pause: {}
      expect:
        invoice: { tenant: acme, month: 2026-01, cents: 5 }
        usage: { tenant: acme, key: azure-1, at-least: 1, at-most: 2 }
    """,
    "- { at: 1m, pause: {}, expect: { invoice: { month: 2026-12, at-least: 1, at-most: 2 } } }",
    "- { at: 1m, pause: {}, expect: { usage: { key: azure-2, tokens: 0 } } }",
    "- { at: 1m, pause: {} }",
  ]
}
