import ScenarioFiles

/// Timings, words and questions.
extension Row {
  static let steps: [Row] = [
    Row(
      #"  - { at: 1m, ask: { who: anna, text: Hm } }"#,
      #"""
      s.yaml:6:27: error: unknown person 'anna'
        - { at: 1m, ask: { who: anna, text: Hm } }
                                ^~~~ did you mean 'ana'?
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: zoe, text: Hm } }"#,
      #"""
      s.yaml:6:27: error: unknown person 'zoe'; known: ana, ben
        - { at: 1m, ask: { who: zoe, text: Hm } }
                                ^~~
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { whom: ana, text: Hm } }"#,
      #"""
      s.yaml:6:22: error: unknown word in 'ask': 'whom'
        - { at: 1m, ask: { whom: ana, text: Hm } }
                           ^~~~ did you mean 'who'?
      """#
    ),
    Row(
      #"  - { at: 1m, aks: { who: ana, text: Hm } }"#,
      #"""
      s.yaml:6:15: error: unknown word in a step: 'aks'
        - { at: 1m, aks: { who: ana, text: Hm } }
                    ^~~ did you mean 'ask'?
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, text: Hm }, pause: {} }"#,
      #"""
      s.yaml:6:44: error: a step does one thing, and this one says 'ask' already
        - { at: 1m, ask: { who: ana, text: Hm }, pause: {} }
                                                 ^~~~~
      """#
    ),
    Row(
      #"  - { at: 1m }"#,
      #"""
      s.yaml:6:5: error: a step needs something to do; \#
      known: \#(ActionWord.all.joined(separator: ", "))
        - { at: 1m }
          ^
      """#
    ),
    Row(
      #"  - { pause: {} }"#,
      #"""
      s.yaml:6:5: error: a step needs 'at' or 'every'
        - { pause: {} }
          ^
      """#
    ),
    Row(
      #"  - { at: 1m, every: 2m, until: 5m, pause: {} }"#,
      #"""
      s.yaml:6:7: error: a step takes 'at' or 'every', not both
        - { at: 1m, every: 2m, until: 5m, pause: {} }
            ^~
      """#
    ),
    Row(
      #"  - { at: 1m, until: 5m, pause: {} }"#,
      #"""
      s.yaml:6:15: error: 'until' belongs to 'every'
        - { at: 1m, until: 5m, pause: {} }
                    ^~~~~
      """#
    ),
    Row(
      #"  - { every: 1m, pause: {} }"#,
      #"""
      s.yaml:6:7: error: 'every' needs 'until'
        - { every: 1m, pause: {} }
            ^~~~~
      """#
    ),
    Row(
      #"  - { at: 5 min, pause: {} }"#,
      #"""
      s.yaml:6:11: error: 'at' must be a duration such as 250ms, 30s, 5m, 1h30m, 3d, 12w or 2y; \#
      or the name of a step; or '30s after NAME'
        - { at: 5 min, pause: {} }
                ^~~~~
      """#
    ),
    Row(
      #"  - { every: 0s, until: 5m, pause: {} }"#,
      #"""
      s.yaml:6:14: error: 'every' must be longer than nothing
        - { every: 0s, until: 5m, pause: {} }
                   ^~
      """#
    ),
    Row(
      #"  - { every: 1ms, until: 1h, pause: {} }"#,
      #"""
      s.yaml:6:14: error: this would happen 3600000 times; at most 100000
        - { every: 1ms, until: 1h, pause: {} }
                   ^~~
      """#
    ),
    Row(
      #"  - { every: 1m, until: 5m, remove-key: {} }"#,
      #"""
      s.yaml:6:14: error: 'remove-key' happens once: it takes 'at'
        - { every: 1m, until: 5m, remove-key: {} }
                   ^~
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, text: Hm, from: questions/q.txt } }"#,
      #"""
      s.yaml:6:32: error: 'ask' takes 'text' or 'from', not both
        - { at: 1m, ask: { who: ana, text: Hm, from: questions/q.txt } }
                                     ^~~~
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana } }"#,
      #"""
      s.yaml:6:20: error: 'ask' needs 'text' or 'from'
        - { at: 1m, ask: { who: ana } }
                         ^
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, text: } }"#,
      #"""
      s.yaml:6:38: error: 'text' is empty
        - { at: 1m, ask: { who: ana, text: } }
                                           ^
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, from: questions/qq.txt } }"#,
      #"""
      s.yaml:6:38: error: 'questions/qq.txt': there is nothing of that name in '.'
        - { at: 1m, ask: { who: ana, from: questions/qq.txt } }
                                           ^~~~~~~~~~~~~~~~ did you mean 'questions/q.txt'?
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: [ana, ben], text: Hm, in: lunch } }"#,
      #"""
      s.yaml:6:33: error: 'ben' is not a member of 'lunch'
        - { at: 1m, ask: { who: [ana, ben], text: Hm, in: lunch } }
                                      ^~~
      """#
    ),
    Row(
      #"  - { at: 1m, ask: { who: ana, text: Hm, in: lunsh } }"#,
      #"""
      s.yaml:6:46: error: unknown conversation 'lunsh'
        - { at: 1m, ask: { who: ana, text: Hm, in: lunsh } }
                                                   ^~~~~ did you mean 'lunch'?
      """#
    ),
  ]
}
