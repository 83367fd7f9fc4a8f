import Foundation
import ScenarioFiles
import Testing

@Suite struct Dump {
  @Test func dump() throws {
    var all: [[String]] = []
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: anna, text: Hm } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: zoe, text: Hm } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { whom: ana, text: Hm } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, aks: { who: ana, text: Hm } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: Hm }, pause: {} }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { pause: {} }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, every: 2m, until: 5m, pause: {} }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, until: 5m, pause: {} }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { every: 1m, pause: {} }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 5 min, pause: {} }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { every: 0s, until: 5m, pause: {} }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { every: 1ms, until: 1h, pause: {} }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { every: 1m, until: 5m, remove-key: {} }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: Hm, from: questions/q.txt } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, from: questions/qq.txt } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: [ana, ben], text: Hm, in: lunch } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: Hm, in: lunsh } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, create-key: { tenant: acmee, key: b } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, create-key: { key: first } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, create-key: { key: never-issued } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, install-key: { key: frist } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, install-key: { key: second } }
              - { at: 2m, create-key: { key: second } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, delete-key: { key: first } }
              - { at: 2m, delete-key: { key: first } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, move: { who: ana, to: sale } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, add-document: { knowledge: hr-handbok, name: b.md, text: b } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, restart-vendor: {} }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, fault: { kind: outtage, between-vendor-and: provider, for: 1m } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, fault: { kind: outage, between-vendor-and: providr, for: 1m } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, fault: { kind: slow, between-vendor-and: provider, for: 1m, percent: 5 } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, fault: { kind: loss, between-vendor-and: provider, for: 1m, percent: 101 } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, fault: { kind: status, between-vendor-and: provider, for: 1m, status: 200 } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, fault: { kind: redirect, between-vendor-and: directory, for: 1m, to: a.b } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, fault: { kind: redirect, between-vendor-and: provider, for: 1m, to: "http://x" } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, fault: { kind: outage, between-vendor-and: provider, for: 1m } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, knock: { as: ana, with: forged-signatur, text: Hm } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, knock: { as: ben, with: not-endorsed, text: Hm } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, deliver-again: { who: ana } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { every: 1m, from: 5m, until: 5m, ask: { who: ana, text: Hm } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, pause: {}, expect: { accepted: true } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: Hm }, expect: { accepted: true } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: Hm }, expect: { anser: given } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: Hm }, expect: { answer: givn } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: Hm }, expect: { answer: refused, because: key-reject } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: Hm }, expect: { answer: given, because: no-key } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: Hm }, expect: { within: 5s } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: Hm }, expect: { draws-on: hr } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, remove-key: {}, expect: { accepted: maybe } }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: ana, text: Hm }, at: 2m }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - at: 1m
               ask: { who: ana, text: Hm }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      all.append(
        try l.load(
          timeline: #"""
              - { at: 1m, ask: { who: anna, text: Hm } }
              - { at: 1, puase: {} }
            """#
        ).diagnostics.map(\.rendered)
      )
    }
    do {
      let l = try TemporaryLibrary()
      try l.write(
        "s.yaml",
        #"""
        scenario: S
        about: A
        shows: [direct-biling]
        world: worlds/small.yaml
        vendor: honnest
        timeline: [{ at: 1m, pause: {} }]
        """#
      )
      all.append(l.load("s.yaml").diagnostics.map(\.rendered))
    }
    do {
      let l = try TemporaryLibrary()
      try l.write(
        "s.yaml",
        #"""
        scenario: S
        about: A
        shows: []
        world: worlds/smal.yaml
        timeline: []
        """#
      )
      all.append(l.load("s.yaml").diagnostics.map(\.rendered))
    }
    do {
      let l = try TemporaryLibrary()
      try l.write(
        "s.yaml",
        #"""
        scenario: S
        abot: A
        shows: [direct-billing]
        world: worlds/small.yaml
        plays-in: simulatd
        timeline: [{ at: 1m, pause: {} }]
        """#
      )
      all.append(l.load("s.yaml").diagnostics.map(\.rendered))
    }
    do {
      let l = try TemporaryLibrary()
      try l.write(
        "s.yaml",
        #"""
        scenario: S
        about: A
        shows: [direct-billing]
        world: worlds/small.yaml
        expect-verdicts: { direct-billing: hold, instant: held }
        timeline: [{ at: 1m, pause: {} }]
        """#
      )
      all.append(l.load("s.yaml").diagnostics.map(\.rendered))
    }
    do {
      let l = try TemporaryLibrary()
      try l.write(
        "s.yaml",
        #"""
        scenario: S
        about: A
        shows: [direct-billing]
        world: worlds/small.yaml
        timeline: { at: 1m }
        """#
      )
      all.append(l.load("s.yaml").diagnostics.map(\.rendered))
    }
    do {
      let l = try TemporaryLibrary()
      try l.write(
        "s.yaml",
        #"""
        scenari: S
        """#
      )
      all.append(l.load("s.yaml").diagnostics.map(\.rendered))
    }
    do {
      let l = try TemporaryLibrary()
      try l.write(
        "s.yaml",
        #"""
        just words
        """#
      )
      all.append(l.load("s.yaml").diagnostics.map(\.rendered))
    }
    do {
      let l = try TemporaryLibrary()
      try l.write(
        "worlds/w.yaml",
        #"""
        world: W
        starts: 2026-01-05
        tenants:
          acme:
            name: Acme
            key: instaled
            departments: { hr: { knowledge: [none] } }
            people: { ana: { name: Ana, department: hrr, platform: team } }
        """#
      )
      all.append(l.load("worlds/w.yaml").diagnostics.map(\.rendered))
    }
    do {
      let l = try TemporaryLibrary()
      try l.write(
        "worlds/w.yaml",
        #"""
        world: W
        starts: 2026-01-05T08:00:00Z
        model: { first-token: 9s..1s, between-tokens: 1ms }
        tenants:
          a:
            name: A
            departments: { hr: {} }
            people: { ana: { name: Ana, department: hr, platform: teams } }
          b:
            name: B
            departments: { hr: {} }
            people: { ana: { name: Ana, department: hr, platform: teams } }
        """#
      )
      all.append(l.load("worlds/w.yaml").diagnostics.map(\.rendered))
    }
    do {
      let l = try TemporaryLibrary()
      try l.write(
        "worlds/w.yaml",
        #"""
        world: W
        starts: 2026-01-05T08:00:00Z
        tenants:
          Acme:
            name: A
          b:
            name: B
            knowledge: { h: ../secret, i: knowledge/none }
            departments: { hr: {} }
            people: { ana: { name: Ana, department: hr, platform: teams } }
            conversations: { c: { kind: crowd, platform: google-chat, members: [ana] } }
        """#
      )
      all.append(l.load("worlds/w.yaml").diagnostics.map(\.rendered))
    }
    try JSONEncoder().encode(all).write(to: URL(fileURLWithPath: "/tmp/h-scenarios-dump.json"))
  }
}
