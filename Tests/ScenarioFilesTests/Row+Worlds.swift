/// World files.
extension Row {
  static let worlds: [Row] = [
    Row(
      #"""
      world: W
      starts: 2026-01-05
      tenants:
        acme:
          name: Acme
          key: instaled
          departments: { hr: { knowledge: [none] } }
          people: { ana: { name: Ana, department: hrr, platform: team } }
      """#,
      #"""
      worlds/w.yaml:2:9: error: 'starts' must be a moment in UTC such as 2026-01-05T08:00:00Z
      starts: 2026-01-05
              ^~~~~~~~~~
      worlds/w.yaml:6:10: error: unknown state of the key 'instaled'
          key: instaled
               ^~~~~~~~ did you mean 'installed'?
      worlds/w.yaml:7:38: error: unknown knowledge base 'none'; there is none
          departments: { hr: { knowledge: [none] } }
                                           ^~~~
      worlds/w.yaml:8:45: error: unknown department 'hrr'
          people: { ana: { name: Ana, department: hrr, platform: team } }
                                                  ^~~ did you mean 'hr'?
      worlds/w.yaml:8:60: error: unknown platform 'team'
          people: { ana: { name: Ana, department: hrr, platform: team } }
                                                                 ^~~~ did you mean 'teams'?
      """#
    ),
    Row(
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
      """#,
      #"""
      worlds/w.yaml:3:23: error: 'first-token' must be a range of durations such as 200ms..900ms
      model: { first-token: 9s..1s, between-tokens: 1ms }
                            ^~~~~~
      worlds/w.yaml:12:15: error: 'ana' is a person of 'a' already; ids of people are unique
          people: { ana: { name: Ana, department: hr, platform: teams } }
                    ^~~
      """#
    ),
    Row(
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
      """#,
      #"""
      worlds/w.yaml:4:3: error: the tenant must be named in small letters, digits and dashes
        Acme:
        ^~~~
      worlds/w.yaml:8:21: error: '../secret': the path must lead straight down from the \#
      file's own folder or from the library's root, without '..' or '.'
          knowledge: { h: ../secret, i: knowledge/none }
                          ^~~~~~~~~
      worlds/w.yaml:8:35: error: 'knowledge/none': there is nothing of that name in \#
      'worlds' nor in '.'
          knowledge: { h: ../secret, i: knowledge/none }
                                        ^~~~~~~~~~~~~~
      worlds/w.yaml:11:33: error: unknown kind of conversation 'crowd'; known: group, channel
          conversations: { c: { kind: crowd, platform: google-chat, members: [ana] } }
                                      ^~~~~
      worlds/w.yaml:11:73: error: 'ana' is on teams, and this conversation is on google-chat
          conversations: { c: { kind: crowd, platform: google-chat, members: [ana] } }
                                                                              ^~~
      """#
    ),
    Row(
      #"""
      world: W
      starts: 2026-01-05T08:00:00Z
      tenants:
        a:
          name: A
          deployment: hosted
          markup: per-month
          key: installed
          departments: { hr: {} }
          people: { ana: { name: Ana, department: hr, platform: teams } }
        b:
          name: B
          deployment: self-hostd
          departments: { hr: {} }
          people: { ben: { name: Ben, department: hr, platform: teams } }
        c:
          name: C
          deployment: self-hosted
          markup: per-seat
          azure: { resource: c-openai }
          departments: { hr: {} }
          people: { cem: { name: Cem, department: hr, platform: teams } }
      """#,
      #"""
      worlds/w.yaml:7:13: error: unknown form of the markup 'per-month'; known: per-usage, per-seat
          markup: per-month
                  ^~~~~~~~~
      worlds/w.yaml:8:5: error: tenant 'a' is hosted: it has no key of its own to install
          key: installed
          ^~~
      worlds/w.yaml:13:17: error: unknown deployment model 'self-hostd'
          deployment: self-hostd
                      ^~~~~~~~~~ did you mean 'self-hosted'?
      worlds/w.yaml:18:17: error: 'c' is self-hosted: it can only be alone in its world
          deployment: self-hosted
                      ^~~~~~~~~~~
      worlds/w.yaml:19:5: error: 'c' is self-hosted: only hosted ones pay the vendor for all tokens
          markup: per-seat
          ^~~~~~
      worlds/w.yaml:20:5: error: tenant 'c' is self-hosted: it has no resource at Azure
          azure: { resource: c-openai }
          ^~~~~
      """#
    ),
    Row(
      #"""
      world: W
      starts: 2026-01-05T08:00:00Z
      tenants:
        a:
          name: A
          rejected-key: { messages: refused, for: 5m, tell: anna }
          departments: { hr: {} }
          people: { ana: { name: Ana, department: hr, platform: teams } }
        b:
          name: B
          deployment: hosted
          rejected-key: { messages: waits, at-most: 0 }
          departments: { hr: {} }
          people: { ben: { name: Ben, department: hr, platform: teams } }
      """#,
      #"""
      worlds/w.yaml:6:40: error: 'for' belongs to 'messages: wait'
          rejected-key: { messages: refused, for: 5m, tell: anna }
                                             ^~~
      worlds/w.yaml:6:55: error: unknown person 'anna'
          rejected-key: { messages: refused, for: 5m, tell: anna }
                                                            ^~~~ did you mean 'ana'?
      worlds/w.yaml:12:19: error: tenant 'b' is hosted: it has no key that could be rejected
          rejected-key: { messages: waits, at-most: 0 }
                        ^
      worlds/w.yaml:12:31: error: unknown policy 'waits'
          rejected-key: { messages: waits, at-most: 0 }
                                    ^~~~~ did you mean 'wait'?
      worlds/w.yaml:12:47: error: 'at-most' must be a whole number from 1 to 10000
          rejected-key: { messages: waits, at-most: 0 }
                                                    ^
      """#
    ),
  ]
}
